"""The weekly newsletter of new articles, with double opt-in."""
