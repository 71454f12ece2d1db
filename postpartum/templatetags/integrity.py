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
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from common.template_folding import constant_tag

register = template.Library()

_IMPORTED = re.compile(r'^(?:import|export)\b[^;]*?from "\./([\w-]+\.js)"', re.MULTILINE)


@register.simple_tag
@constant_tag
def integrity(name: str) -> SafeString:
    """Return the attribute for the script `name`, a static file; nothing in development, where files change."""
    return SafeString("") if settings.DEBUG else format_html('integrity="{}"', _digest_of(name))


@cache
def _digest_of(name: str) -> str:
    """Return the digest of the collected file as browsers compare it (Subresource Integrity)."""
    collected = staticfiles_storage.url(name).removeprefix(settings.STATIC_URL)
    with staticfiles_storage.open(collected) as file:
        return f"sha256-{base64.b64encode(hashlib.sha256(file.read()).digest()).decode()}"


@register.simple_tag
def preload_imports(name: str) -> SafeString:
    """Return a <link> for each module that the module `name` imports, those of its imports included.

    A browser learns of an import only once it has read the module before it: without these links the player's modules
    come one after the other, in four rounds.
    """
    modules = _read_imports(name) if settings.DEBUG else _imports_of(name)
    return format_html_join("\n", '<link rel="modulepreload" href="{}">', ([static(one)] for one in modules))


@cache
def _imports_of(name: str) -> tuple[str, ...]:
    return _read_imports(name)


def _read_imports(name: str) -> tuple[str, ...]:
    """Return the static files that a module imports, directly or not, in the order in which a browser finds them."""
    found = [name]
    for module in found:  # grows meanwhile
        imported = _IMPORTED.findall(Path(str(finders.find(module))).read_text(encoding="utf-8"))
        paths = (f"{module.rpartition('/')[0]}/{one}" for one in imported)
        found += [path for path in dict.fromkeys(paths) if path not in found]
    return tuple(found[1:])
