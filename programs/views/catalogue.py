"""The program and its exercises, for everyone: no account, and no cookie but a member's choice of figures."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from common.members import MemberRequest, is_signed_in, member_page, signed_in_user
from common.public_pages import public_page
from programs.facts.standing import plan_for
from programs.forms.catalogue import ExerciseFilterForm
from programs.labels import choices
from programs.models import Enrollment, Exercise
from programs.pages.catalogue import (
    cautions_of,
    doses_of,
    favorites_of,
    matching,
    minutes_of,
    published_plan,
)
from programs.pages.figures import mark_private, shown_in
from programs.pages.needs import NEED_LABELS, Need, for_need
from programs.pages.own_situation import OwnSituation, own_situation, situation_in_program
from programs.pages.program_way import place_of, way_of
from programs.rules.vocabulary import EnrollmentState, Focus
from programs.services.favorites import drop_favorite, keep_favorite


@public_page()
@require_safe
def program(request: HttpRequest) -> HttpResponse:
    """Show the weeks: to visitors as a whole, to a member from their own place, by the release they follow."""
    enrollment, figures = _enrollment_in(request), shown_in(request)
    plan = plan_for(enrollment) if enrollment else published_plan()
    place = place_of(enrollment, plan) if enrollment and plan else None
    context = {
        "own": situation_in_program(enrollment, timezone.now()) if enrollment else None,
        "plan": plan,
        "about": plan.about if plan else None,
        "way": way_of(plan, place) if plan and place else [],
        "place": place,
        "minutes": minutes_of(plan) if plan else {},
        "figures": figures,
    }
    response = render(request, "programs/program.html", context, status=200 if plan else 503)
    return mark_private(response, figures)


@public_page("need", "focus", "position", "equipment")
@require_safe
def exercises(request: HttpRequest) -> HttpResponse:
    """Show the library: by need, or by focus, position and equipment; a member's favorites first."""
    plan = published_plan()
    form = ExerciseFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    need = wanted.pop("need", "")
    found = matching(plan.exercises.values() if plan else [], **wanted)
    by_need = for_need(found, Need(need)) if need else None
    groups = [(name, [one for one in found if one.focus == focus]) for focus, name in choices(Focus)]
    figures, own = shown_in(request), own_situation(request, timezone.now())
    shows_favorites = plan and is_signed_in(request) and not request.GET
    context = {
        "form": form,
        "needs": NEED_LABELS.items(),
        "for_need": by_need,
        "is_filtered": any(wanted.values()),
        "favorites": favorites_of(signed_in_user(request), plan) if plan and shows_favorites else [],
        "own": own,
        "groups": [group for group in groups if group[1]],
        "count": by_need.count if by_need else len(found),
        "figures": figures,
    }
    return _personal(mark_private(render(request, "programs/exercises.html", context), figures), own)


@public_page()
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
        "doses": doses_of(found, plan),
        "is_favorite": is_signed_in(request) and found in favorites_of(signed_in_user(request), plan),
    }
    return _personal(mark_private(render(request, "programs/exercise.html", context), figures), own)


@member_page
@require_POST
def favorite(request: MemberRequest, slug: str) -> HttpResponse:
    """Keep the exercise among the member's favorites (keep=1), or take it out."""
    found = get_object_or_404(Exercise, slug=slug)
    if request.POST.get("keep") == "1":
        keep_favorite(request.user, found, timezone.now())
    else:
        drop_favorite(request.user, found)
    return redirect("exercise", found.slug)


def _enrollment_in(request: HttpRequest) -> Enrollment | None:
    """Return the latest enrollment of a signed-in member that was not withdrawn; None for visitors, without a query."""
    if not is_signed_in(request):
        return None
    enrollments = Enrollment.objects.of(signed_in_user(request))
    return enrollments.exclude(state=EnrollmentState.WITHDRAWN).first()


def _personal(response: HttpResponse, own: OwnSituation | None) -> HttpResponse:
    """Keep a page that speaks of a member's own situation out of every cache; return the response."""
    if own:
        response["Cache-Control"] = "private, no-store"
    return response
