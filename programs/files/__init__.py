"""Parse and validate the content files of the reviewed program, reporting errors with file, line and reason.

Independent of the database: `programs.services.loading` writes the result there.
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
