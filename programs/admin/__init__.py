"""The program at the therapist's desk."""

from . import course, exercises, help, journey, sessions

__all__ = ["course", "exercises", "help", "journey", "sessions"]
