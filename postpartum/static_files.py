"""How static files are collected for production."""

from typing import Any

import deflate
from django.core.files.base import ContentFile
from rjsmin import jsmin
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

from postpartum.script_packs import FOLDER, FROM_BESIDE, importing_packs, packed

LEVEL = 10  # of libdeflate's 12; higher ones take twenty times as long and win nothing here


class TightCompressor(Compressor):
    """WhiteNoise's, with libdeflate, whose gzip is smaller than the standard library's."""

    @staticmethod
    def compress_gzip(data: bytes) -> bytes:
        """Return the data compressed."""
        return bytes(deflate.gzip_compress(data, LEVEL))


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

    def post_process(self, paths: dict[str, tuple[Any, str]], dry_run: bool = False, **options: Any) -> Any:
        """Join the modules of the player into packs, then give all files the names made of what they hold."""
        if not dry_run:
            paths |= {name: (self, name) for name in self._pack(paths)}
        yield from super().post_process(paths, dry_run, **options)

    def _pack(self, paths: dict[str, tuple[Any, str]]) -> list[str]:
        """Store the packs and what imports from them; return their names."""
        scripts = {
            name: storage.open(path).read().decode()
            for name, (storage, path) in paths.items()
            if name.startswith("js/") and name.endswith(".js")
        }
        modules = {
            name.removeprefix(FOLDER): text for name, text in scripts.items() if name.startswith(FOLDER)
        }
        stored = {FOLDER + name: script for name, script in packed(modules).items()}
        stored |= {
            name: importing_packs(text, modules) for name, text in scripts.items() if FROM_BESIDE.search(text)
        }
        for name, script in stored.items():
            self.delete(name)
            self._save(name, ContentFile(script.encode()))
        return list(stored)

    def create_compressor(self, **kwargs: Any) -> Compressor:
        """Return what compresses the collected files."""
        return TightCompressor(**kwargs)

    def _save(self, name: str, content: Any) -> str:
        """Store a file; our own scripts without their comments, whose types weigh as much as the code."""
        if name.startswith("js/") and name.endswith(".js"):
            content.seek(0)  # its fingerprint has been taken
            content = ContentFile(jsmin(content.read().decode()).encode())
        return super()._save(name, content)
