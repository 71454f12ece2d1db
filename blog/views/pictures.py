"""Pictures of articles. Their names never change what they show, so browsers keep them for good."""

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from blog.models.pictures import FORMATS
from blog.services.pictures import picture_path
from blog.services.share_cards import share_card_path

FOREVER = "public, max-age=31536000, immutable"


@require_safe
def picture(request, key, width, kind):
    """One width of a picture in one format."""
    if kind not in FORMATS:
        raise Http404
    return _file(key, picture_path(key, width, kind), f"image/{kind}")


@require_safe
def share_card(request, key):
    """What others see when an article is shared."""
    return _file(key, share_card_path(key), "image/jpeg")


def _file(key, path, content_type):
    if not (re.fullmatch(r"[0-9a-f]{32}", key) and default_storage.exists(path)):
        raise Http404
    return FileResponse(
        default_storage.open(path), content_type=content_type, headers={"Cache-Control": FOREVER}
    )
