"""The program at the therapist's desk."""

from . import content, help, journey

__all__ = ["content", "help", "journey"]
