"""One search over articles, exercises and pages."""

import re
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from blog.models import Article
from blog.sanitizing import highlight_excerpt
from common.danger_words import needs_help
from common.fragments import rendered_once
from common.search_text import without_accents
from common.synonyms import MISSPELT, synonyms_of
from programs.pages.catalogue import exercises_about

_WORD = re.compile(r"\w+")
MAX_ARTICLES, MAX_EXERCISES, MAX_SYNONYMS = 20, 12, 4

# Pages that are no rows: address name, title, and the words a person may look for.
PAGES = (
    ("program", _("The program: twelve weeks, four steps"), _("program weeks phases plan start course")),
    (
        "safety",
        _("Signs to stop, and who to call"),
        _("help emergency safety bleeding fever number call stop"),
    ),
    ("exercises", _("The exercise library"), _("exercises library movements")),
    ("start", _("See if you can start"), _("start begin sign up join screening questions")),
    ("letter", _("A newsletter with new articles"), _("letter newsletter subscribe email news")),
    ("my_data", _("My data"), _("data privacy copy download erase delete account")),
    ("reminders", _("Reminders"), _("reminders calendar days")),
)


class SearchForm(forms.Form):
    """The query string."""

    q = forms.CharField(
        label=_("Search"),
        max_length=120,
        required=False,
        strip=True,
        error_messages={"max_length": _("That is too long to search for. Try one or two plain words.")},
    )


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what matches ?q=, articles first; any query is valid."""
    form = SearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    articles = Article.objects.found_for(text, timezone.now(), MAX_ARTICLES) if text else []
    context = {
        "form": form,
        "q": text,
        "typed": form["q"].value(),
        "articles": [(article, highlight_excerpt(article.excerpt, article.words)) for article in articles],
        "exercises": exercises_about(text, MAX_EXERCISES) if text else [],
        "pages": pages_about(text) if text else [],
        "help_first": needs_help(text),
        "also": [one for one in synonyms_of(text) if one not in MISSPELT][:MAX_SYNONYMS],
    }
    return render(request, "search.html", context, status=200 if form.is_valid() else 422)


def pages_about(text: str) -> list[tuple[str, Any]]:
    """Return (URL name, title) of the pages with a word that starts like a word of `text` or of a synonym."""
    said = " ".join([text, *synonyms_of(text)])
    wanted = tuple(word for word in _WORD.findall(without_accents(said).casefold()) if len(word) > 2)
    return [
        (name, title)
        for name, title, words in _page_words()
        if any(word.startswith(wanted) for word in words)
    ]


@rendered_once
def _page_words() -> tuple[tuple[str, Any, tuple[str, ...]], ...]:
    """Return (URL name, title, words by which it is found) of each page, in the language in use."""
    return tuple((name, title, tuple(f"{title} {words}".casefold().split())) for name, title, words in PAGES)
