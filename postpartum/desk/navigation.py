"""What every page of the desk shares: who may open it, and the ways to the others."""

from functools import wraps

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from postpartum.desk import roles

# Name of the page, words, the permission it asks for, and the beginning of the addresses under it.
NAVIGATION = [
    ("admin:index", _("What needs you"), None, None),
    ("admin:desk_members", _("Members"), roles.SEE_MEMBERS, "/admin/members/"),
    ("admin:blog_comment_changelist", _("Comments"), roles.SEE_COMMENTS, "/admin/blog/comment/"),
    ("admin:blog_article_changelist", _("Articles"), "blog.view_article", "/admin/blog/article/"),
    ("admin:desk_program", _("The program"), roles.SEE_PROGRAM, "/admin/program"),
    ("admin:desk_numbers", _("Numbers"), roles.SEE_NUMBERS, "/admin/numbers/"),
    ("admin:desk_more", _("More"), None, "/admin/more/"),
]


def desk_page(*permissions):
    """A view of the desk for those with all of these permissions; anyone else of the team is refused."""

    def decorate(view):
        @wraps(view)
        def page(request, *args, **kwargs):
            if not request.user.has_perms(permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        page.permissions = permissions
        return page

    return decorate


def desk_render(request, template, context, title, status=200):
    """A page in the look of the desk."""
    return render(
        request, template, admin.site.each_context(request) | {"title": title} | context, status=status
    )


def navigation_for(request):
    """The ways this person may go, and which one she is on."""
    for name, words, permission, under in NAVIGATION:
        if permission and not request.user.has_perm(permission):
            continue
        address = reverse(name)
        here = request.path == address or bool(under and request.path.startswith(under))
        yield {"address": address, "words": words, "here": here}
