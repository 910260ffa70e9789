"""Showing a run: plots, and what they have in common."""
