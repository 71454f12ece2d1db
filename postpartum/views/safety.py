"""Stop signs and emergency numbers: one tap away from every page, for anyone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from programs.models import Country
from programs.wording.screening import emergency_signs, right_away_signs, same_day_signs, this_week_signs


@require_safe
def safety(request: HttpRequest) -> HttpResponse:
    """Show every country's numbers on one page, so that it needs no cookie and can be cached for offline use."""
    context = {
        "countries": Country.objects.prefetch_related("lines"),
        "emergency_signs": emergency_signs(),
        "right_away_signs": right_away_signs(),
        "same_day_signs": same_day_signs(),
        "this_week_signs": this_week_signs(),
    }
    return render(request, "safety.html", context)
