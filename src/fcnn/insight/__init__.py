"""Looking into a trained network: what it uses, and what its units do."""
