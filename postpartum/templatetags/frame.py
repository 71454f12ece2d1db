"""What surrounds a page."""

from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from common.csrf_tokens import token_of
from common.fragments import PartToFill, rendered_once
from common.menus import Link, menus
from common.practice import practice_details

register = template.Library()

TABS = {"/today/": "today", "/progress/": "progress"}  # path → tab that it is the page of
_header = PartToFill("_member_header.html", "name", "token")


@register.simple_tag(takes_context=True)
def member_header(context: Context) -> SafeString:
    """Return the header of a member's pages; without the menu where nobody is signed in."""
    request, details = context["request"], practice_details()
    user, path = request.user, request.path
    is_signed_in = user.is_authenticated
    return _header(
        {"name": user.name or user.email, "token": token_of(request)} if is_signed_in else {},
        practice={"name": details["name"], "logo": details["logo"]},
        tab="exercises" if path.startswith("/exercises/") else TABS.get(path, ""),
        is_signed_in=is_signed_in,
        is_staff=is_signed_in and user.is_staff,
    )


@register.simple_tag
def footer(for_member: bool = False) -> SafeString:
    """Return the footer as HTML, for a member or for everybody else."""
    return _footer(bool(for_member), tuple(practice_details().items()), tuple(menus().get("footer", ())))


@rendered_once
def _footer(for_member: bool, practice: tuple[tuple[str, str], ...], links: tuple[Link, ...]) -> SafeString:
    context: dict[str, Any] = {"practice": dict(practice), "menus": {"footer": links}}
    return render_to_string("_footer.html", context | {"for_member": for_member})
