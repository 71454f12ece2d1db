"""Writes articles, comments, topics, authors, images and redirects."""
