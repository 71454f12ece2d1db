"""The style sheet of the practice's accent color, at an address that names its content."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from common.accent import HEX, accent_css, accent_key
from common.public_pages import public_page
from common.stored_files import FOREVER


@public_page()
@require_safe
def accent(request: HttpRequest, key: str) -> HttpResponse:
    """Return the shades of the color in `key` (#rrggbb without #, and a digest), kept forever where the digest is ours."""
    color = f"#{key.partition('-')[0]}"
    if not HEX.fullmatch(color):
        raise Http404
    response = HttpResponse(accent_css(color), content_type="text/css")
    response["Cache-Control"] = FOREVER if key == accent_key(color) else "no-cache"
    return response
