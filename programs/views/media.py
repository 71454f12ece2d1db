"""Serve the therapist's own photographs, videos, recordings and figures, with the content type determined at upload."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from common.pictures import FORMATS
from common.stored_files import file_response, ranged_file_response
from programs.services.figures import figure_path
from programs.services.media import photo_path, recording_path, video_path

TYPES = {"mp4": "video/mp4", "webm": "video/webm", "vtt": "text/vtt; charset=utf-8"}


@require_safe
def photo(request: HttpRequest, key: str, width: int, kind: str) -> HttpResponseBase:
    """Serve one width of a photograph in one format."""
    if kind not in FORMATS:
        raise Http404
    return file_response(key, photo_path(key, width, kind), f"image/{kind}")


@require_safe
def video(request: HttpRequest, key: str, kind: str) -> HttpResponseBase:
    """Serve a video (range requests included) or its captions."""
    if kind not in TYPES:
        raise Http404
    return ranged_file_response(request, key, video_path(key, kind), TYPES[kind])


@require_safe
def voice(request: HttpRequest, key: str) -> HttpResponseBase:
    """Serve a recording (range requests included)."""
    return ranged_file_response(request, key, recording_path(key), "audio/mp4")


@require_safe
def figure(request: HttpRequest, key: str, folder: str, name: str) -> HttpResponseBase:
    """Serve a drawing of a figure changed at the desk."""
    return file_response(key, figure_path(key, f"{folder}/{name}.svg"), "image/svg+xml")
