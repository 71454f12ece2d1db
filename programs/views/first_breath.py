"""A guided minute of breathing for anyone, before any account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.public_pages import public_page
from programs.pages.first_breath import breath_words, first_breath


@public_page()
@require_safe
def breathe(request: HttpRequest) -> HttpResponse:
    """Show the minute: followed with a script, read without one. Public, so no cookie and no session."""
    return render(request, "programs/breathe.html", {"minute": first_breath(), "words": breath_words()})
