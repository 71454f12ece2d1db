"""Scripts: run only if they are what was collected, and asked for with all they import at once."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from common.template_folding import constant_tag

register = template.Library()

_IMPORTED = re.compile(r'(?:^|;)(?:import|export)\b[^;]*?from\s*"\./([\w.-]+\.js)"', re.MULTILINE)


@register.simple_tag
@constant_tag
def integrity(name: str) -> SafeString:
    """Return the attribute for the script `name`, a static file; nothing in development, where files change."""
    return SafeString("") if settings.DEBUG else format_html('integrity="{}"', _digest_of(name))


@cache
def _digest_of(name: str) -> str:
    """Return the digest of the collected file as browsers compare it (Subresource Integrity)."""
    with staticfiles_storage.open(_collected(name)) as file:
        return f"sha256-{base64.b64encode(hashlib.sha256(file.read()).digest()).decode()}"


@register.simple_tag
def preload_imports(name: str) -> SafeString:
    """Return a <link> for each module that the module `name` imports, those of its imports included.

    A browser learns of an import only once it has read the module before it: without these links the player's modules
    come one after the other, in four rounds.
    """
    return _preloading(name) if settings.DEBUG else _preloading_once(name)


@cache
def _preloading_once(name: str) -> SafeString:
    return _preloading(name)


def _preloading(name: str) -> SafeString:
    """Return the links for what a module imports, directly or not, in the order in which a browser finds it."""
    found = [_collected(name)]
    for module in found:  # grows meanwhile
        paths = (f"{module.rpartition('/')[0]}/{one}" for one in _IMPORTED.findall(_text_of(module)))
        found += [path for path in dict.fromkeys(paths) if path not in found]
    addresses = ([f"{settings.STATIC_URL}{path}"] for path in found[1:])
    return format_html_join("\n", '<link rel="modulepreload" href="{}">', addresses)


def _collected(name: str) -> str:
    """Return the path of a static file below the folder of collected files; in development its own."""
    return staticfiles_storage.url(name).removeprefix(settings.STATIC_URL)


def _text_of(path: str) -> str:
    if settings.DEBUG:
        return Path(str(finders.find(path))).read_text(encoding="utf-8")
    with staticfiles_storage.open(path) as file:
        return file.read().decode()
