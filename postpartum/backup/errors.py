"""Errors for the operator."""


class BackupError(Exception):
    """A backup cannot be made or restored; the message says why and what to do."""
