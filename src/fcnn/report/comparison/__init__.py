"""Several runs side by side: what differs between their configs, their scores, and whether that is more than noise."""
