"""The page of a study: what `fcnn tune` tried and what came of it."""
