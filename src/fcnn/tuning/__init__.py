"""Searching for a better config: trials, the study they are kept in, and the processes that train them."""
