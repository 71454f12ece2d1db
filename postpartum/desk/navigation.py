"""What all pages of the desk share: permissions, rendering and navigation."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common.addresses import address_of
from common.members import MemberRequest
from postpartum.desk import roles

View = Callable[..., HttpResponse]

# Name of the page, words, the permission it asks for, and the beginnings of the addresses under it; the longest counts.
OF_COMMENTS = ("comment", "readyphrase/", "trustedwriter/", "report/", "blockedsender/")
NAVIGATION: list[tuple[str, Promise, str | None, tuple[str, ...]]] = [
    ("admin:index", _("What needs you"), None, ("/admin/concerns/", "/admin/programs/concern/")),
    ("admin:desk_members", _("Members"), roles.SEE_MEMBERS, ("/admin/members/",)),
    (
        "admin:blog_comment_changelist",
        _("Comments"),
        roles.SEE_COMMENTS,
        ("/admin/comments/", *(f"/admin/blog/{model}" for model in OF_COMMENTS)),
    ),
    (
        "admin:blog_article_changelist",
        _("Articles"),
        "blog.view_article",
        ("/admin/blog/article/", "/admin/blog/importrun/"),
    ),
    ("admin:desk_program", _("The program"), roles.SEE_PROGRAM, ("/admin/program",)),
    ("admin:desk_numbers", _("Numbers"), roles.SEE_NUMBERS, ("/admin/numbers/",)),
    ("admin:desk_more", _("More"), None, ("/admin/", "/admin/programs/country/")),
]


def desk_page(*permissions: str) -> Callable[[View], View]:
    """Decorate a view of the desk: raise PermissionDenied unless the user has all of these permissions."""

    def decorate(view: View) -> View:
        @wraps(view)
        def page(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perms(permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        page.permissions = permissions  # type: ignore[attr-defined]  # for the test of all pages
        return page

    return decorate


def desk_render(
    request: HttpRequest, template: str, context: dict[str, Any], title: str | Promise, status: int = 200
) -> HttpResponse:
    """Render a page of the desk."""
    return render(
        request, template, admin.site.each_context(request) | {"title": title} | context, status=status
    )


def navigation_for(request: HttpRequest) -> Iterator[dict[str, Any]]:
    """Yield {"address", "words", "here"} of each link the user has permission for; `here` marks the current one."""
    current = _way_to(request.path)
    for name, words, permission, _under in NAVIGATION:
        if not permission or request.user.has_perm(permission):
            yield {"address": address_of(name), "words": words, "here": name == current}


def _way_to(address: str) -> str:
    """Return the name of the page in the navigation that leads to this address."""
    if address == address_of("admin:index"):
        return "admin:index"
    beginnings = {beginning: name for name, *_rest, under in NAVIGATION for beginning in under}
    return beginnings[max(filter(address.startswith, beginnings), key=len)]
