"""``report.html``: everything a run folder knows, as one page that needs nothing else."""
