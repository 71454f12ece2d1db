"""The form that ends a hold: each requirement of the rules as one question with a date."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.dates import DayField
from programs.facts.clearances import SYMPTOM_OF_RULE
from programs.models import SafetyHold
from programs.rules.schedule import phase_of_week
from programs.rules.unlock_rules import Requirement
from programs.rules.unlocking import SPOKE_WITH
from programs.wording.journey import CLEARANCE_WORDS
from programs.wording.screening import question_words
from programs.wording.unlocking import SPOKE_WITH_WORDS

DATES = {
    Requirement.CLINICIAN_AGREED: (
        "clinician_agreed_on",
        _("When did a clinician see you and agree to gentle exercise?"),
    ),
    Requirement.ADVICE_SAYS_OK: ("advice_on", _("When did you get medical advice that exercise is okay?")),
    Requirement.SIGN_GONE: ("sign_gone_on", _("Since which day has the sign been gone?")),
    Requirement.SIGN_GONE_LONG_ENOUGH: ("sign_gone_on", _("Since which day has the sign been gone?")),
    Requirement.CHECK_DONE: ("check_done_on", _("When was your pelvic health or medical check?")),
    Requirement.CONTACTED_OR_BOOKED: ("contacted_on", _("When did you contact or book a clinician?")),
}
SAFETY_QUESTIONS = ("self_safety", "unreal")


class HoldForm(forms.Form):
    """Questions for the `missing` requirements, all optional: the rest may be answered later.

    A date, typed as in `country`, must lie between `began`, the day the hold began, and `latest`: nothing from before
    it ends it.
    """

    def __init__(
        self,
        hold: SafetyHold,
        missing: Collection[Requirement],
        week: int,
        *args: Any,
        latest: date,
        began: date,
        country: str | None,
        **kwargs: Any,
    ) -> None:
        self.latest, self.began, self.country = latest, began, country
        self.met = hold.met
        super().__init__(*args, **kwargs)
        self._add_support(missing)
        for requirement in missing:
            if requirement in DATES:
                name, label = DATES[requirement]
                self.fields[name] = self._date(label)
        if Requirement.CHECK_DONE in missing:
            self._add_clearance(hold, phase_of_week(week))

    def _add_support(self, missing: Collection[Requirement]) -> None:
        """Add the questions about the member's safety."""
        if Requirement.SAFE_AND_SUPPORTED in missing:
            safe = _("I am safe, and someone supports me")
            self.fields["safe_and_supported"] = forms.BooleanField(label=safe, required=False)
        if Requirement.SPOKE_WITH_SOMEONE in missing:
            self.fields["spoke_with"] = forms.ChoiceField(
                label=_("Who have you spoken with since?"),
                required=False,
                widget=forms.RadioSelect,
                choices=[(code, SPOKE_WITH_WORDS[code]) for code in SPOKE_WITH],
            )
        if Requirement.SAFETY_QUESTIONS_AGAIN in missing:
            for name in SAFETY_QUESTIONS:
                self.fields[name] = _safety_question(name)

    def _date(self, label: Any) -> DayField:
        return DayField(
            label=label, required=False, country=self.country, earliest=self.began, latest=self.latest
        )

    def _add_clearance(self, hold: SafetyHold, phase: int) -> None:
        """Add the questions about what the clinician agreed to."""
        symptoms = {SYMPTOM_OF_RULE[rule] for rule in hold.rules_matched if rule in SYMPTOM_OF_RULE}
        self.fields["agreed_symptoms"] = forms.MultipleChoiceField(
            label=_("What did they say?"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(symptom, CLEARANCE_WORDS[symptom]) for symptom in sorted(symptoms)],
        )
        if phase > 1:
            earlier = [(number, _("In phase %(n)d") % {"n": number}) for number in range(1, phase)]
            self.fields["advised_phase"] = forms.TypedChoiceField(
                label=_("Where did they advise to begin again?"),
                coerce=int,
                empty_value=None,
                required=False,
                choices=[("", _("At the start of my phase")), *earlier],
            )

    def clean(self) -> dict[str, Any]:
        """Reject dates in the future and from before the hold."""
        for name, value in list(self.cleaned_data.items()):
            if name.endswith("_on") and value and not self.began <= value <= self.latest:
                late = value > self.latest
                text = _("This date is in the future.") if late else _("This date is before the pause began.")
                self.add_error(name, ValidationError(text))
        return self.cleaned_data

    @property
    def confirmed(self) -> dict[str, Any]:
        """Return the answers given, as `services.hold.confirm_requirements` takes them: dates in ISO format."""
        given = {
            name: value for name, value in self.cleaned_data.items() if value not in (None, "", [], False)
        }
        return {name: value.isoformat() if name.endswith("_on") else value for name, value in given.items()}

    @property
    def changes(self) -> dict[str, Any]:
        """Return the answers given that were not stored before."""
        return {name: value for name, value in self.confirmed.items() if self.met.get(name) != value}


def _safety_question(name: str) -> forms.ChoiceField:
    words = question_words(name)
    return forms.ChoiceField(
        label=words.text,
        help_text=words.help,
        required=False,
        widget=forms.RadioSelect,
        choices=[(option, text.label) for option, text in words.options.items()],
    )
