"""Taking over what was written elsewhere."""
