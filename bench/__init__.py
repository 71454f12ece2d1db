"""Benchmarks of the pages, on a filled database behind the production server."""
