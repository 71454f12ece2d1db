"""Documents that people download: which kinds are accepted, and whether a file is of the kind its name says.

They cannot be encoded anew as pictures are, so a browser must never open one as a page of ours: they are served as
downloads only.
"""

from django.core.files.base import File

MAX_BYTES = 50_000_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
# By ending: the content type, and the bytes that such a file begins with.
KINDS = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".docx": (f"{_OFFICE}.wordprocessingml.document", _ZIP),
    ".xlsx": (f"{_OFFICE}.spreadsheetml.sheet", _ZIP),
    ".pptx": (f"{_OFFICE}.presentationml.presentation", _ZIP),
    ".odt": (f"{_OPEN}.text", _ZIP),
    ".ods": (f"{_OPEN}.spreadsheet", _ZIP),
    ".odp": (f"{_OPEN}.presentation", _ZIP),
    ".epub": ("application/epub+zip", _ZIP),
    ".doc": ("application/msword", _OLE),
    ".xls": ("application/vnd.ms-excel", _OLE),
    ".ppt": ("application/vnd.ms-powerpoint", _OLE),
    ".rtf": ("application/rtf", b"{\\rtf"),
}
ENDINGS = tuple(KINDS)
SEARCHED_BYTES = 1_024  # at the beginning: some programs write a few bytes before a PDF


class DocumentRefusedError(Exception):
    """A document that is not accepted; `code` is document_too_big, document_kind or document_damaged."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def ending_of(name: str) -> str:
    """Return the ending of a file's name in lowercase with its dot, empty if it has none."""
    _, dot, ending = name.lower().rpartition(".")
    return f"{dot}{ending}" if dot else ""


def check_document(name: str, file: File) -> None:
    """Raise DocumentRefusedError unless the file is small enough, of an accepted kind, and of the kind its name says."""
    if ending_of(name) not in KINDS:
        raise DocumentRefusedError("document_kind")
    if file.size > MAX_BYTES:
        raise DocumentRefusedError("document_too_big")
    _, beginning = KINDS[ending_of(name)]
    file.seek(0)
    head = file.read(SEARCHED_BYTES)
    if not (beginning in head if beginning == b"%PDF-" else head.startswith(beginning)):
        raise DocumentRefusedError("document_damaged")
