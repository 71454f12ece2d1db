"""Errors of the embedded server, for people."""


class EmbeddedPostgresError(Exception):
    """The embedded server cannot do what was asked; the message says why and what to do."""
