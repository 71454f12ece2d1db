"""Rows of what a search found, rendered once and filled in."""

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from blog.models import Article
from common.fragments import PartToFill

register = template.Library()

_article = PartToFill("_found_article.html", "address", "title", "excerpt")


@register.simple_tag
def found_articles(found: Sequence[tuple[Article, SafeString]]) -> SafeString:
    """Return the articles, each with the excerpt that says why, as items of a list."""
    return _article.all(
        {"address": one.get_absolute_url(), "title": one.title, "excerpt": excerpt} for one, excerpt in found
    )
