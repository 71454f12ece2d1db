"""Rows of the front door: what belongs to no single room."""

from .mail import Mail

__all__ = ["Mail"]
