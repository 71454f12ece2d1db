"""The country whose numbers lead a page that stands between a check-in and its answer."""

from typing import Any

from django import template
from django.db import DatabaseError
from django.http import HttpRequest

from programs.models import Country, Participant

register = template.Library()


@register.simple_tag(takes_context=True)
def own_country(context: dict[str, Any]) -> Country | None:
    """Return the member's country; without a sign-in the one that the check-in, or the link from it, names by its code.

    None where neither is known, or the database does not answer.
    """
    request: HttpRequest = context["request"]
    try:
        if request.user.is_authenticated:
            participant = Participant.objects.filter(user=request.user).select_related("country").first()
            return participant.country if participant else None
        code = request.POST.get("country") or request.GET.get("check-in", "")
        return Country.objects.filter(pk=code[:2]).first()
    except DatabaseError:
        return None
