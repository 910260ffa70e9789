"""Whole jobs, from a config or a run to files: what the commands and the Python functions have in common."""
