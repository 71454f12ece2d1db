"""Her news: what changed, what a clinician said, what she felt along her midline."""

from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from programs.facts.clearances import MILD_SYMPTOMS
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
    """What changed; one tap."""

    situation = forms.ChoiceField(choices=SITUATIONS)


class ClearanceForm(forms.Form):
    """What a clinician checked and agreed to, and when."""

    code = forms.ChoiceField(
        label=_("What was checked or agreed?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what was checked.")},
    )
    given_on = forms.DateField(
        label=_("On which day?"), error_messages={"required": _("Please give the day. About is fine.")}
    )

    def __init__(self, enrollment, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.birth_date = today, enrollment.birth_date
        self.fields["code"].choices = [(code, CLEARANCE_WORDS[code]) for code in _of_use(enrollment)]
        limits = {"type": "date", "max": today.isoformat(), "min": self.birth_date.isoformat()}
        self.fields["given_on"].widget = forms.DateInput(attrs=limits, format="%Y-%m-%d")

    def clean_given_on(self):
        """Between the birth and today."""
        day = self.cleaned_data["given_on"]
        if day > self.today:
            raise ValidationError(_("This date is in the future. Please record it when it is done."))
        if day < self.birth_date:
            raise ValidationError(_("This date is before the birth. Please check it."))
        return day


def _of_use(enrollment):
    """What could open something for her: a phase that is capped, a symptom, a rest from squeezing."""
    flags = {*enrollment.screening.flags, *enrollment.safety_flags}
    opens = {cap.released_by for cap in CAPS if cap.flag in flags} | {*ClearedSymptom}
    opens |= (flags & {SafetyFlag.PF_TENSION}) | {MILD_SYMPTOMS}
    opens |= (
        {Released.PELVIC_CHECK}
        if has_later_gates(flags) != has_later_gates(flags, [Released.PELVIC_CHECK])
        else set()
    )
    return [code for code in CLEARANCE_WORDS if code in opens]


class SelfCheckForm(forms.Form):
    """What she felt along her midline."""

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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = _("Please choose an answer. There is no wrong one.")

    @property
    def answers(self):
        """The answers as the rules take them."""
        data = self.cleaned_data
        return {
            "fingers": data["fingers"],
            "soft": data["base"] == "soft",
            "dome": data["dome"] == "yes",
            "worried": data["worried"] == "yes",
            "lump": data["lump"] != "no",
            "vomitingOrSeverePain": data["lump"] == "ill",
        }
