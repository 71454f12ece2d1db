"""Chosen files of a form that comes back with a mistake: kept for a day under a signed token, and shown by name."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core import signing
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from common.stored_files import content_key, store

FOLDER, SALT = "kept-uploads", "common.kept_uploads"
KEPT_FOR = timedelta(days=1)


def keep_upload(file: UploadedFile) -> str:
    """Store an uploaded file for a day and return the token that brings it back."""
    file.seek(0)
    key = content_key(*file.chunks())
    store(f"{FOLDER}/{key}", file)
    return signing.dumps({"key": key, "name": file.name, "type": file.content_type or ""}, salt=SALT)


def kept_upload(token: str) -> UploadedFile | None:
    """Return the file that was kept under a token; None if the token is not ours, or the day is over."""
    try:
        kept = signing.loads(token, salt=SALT, max_age=KEPT_FOR)
        path = f"{FOLDER}/{kept['key']}"
        with default_storage.open(path) as stored:
            file = TemporaryUploadedFile(kept["name"], kept["type"], stored.size, None)
            for chunk in stored.chunks():
                file.write(chunk)
    except (signing.BadSignature, OSError):
        return None
    file.seek(0)
    return file


def forget_kept_uploads(now: datetime) -> int:
    """Delete what was kept longer than a day. Return how many."""
    if not default_storage.exists(FOLDER):
        return 0
    paths = [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    old = [path for path in paths if now - default_storage.get_modified_time(path) > KEPT_FOR]
    for path in old:
        default_storage.delete(path)
    return len(old)


class KeptFileInput(forms.FileInput):
    """A file input that, shown again after a mistake elsewhere in the form, still has the file that was chosen."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Return the file that was sent, or the one kept before."""
        sent = super().value_from_datadict(data, files, name)
        token = data.get(f"{name}-kept")
        return sent or (kept_upload(token) if token else None)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Return whether there is neither a new file nor a kept one."""
        return super().value_omitted_from_data(data, files, name) and f"{name}-kept" not in data

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Return the input, with the chosen file by name unless it was refused."""
        attrs = attrs or {}
        if not isinstance(value, UploadedFile) or attrs.get("aria-invalid"):
            return super().render(name, value, attrs, renderer)
        html = super().render(name, value, {**attrs, "required": False}, renderer)
        kept = {"field": f"{name}-kept", "token": keep_upload(value), "name": value.name}
        return mark_safe(html + render_to_string("forms/kept_file.html", kept))  # noqa: S308 a template that escapes


class KeptFileField(forms.FileField):
    """A file field whose input is shown again with the file that was sent."""

    widget = KeptFileInput

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return the file that was sent, for the input to keep it."""
        return data if isinstance(data, UploadedFile) else initial
