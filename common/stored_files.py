"""Immutable files, stored under a name made from their content and served with a far-future lifetime.

The name is all that is kept of an upload's name; the content type is chosen by whoever serves it, never by the uploader.
"""

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress

from django.core.files.base import File
from django.core.files.storage import Storage, default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)

FOREVER = "public, max-age=31536000, immutable"
KEY = re.compile(r"[0-9a-f]{32}")
CHUNK = 256 * 1024
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def content_key(*chunks: bytes) -> str:
    """Return the name for this content: 32 hexadecimal digits of its SHA-256."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()[:32]


def store(path: str, file: File) -> None:
    """Store a file under `path`, unless it is there. Idempotent; replaces one that was left half written."""
    if default_storage.exists(path):
        if default_storage.size(path) == file.size:
            return
        default_storage.delete(path)
    file.seek(0)
    save_whole(path, File(file))


def save_whole(path: str, file: File, storage: Storage = default_storage) -> None:
    """Save a new file under a `path` nobody has. Leave nothing there if that fails, on a full disk for example."""
    try:
        storage.save(path, file)
    except BaseException:
        with suppress(Exception):  # a store that has gone away; what failed first is what is told
            storage.delete(path)
        raise


def file_response(key: str, path: str, content_type: str) -> FileResponse:
    """Serve a whole stored file. Raise Http404 where there is none or `key` is not a content key."""
    _check(key, path)
    return FileResponse(
        default_storage.open(path), content_type=content_type, headers={"Cache-Control": FOREVER}
    )


def ranged_file_response(request: HttpRequest, key: str, path: str, content_type: str) -> HttpResponseBase:
    """Serve a stored file or the byte range the request asks for, without which phones play no video."""
    _check(key, path)
    size, tag = default_storage.size(path), f'"{key}"'
    headers = {"Cache-Control": FOREVER, "Accept-Ranges": "bytes", "ETag": tag}
    part = _range_of(request, size, tag)
    if part is None:
        response: HttpResponseBase = file_response(key, path, content_type)
        for name, value in headers.items():
            response[name] = value
        return response
    if not part:
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    headers |= {
        "Content-Range": f"bytes {part.start}-{part.stop - 1}/{size}",
        "Content-Length": str(len(part)),
    }
    return StreamingHttpResponse(_read(path, part), status=206, content_type=content_type, headers=headers)


def _check(key: str, path: str) -> None:
    if not (KEY.fullmatch(key) and default_storage.exists(path)):
        raise Http404


def _range_of(request: HttpRequest, size: int, tag: str) -> range | None:
    """Return the bytes asked for, an empty range where the file has none of them; None for the whole file."""
    wanted = RANGE.fullmatch(request.headers.get("Range", ""))
    if not wanted or request.headers.get("If-Range", tag) != tag:
        return None
    first, last = wanted.groups()
    if first:
        return range(int(first), min(int(last) + 1, size) if last else size)
    return range(max(0, size - int(last)), size) if last else None


def _read(path: str, part: range) -> Iterator[bytes]:
    if hasattr(default_storage, "read_range"):  # of a bucket, which would fetch all of an opened file
        yield from default_storage.read_range(path, part)
        return
    with default_storage.open(path) as file:
        file.seek(part.start)
        left = len(part)
        while left and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
