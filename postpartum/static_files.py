"""How static files are collected for production."""

from typing import Any

from django.core.files.base import ContentFile
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Compressed, and named after what they hold; so are the modules that modules import.

    The service worker keeps files by these names: a module imported by its plain one would be missing in flight mode.
    """

    support_js_module_import_aggregation = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._urls: dict[str, str] = {}  # a page has dozens, and none changes while a process runs

    def url(self, name: str | None, force: bool = False) -> str:
        """Return the fingerprinted URL of a file."""
        if name is None or force:
            return super().url(name, force)
        if name not in self._urls:
            self._urls[name] = super().url(name)
        return self._urls[name]

    def _save(self, name: str, content: Any) -> str:
        """Store a file; our own scripts without their comments, whose types weigh as much as the code."""
        if name.startswith("js/") and name.endswith(".js"):
            content.seek(0)  # its fingerprint has been taken
            content = ContentFile(jsmin(content.read().decode()).encode())
        return super()._save(name, content)
