"""Data of earlier versions of the project, opened by this one: `bench/upgrade`."""
