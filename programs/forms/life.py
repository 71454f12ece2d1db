"""Forms for changes of situation, clearances and the self-check of the midline."""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.dates import DayField
from programs.facts.clearances import MILD_SYMPTOMS
from programs.models import Enrollment
from programs.rules.schedule import CAPS, Released, has_later_gates
from programs.rules.vocabulary import ClearedSymptom, SafetyFlag, Situation
from programs.wording.journey import CLEARANCE_WORDS

SITUATIONS = [
    (Situation.PREGNANT, _("I am pregnant again")),
    (Situation.LOSS, _("I lost a pregnancy, or my baby")),
    (Situation.SURGERY, _("I had surgery, or will have it")),
    (Situation.OTHER, _("Something else about my health changed")),
]


class SituationForm(forms.Form):
    """The new situation, chosen with one tap."""

    situation = forms.ChoiceField(choices=SITUATIONS)


class ClearanceForm(forms.Form):
    """What a clinician checked and agreed to, and when."""

    code = forms.ChoiceField(
        label=_("What was checked or agreed?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what was checked.")},
    )

    def __init__(self, enrollment: Enrollment, *args: Any, latest: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.latest, self.birth_date = latest, enrollment.birth_date
        code = cast(forms.ChoiceField, self.fields["code"])
        code.choices = [(code, CLEARANCE_WORDS[code]) for code in _relevant_codes(enrollment)]
        self.fields["given_on"] = DayField(
            label=_("On which day?"),
            country=enrollment.participant.country_id,
            earliest=self.birth_date,
            latest=latest,
            error_messages={"required": _("Please give the day. A rough date is fine.")},
        )

    def clean_given_on(self) -> date:
        """Reject a date in the future or before the birth."""
        day: date = self.cleaned_data["given_on"]
        if day > self.latest:
            raise ValidationError(_("This date is in the future. Please record it when it is done."))
        if day < self.birth_date:
            raise ValidationError(_("This date is before the birth. Please check it."))
        return day


def _relevant_codes(enrollment: Enrollment) -> list[str]:
    """Return the clearances that would change something: a capped phase, a symptom, a later gate, no squeezing."""
    flags: set[str] = {*enrollment.screening.flags, *enrollment.safety_flags}
    relevant: set[str | None] = {cap.released_by for cap in CAPS if cap.flag in flags}
    relevant |= {*ClearedSymptom, MILD_SYMPTOMS}
    relevant |= flags & {SafetyFlag.PF_TENSION}
    if has_later_gates(flags) != has_later_gates(flags, [Released.PELVIC_CHECK]):
        relevant.add(Released.PELVIC_CHECK)
    return [code for code in CLEARANCE_WORDS if code in relevant]


class SelfCheckForm(forms.Form):
    """What the member felt along the midline."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    fingers = forms.TypedChoiceField(
        label=_("How many fingers fit between the edges, at the widest place?"),
        coerce=int,
        choices=[(0, "0"), (1, "1"), (2, "2"), (3, "3"), (4, _("4 or more"))],
        widget=forms.RadioSelect,
    )
    base = forms.ChoiceField(
        label=_("How does the base between them feel?"),
        choices=[("firm", _("Firm, like a trampoline")), ("soft", _("Soft, my fingers sink in"))],
        widget=forms.RadioSelect,
    )
    dome = forms.ChoiceField(
        label=_("Does a ridge or dome come up when you lift your head?"),
        choices=[("no", _("No")), ("yes", _("Yes"))],
        widget=forms.RadioSelect,
    )
    lump = forms.ChoiceField(
        label=_("Is there a lump?"),
        choices=[
            ("no", _("No")),
            ("lump", _("Yes: painful, firm, or it does not go back in")),
            ("ill", _("Yes, and I am vomiting or in severe pain")),
        ],
        widget=forms.RadioSelect,
    )
    worried = forms.ChoiceField(
        label=_("Does what you feel worry you?"),
        choices=[("no", _("No")), ("yes", _("Yes"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = _("Please choose an answer. There is no wrong one.")

    @property
    def answers(self) -> dict[str, Any]:
        """Return the answers as the rules take them."""
        data = self.cleaned_data
        return {
            "fingers": data["fingers"],
            "soft": data["base"] == "soft",
            "dome": data["dome"] == "yes",
            "worried": data["worried"] == "yes",
            "lump": data["lump"] != "no",
            "vomitingOrSeverePain": data["lump"] == "ill",
        }
