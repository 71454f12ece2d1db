"""The therapist's own photographs and videos. What each is was decided when it came in, and so it is served."""

from django.http import Http404
from django.views.decorators.http import require_safe

from common.pictures import FORMATS
from common.stored_files import file_response, ranged_file_response
from programs.services.media import photo_path, video_path

TYPES = {"mp4": "video/mp4", "webm": "video/webm", "vtt": "text/vtt; charset=utf-8"}


@require_safe
def photo(request, key, width, kind):
    """One width of a photograph in one format."""
    if kind not in FORMATS:
        raise Http404
    return file_response(key, photo_path(key, width, kind), f"image/{kind}")


@require_safe
def video(request, key, kind):
    """A video, in parts where the phone asks for them, or its captions."""
    if kind not in TYPES:
        raise Http404
    return ranged_file_response(request, key, video_path(key, kind), TYPES[kind])
