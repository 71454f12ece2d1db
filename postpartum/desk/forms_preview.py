"""The form that describes for whom a drafted session is previewed."""

from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.facts.adapted_session import Today
from programs.labels import choices
from programs.models import FigureWoman
from programs.pages.session_lengths import MINUTES
from programs.plan import Plan, PlannedSession
from programs.rules.schedule import is_cesarean_under_8_weeks
from programs.rules.vocabulary import BirthType, Outcome, SafetyFlag

PESSARY = "pessary"
WEEKS_SINCE = 16  # where none are given


class PreviewForm(forms.Form):
    """Which session to preview, for which member, on what day."""

    session = forms.ChoiceField(label=_("Session"))
    birth = forms.ChoiceField(label=_("Birth"), choices=choices(BirthType), required=False)
    weeks_since = forms.IntegerField(
        label=_("Weeks since the birth"), min_value=0, max_value=200, required=False
    )
    flags = forms.MultipleChoiceField(
        label=_("She has"),
        choices=[
            *(one for one in choices(SafetyFlag) if one[0] != SafetyFlag.CESAREAN_LT_8W),
            (PESSARY, _("A pessary")),
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    today = forms.ChoiceField(
        label=_("Today she is"),
        choices=[
            (Outcome.GO, _("well")),
            (Outcome.EASIER, _("in need of a gentler session")),
            (Outcome.BREATHING_ONLY, _("in need of rest")),
        ],
        required=False,
    )
    minutes = forms.ChoiceField(
        label=_("Her time"),
        choices=[("", _("all of it")), *((str(one), _("%(n)d minutes") % {"n": one}) for one in MINUTES)],
        required=False,
    )
    woman = forms.ChoiceField(
        label=_("Who shows the exercises"),
        choices=[("", _("they take turns")), *FigureWoman.choices],
        required=False,
    )
    no_baby = forms.BooleanField(label=_("Her baby is not with her"), required=False)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        field: Any = self.fields["session"]
        field.choices = [(key, _named(session)) for key, session in sorted(plan.sessions.items())]

    @cached_property
    def plan_for_her(self) -> Plan:
        """Return the draft in the words for this member."""
        return self.plan.without_baby if self.cleaned_data["no_baby"] else self.plan

    @cached_property
    def planned(self) -> PlannedSession:
        """Return the chosen session."""
        return self.plan_for_her.session(self.cleaned_data["session"])

    @property
    def adapting(self) -> Today:
        """Return what adapts the session for this member."""
        data = self.cleaned_data
        birth, week = BirthType(data["birth"] or BirthType.VAGINAL), self.planned.week
        weeks_since = data["weeks_since"] if data["weeks_since"] is not None else WEEKS_SINCE
        # Screening data, question “heaviness”: a pessary counts as heaviness.
        flags = {SafetyFlag.HEAVINESS if code == PESSARY else SafetyFlag(code) for code in data["flags"]}
        if is_cesarean_under_8_weeks(birth, 7 * weeks_since):
            flags.add(SafetyFlag.CESAREAN_LT_8W)
        return Today(
            flags=frozenset(flags),
            phase=self.plan.week(week).phase if week else self.plan.phases[0].number,
            outcome=Outcome(data["today"] or Outcome.GO),
            core_easier=birth == BirthType.CESAREAN,
            screening_flags=(PESSARY,) if PESSARY in data["flags"] else (),
        )


def _named(session: PlannedSession) -> str:
    """Return a session's title after its place in the program, such as "Week 3 A"."""
    if not session.week:
        return session.title
    place = gettext("Week %(number)d") % {"number": session.week}
    return f"{place} {session.letter} · {session.title}"
