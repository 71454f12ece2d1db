"""Records the outcome of each item and words it for people."""
