"""Pictures of articles. Their names never change what they show, so browsers keep them for good."""

from django.http import Http404
from django.views.decorators.http import require_safe

from blog.services.pictures import picture_path
from blog.services.share_cards import share_card_path
from common.pictures import FORMATS
from common.stored_files import file_response


@require_safe
def picture(request, key, width, kind):
    """One width of a picture in one format."""
    if kind not in FORMATS:
        raise Http404
    return file_response(key, picture_path(key, width, kind), f"image/{kind}")


@require_safe
def share_card(request, key):
    """What others see when an article is shared."""
    return file_response(key, share_card_path(key), "image/jpeg")
