"""Reads an export file of any encoding as a stream of records."""
