"""Backup and restore of database and uploads as one ZIP of a dump, a tar and a manifest. Never the keys."""
