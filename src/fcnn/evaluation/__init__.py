"""Judging a model: metrics of whole splits, baselines on the same rows, and verdicts in words."""
