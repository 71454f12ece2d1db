"""Database and uploads in one file, and back: a ZIP of a dump, a tar and what they are. Never the keys."""
