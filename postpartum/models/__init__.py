"""Models of what belongs to no single app."""

from .backups import BackupRun
from .invitations import Invitation
from .mail import Mail
from .newsletter import NewsletterSubscriber
from .practice import Practice
from .privacy import AccountTerms, Erasure, Export
from .reminders import Reminder
from .text_overrides import TextOverride

__all__ = [
    "AccountTerms",
    "BackupRun",
    "Erasure",
    "Export",
    "Invitation",
    "Mail",
    "NewsletterSubscriber",
    "Practice",
    "Reminder",
    "TextOverride",
]
