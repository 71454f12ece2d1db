"""Stores documents that articles link to."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from blog.models import Document
from common.documents import check_document, ending_of
from common.members import User
from common.stored_files import content_key, store

MAX_NAME = 100  # characters
_NOT_IN_NAME = re.compile(r"[^\w.()-]+")


def add_document(file: File, *, name: str, now: datetime, user: User | None = None) -> Document:
    """Return the Document with the content of `file`, created if there is none. Raises common.documents.DocumentRefusedError."""
    check_document(name, file)
    file.seek(0)
    key = content_key(*file.chunks())
    store(document_path(key), file)
    fields = {"name": file_name(name), "size": file.size, "uploaded_by": user, "uploaded_at": now}
    document, _ = Document.objects.get_or_create(key=key, defaults=fields)
    return document


def delete_documents(documents: Iterable[Document]) -> None:
    """Delete documents with their files."""
    for document in documents:
        with transaction.atomic():
            document.delete()
            transaction.on_commit(partial(default_storage.delete, document_path(document.key)))


def file_name(name: str) -> str:
    """Return the name without its folder, valid in a URL and on every system, with its ending."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    ending = ending_of(name)
    stem = _NOT_IN_NAME.sub("-", name[: -len(ending)]).strip("-.")[:MAX_NAME]
    return f"{stem or 'document'}{ending}"


def document_path(key: str) -> str:
    """Return the storage path of a document; without an ending, so that no web server serves it by its type."""
    return f"documents/{key}"
