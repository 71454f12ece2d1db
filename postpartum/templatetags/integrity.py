"""Scripts that a browser runs only if they are what was collected."""

import base64
import hashlib
from functools import cache

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def integrity(name: str) -> SafeString:
    """Return the attribute for the script `name`, a static file; nothing in development, where files change."""
    return SafeString("") if settings.DEBUG else format_html('integrity="{}"', _digest_of(name))


@cache
def _digest_of(name: str) -> str:
    """Return the digest of the collected file as browsers compare it (Subresource Integrity)."""
    collected = staticfiles_storage.url(name).removeprefix(settings.STATIC_URL)
    with staticfiles_storage.open(collected) as file:
        return f"sha256-{base64.b64encode(hashlib.sha256(file.read()).digest()).decode()}"
