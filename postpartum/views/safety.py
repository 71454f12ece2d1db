"""Stop signs and emergency numbers: one tap away from every page, for anyone, with or without the database."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from common.fragments import rendered_once
from common.public_pages import public_page
from postpartum.safety_numbers import current_numbers, last_known_numbers
from postpartum.stalled import is_stalled
from programs.wording.screening import emergency_signs, right_away_signs, same_day_signs, this_week_signs


@public_page()
@require_safe
def safety(request: HttpRequest) -> HttpResponse:
    """Show every country's numbers on one page, so that it needs no cookie and can be cached for offline use.

    Without the database they are those last known, marked with the time they are of.
    """
    numbers, known_at = None, None
    if not is_stalled():
        try:
            numbers = current_numbers()
        except DatabaseError:
            numbers = None
    if numbers is None:
        numbers, known_at = last_known_numbers()
    context = {
        "numbers": numbers,
        "known_at": known_at,
        "signs": _signs(),
    }
    response = render(request, "safety.html", context)
    if known_at:
        response["Cache-Control"] = "no-store"  # it is out of date
    return response


@rendered_once
def _signs() -> SafeString:
    context = {
        "emergency_signs": emergency_signs(),
        "right_away_signs": right_away_signs(),
        "same_day_signs": same_day_signs(),
        "this_week_signs": this_week_signs(),
    }
    return render_to_string("_safety_signs.html", context)
