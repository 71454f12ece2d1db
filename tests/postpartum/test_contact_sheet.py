"""Every page for visitors and for a member in pictures to look through (see tests/contact_sheets.py)."""

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import URLResolver, get_resolver, reverse

from blog.models import Article, Comment
from tests.contact_sheets import FOLDER, LOOKS, picture_of, take_sheets, takes_all

SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 900}}
# No pages, or pages that end the visit.
NOT_SEEN = ("admin/", "accounts/logout/", "healthz", "metrics", "sw.js")


@takes_all
@pytest.mark.browser
@pytest.mark.browser_context_args(is_mobile=False, has_touch=False, device_scale_factor=1)
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("whose", ["visitor", "member"])
def test_every_page_is_taken_in_every_look(page, context, live_server, sign_in, watch, tmp_path, whose):
    watch.expect("")  # pages that refuse
    call_command("seed_demo", verbosity=0)
    if whose == "member":
        sign_in(context, get_user_model().objects.get(email="mother@example.org"))
    folder = Path(FOLDER or tmp_path) / whose
    pages = dict(site_pages()) if FOLDER else {"safety": reverse("safety")}
    addresses = {name: live_server.url + address for name, address in pages.items()}
    taken = take_sheets(page, folder, addresses, SIZES)
    assert taken
    assert all(
        picture_of(folder, name, size, scheme).exists()
        for name in taken
        for size in SIZES
        for scheme in LOOKS
    )


def site_pages():
    """Yield (name, address) of the pages beside the desk: those without a part to fill in, and one of each kind with one."""
    yield from ((name, f"/{route}") for name, route in _fixed(get_resolver().url_patterns))
    article = Article.objects.filter(comment_count__gt=0).first()
    comment = Comment.objects.approved().filter(article=article).first()
    yield "article", article.get_absolute_url()
    yield "article_comment", reverse("article_comment", args=[article.slug])
    yield "comment_report", reverse("comment_report", args=[article.slug, comment.pk])
    yield "exercise", reverse("exercise", args=["bridge"])
    for step in range(1, 5):
        yield f"start_step_{step}", reverse("start_step", args=[step])
    for name in ("session", "check_in_before", "check_in_after"):
        yield name, reverse(name, args=["w03-a"])
    for page in ("about", "contact", "privacy", "terms"):
        yield page, reverse("page", args=[page])


def _fixed(patterns, prefix=""):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _fixed(pattern.url_patterns, route)
        elif pattern.name and not set("<(") & set(route) and not route.startswith(NOT_SEEN):
            yield pattern.name, route
