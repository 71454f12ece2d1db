"""Why a picture is refused, in words."""

from django.utils.translation import gettext_lazy as _

REFUSED = {
    "too_big": _("This file is larger than 20 MB. Please choose a smaller one."),
    "too_large": _("This picture has too many pixels. Please make it smaller first."),
    "unreadable": _("This is not a picture we can read. Please choose a JPEG, PNG, WebP, AVIF or GIF."),
}
