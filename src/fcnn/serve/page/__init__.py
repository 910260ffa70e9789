"""The page on which a person tries a model by hand; it holds nothing of a run and asks the API for everything."""
