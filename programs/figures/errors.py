"""What can be wrong in a figure."""


class FigureError(ValueError):
    """What is wrong in a figure, in words for who wrote the file."""
