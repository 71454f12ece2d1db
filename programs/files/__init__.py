"""The reviewed program as files: read, checked, and refused with file, line and reason.

Reads nothing but files and knows no database; `programs.services.loading` brings what is read into it.
"""

from .folder import CONTENT, BrokenContent, Content, FileProblem, fingerprint, read_content
from .shapes import HelpCountry, HelpLine

__all__ = [
    "CONTENT",
    "BrokenContent",
    "Content",
    "FileProblem",
    "HelpCountry",
    "HelpLine",
    "fingerprint",
    "read_content",
]
