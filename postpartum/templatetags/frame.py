"""What surrounds a page."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from common.fragments import rendered_once
from common.menus import Link, menus
from common.practice import practice_details

register = template.Library()


@register.simple_tag
def footer(for_member: bool = False) -> SafeString:
    """Return the footer as HTML, for a member or for everybody else."""
    return _footer(bool(for_member), tuple(practice_details().items()), tuple(menus().get("footer", ())))


@rendered_once
def _footer(for_member: bool, practice: tuple[tuple[str, str], ...], links: tuple[Link, ...]) -> SafeString:
    context: dict[str, Any] = {"practice": dict(practice), "menus": {"footer": links}}
    return render_to_string("_footer.html", context | {"for_member": for_member})
