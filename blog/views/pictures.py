"""Serves images of articles. Their content never changes, so they may be cached forever."""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from blog.services.pictures import picture_path
from blog.services.share_cards import share_card_path
from common.pictures import FORMATS
from common.stored_files import file_response


@require_safe
def picture(request: HttpRequest, key: str, width: int, kind: str) -> FileResponse:
    """Serve one width of an image in one format."""
    if kind not in FORMATS:
        raise Http404
    return file_response(key, picture_path(key, width, kind), f"image/{kind}")


@require_safe
def share_card(request: HttpRequest, key: str) -> FileResponse:
    """Serve the social preview image of an article."""
    return file_response(key, share_card_path(key), "image/jpeg")
