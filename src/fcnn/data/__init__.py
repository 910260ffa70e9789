"""From a CSV to arrays: reading, column types, splitting, preprocessing fitted on the training rows only."""
