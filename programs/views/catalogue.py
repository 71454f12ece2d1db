"""The program and its exercises, for everyone: no account, and no cookie but a member's choice of figures."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programs.forms.catalogue import ExerciseFilterForm
from programs.labels import choices
from programs.pages.catalogue import cautions_of, gate_rows, matching, minutes_of, phases_of, published_plan
from programs.pages.figures import mark_private, shown_in
from programs.pages.own_situation import OwnSituation, own_situation
from programs.rules.vocabulary import Focus


@require_safe
def program(request: HttpRequest) -> HttpResponse:
    """Explain the weeks to someone who has not signed up."""
    plan = published_plan()
    context = {
        "about": plan.about if plan else None,
        "phases": phases_of(plan) if plan else [],
        "minutes": minutes_of(plan) if plan else {},
        "gates": gate_rows(),
    }
    return render(request, "programs/program.html", context, status=200 if plan else 503)


@require_safe
def exercises(request: HttpRequest) -> HttpResponse:
    """Show the library, filtered by focus, position and equipment."""
    plan = published_plan()
    form = ExerciseFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = matching(plan.exercises.values() if plan else [], **wanted)
    groups = [(name, [one for one in found if one.focus == focus]) for focus, name in choices(Focus)]
    figures, own = shown_in(request), own_situation(request, timezone.now())
    context = {
        "form": form,
        "own": own,
        "groups": [group for group in groups if group[1]],
        "count": len(found),
        "figures": figures,
    }
    return _personal(mark_private(render(request, "programs/exercises.html", context), figures), own)


@require_safe
def exercise(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one exercise: steps, cues, common mistake, easier and harder variants, cautions."""
    plan = published_plan()
    found = plan.exercises.get(slug) if plan else None
    if plan is None or found is None:
        raise Http404
    figures, own = shown_in(request), own_situation(request, timezone.now(), found)
    context = {
        "exercise": found,
        "own": own,
        "shows_harder": bool(found.harder_text) and (own is None or own.offers_harder),
        "figures": figures,
        "easier": plan.exercises.get(found.easier_variant or ""),
        "harder": plan.exercises.get(found.harder_variant or ""),
        "cautions": cautions_of(found, plan),
    }
    return _personal(mark_private(render(request, "programs/exercise.html", context), figures), own)


def _personal(response: HttpResponse, own: OwnSituation | None) -> HttpResponse:
    """Keep a page that speaks of a member's own situation out of every cache; return the response."""
    if own:
        response["Cache-Control"] = "private, no-store"
    return response
