"""Rows of the front door: what belongs to no single room."""

from .her_data import AccountTerms, Erasure, Export
from .letter import LetterReader
from .mail import Mail
from .reminders import Reminder
from .words import OwnWords

__all__ = ["AccountTerms", "Erasure", "Export", "LetterReader", "Mail", "OwnWords", "Reminder"]
