"""Files of ours that never change: kept under a name made from what they say, served for good, in parts where asked.

Their name is all they are called; how they are shown is decided by who serves them, never by who brought them.
"""

import hashlib
import re

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse

FOREVER = "public, max-age=31536000, immutable"
KEY = re.compile(r"[0-9a-f]{32}")
CHUNK = 256 * 1024
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def key_of(*chunks):
    """The name of what these bytes say."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()[:32]


def keep(path, file):
    """Keep a file under `path`, unless it is there. One that was left half written is written anew."""
    if default_storage.exists(path):
        if default_storage.size(path) == file.size:
            return
        default_storage.delete(path)
    file.seek(0)
    default_storage.save(path, File(file))


def file_response(key, path, content_type):
    """The whole of a kept file. 404 where there is none, or `key` is no name we make."""
    _find(key, path)
    return FileResponse(
        default_storage.open(path), content_type=content_type, headers={"Cache-Control": FOREVER}
    )


def ranged_file_response(request, key, path, content_type):
    """A kept file or the one part of it that is asked for: phones play nothing else."""
    _find(key, path)
    size, tag = default_storage.size(path), f'"{key}"'
    headers = {"Cache-Control": FOREVER, "Accept-Ranges": "bytes", "ETag": tag}
    part = _part_of(request, size, tag)
    if part is None:
        response = file_response(key, path, content_type)
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


def _find(key, path):
    if not (KEY.fullmatch(key) and default_storage.exists(path)):
        raise Http404


def _part_of(request, size, tag):
    """The places asked for as a range, empty where there are none such; None for the whole."""
    wanted = RANGE.fullmatch(request.headers.get("Range", ""))
    if not wanted or request.headers.get("If-Range", tag) != tag:
        return None
    first, last = wanted.groups()
    if first:
        return range(int(first), min(int(last) + 1, size) if last else size)
    return range(max(0, size - int(last)), size) if last else None


def _read(path, part):
    with default_storage.open(path) as file:
        file.seek(part.start)
        left = len(part)
        while left and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
