"""What can go wrong, in words."""


class EmbeddedPostgresError(Exception):
    """The embedded server cannot do what was asked; the text tells a person why and what to do."""
