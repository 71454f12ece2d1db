"""Parts of the published program that look the same for everybody, rendered once."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from common.fragments import rendered_once
from common.unchanging import ByIdentity
from programs.forms.catalogue import ExerciseFilterForm
from programs.pages.figures import TO_EVERYONE, Shown
from programs.pages.program_way import way_of
from programs.plan import Plan, PlannedExercise

register = template.Library()


@register.simple_tag(takes_context=True)
def exercise_card(context: Any, exercise: PlannedExercise, note: str = "") -> SafeString:
    """Return the card of an exercise in a list, with `note`, and the drawing the page's `figures` ask for."""
    return _exercise_card(ByIdentity(exercise), note, context.get("figures", TO_EVERYONE))


@rendered_once
def _exercise_card(exercise: ByIdentity[PlannedExercise], note: str, figures: Shown) -> SafeString:
    context = {"exercise": exercise.it, "note": note, "figures": figures}
    return render_to_string("programs/_exercise_card.html", context)


@register.simple_tag(takes_context=True)
def exercise_cards(context: Any, exercises: Iterable[PlannedExercise]) -> SafeString:
    """Return the cards of exercises in a list, with the drawings the page's `figures` ask for."""
    return _exercise_cards(tuple(map(ByIdentity, exercises)), context.get("figures", TO_EVERYONE))


@rendered_once
def _exercise_cards(exercises: tuple[ByIdentity[PlannedExercise], ...], figures: Shown) -> SafeString:
    return SafeString("".join(_exercise_card(exercise, "", figures) for exercise in exercises))


@register.simple_tag
def phases_on_home(plan: Plan) -> SafeString:
    """Return the part of the front page that shows the phases of a plan."""
    return _phases_on_home(ByIdentity(plan))


@rendered_once
def _phases_on_home(plan: ByIdentity[Plan]) -> SafeString:
    return render_to_string("home/_phases.html", {"way": way_of(plan.it)})


@register.simple_tag(takes_context=True)
def phases_for_visitors(context: Any, plan: Plan) -> SafeString:
    """Return all phases of a plan with their weeks, as they look to who has no place in it."""
    return _phases(ByIdentity(plan), context.get("figures", TO_EVERYONE))


@rendered_once
def _phases(plan: ByIdentity[Plan], figures: Shown) -> SafeString:
    return render_to_string("programs/_program_phases.html", {"way": way_of(plan.it), "figures": figures})


@register.simple_tag
def filters(form: ExerciseFilterForm) -> SafeString:
    """Return the fields of the library's filter as HTML."""
    if not form.is_valid():
        return _fields(form)
    return _fields_with(tuple((name, form.data.get(name, "")) for name in form.fields))


@rendered_once
def _fields_with(chosen: tuple[tuple[str, str], ...]) -> SafeString:
    return _fields(ExerciseFilterForm(dict(chosen)))


def _fields(form: ExerciseFilterForm) -> SafeString:
    return render_to_string("programs/_filter_fields.html", {"form": form})
