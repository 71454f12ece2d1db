"""The bridge from rows to rules: what the rules need to know of a member, loaded once and computed from there."""
