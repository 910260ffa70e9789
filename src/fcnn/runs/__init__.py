"""The run folder: its names, writing it whole, finding and reading it."""
