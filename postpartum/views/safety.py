"""Stop signs and whom to call: one tap away from every page, for anyone."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from programs.models import Country
from programs.wording.screening import emergency_signs, right_away_signs, same_day_signs, this_week_signs


@require_safe
def safety(request):
    """Every country's numbers on one page, so that it needs no cookie and can be kept for flight mode."""
    context = {
        "countries": Country.objects.prefetch_related("lines"),
        "emergency_signs": emergency_signs(),
        "right_away_signs": right_away_signs(),
        "same_day_signs": same_day_signs(),
        "this_week_signs": this_week_signs(),
    }
    return render(request, "safety.html", context)
