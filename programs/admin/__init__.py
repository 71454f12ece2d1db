"""The admin of the program's content and of concerns."""

from . import course, exercises, help, journey, sessions

__all__ = ["course", "exercises", "help", "journey", "sessions"]
