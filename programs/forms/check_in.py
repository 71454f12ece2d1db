"""The check-ins as she taps them. Nothing is filled in for her: an answer she did not give is an error.

One tap may answer several questions at once, but only in words that say what it answers, and never the safety
list, her mood, or what was not fine the last time.
"""

from datetime import timedelta
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.choices import Checkboxes, Radios
from programs.rules.after_rules import AFTER_FIELDS
from programs.rules.answers import Choice, Number, Several, YesNo
from programs.rules.before_rules import BEFORE_FIELDS, NEXT_MORNING_FIELDS
from programs.rules.red_flags import EMERGENCY_SIGNS, SIGNS
from programs.rules.vocabulary import CheckInKind
from programs.services.check_in import CheckInAsMade
from programs.wording.check_in import AFTER_WORDS, BEFORE_WORDS, NEXT_MORNING_WORDS
from programs.wording.journey import FINE_WORDS
from programs.wording.signs import RED_FLAG_WORDS, SIGN_WORDS

NONE_OF_THESE = "none"
OLDEST = timedelta(days=14)  # how long a check-in may have waited on a phone without a network
FIELDS = {
    CheckInKind.BEFORE: (BEFORE_FIELDS, BEFORE_WORDS),
    CheckInKind.AFTER: (AFTER_FIELDS, AFTER_WORDS),
    CheckInKind.NEXT_MORNING: (NEXT_MORNING_FIELDS, NEXT_MORNING_WORDS),
}
# Answers that bring the emergency page: the page marks them, so that it can help even without a network.
EMERGENCY_ANSWERS = (*EMERGENCY_SIGNS, "not_safe", "heavy")
LEAD = ("mood",)
SCALE_FROM = 5  # more answers than this are numbers in a row
MISSING = _("Please choose an answer. There is no wrong one.")


class CheckInForm(forms.Form):
    """One check-in of `kind`. `fine` maps each question that one tap may answer to the answer it gives.

    `known` are answers the site knows by itself (her first session; a session without squeezes); they are
    not asked. After `is_valid()`, whatever it says, `given` holds the answers that can stand.
    """

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    made_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)
    all_fine = forms.BooleanField(required=False)

    def __init__(self, kind, *args, now, fine=None, known=None, **kwargs):
        self.kind, self.now = kind, now
        self.fine, self.known, self.given = fine or {}, known or {}, {}
        super().__init__(*args, **kwargs)
        asked, self.words = FIELDS[kind]
        self.asked = {field.name: field for field in asked if field.name not in self.known}
        for name, field in self.asked.items():
            self.fields[name] = self._field(name, field)

    def _field(self, name, field):
        words = self.words[name]
        about = {"label": words.text, "help_text": words.help, "required": False}
        if isinstance(field, Several):
            signs = [(code, words.options[code].label) for code in field.codes]
            choices = [(NONE_OF_THESE, _("None of these")), *signs]
            return forms.MultipleChoiceField(choices=choices, widget=Checkboxes, **about)
        one = forms.TypedChoiceField(
            choices=[(_text(code), label) for code, label in _answers(field, words)],
            coerce=lambda text: _READ[type(field)](text),
            empty_value=None,
            widget=Radios,
            **about,
        )
        one.is_scale = len(one.choices) > SCALE_FROM
        one.ends = [words.options[0].label, words.options[10].label] if one.is_scale else []
        return one

    emergency_answers = EMERGENCY_ANSWERS
    short_fields = ("energy", "sleep")  # three answers side by side, under one thumb

    @property
    def lead_fields(self):
        """Asked right after the safety list."""
        return [self[name] for name in LEAD if name in self.asked]

    @property
    def folded_fields(self):
        """What the one tap answers, for whoever has something to tell."""
        return [self[name] for name in self.asked if name in self.fine]

    @property
    def open_fields(self):
        """Everything else, asked by itself."""
        apart = {*LEAD, *self.fine, "redFlags"}
        return [self[name] for name in self.asked if name not in apart]

    @property
    def is_unfolded(self):
        """Whether something folded was answered."""
        return any(self.data.get(field.html_name) for field in self.folded_fields)

    @property
    def asks_for_fine(self):
        """Whether neither the one tap nor all of what is folded was answered."""
        return any(field.errors for field in self.folded_fields)

    @property
    def fine_lines(self):
        """What the one tap says, line by line."""
        return [FINE_WORDS[name, answer] for name, answer in self.fine.items() if name in self.asked]

    @property
    def sign_lines(self):
        """The safety list in short."""
        red_flags = dict.fromkeys(SIGNS[sign].red_flag for sign in self.asked["redFlags"].codes)
        words = RED_FLAG_WORDS | {SIGNS["heavy_bleeding"].red_flag: SIGN_WORDS["heavy_bleeding"]}
        return [words[flag] for flag in red_flags]

    def clean_made_at(self):
        """When she made it, where it waited on her phone; never in the future."""
        made_at = self.cleaned_data["made_at"]
        if made_at and made_at < self.now - OLDEST:
            raise ValidationError(_("This check-in is too old to be sent. Please make a new one."))
        return min(made_at or self.now, self.now)

    def clean(self):
        """Every question must be answered, by its own answer or by the one tap for what is fine."""
        answers = {name: self._answer(name) for name in self.asked if name not in self.errors}
        self.given = {name: answer for name, answer in answers.items() if answer is not None}
        for name in answers.keys() - self.given.keys():
            self.add_error(name, MISSING)
        signs = self.cleaned_data.get("redFlags") or []
        if NONE_OF_THESE in signs and len(signs) > 1:
            self.add_error(
                "redFlags", _("You chose “none of these” and something else. Please keep only what fits.")
            )
        return self.cleaned_data

    def as_made(self, session_key=""):
        """The CheckInAsMade of the answers given, all of them where the form is valid."""
        return CheckInAsMade(
            client_id=self.cleaned_data.get("client_id") or uuid4(),
            kind=self.kind,
            answers=self.known | self.given,
            made_at=self.cleaned_data.get("made_at") or self.now,
            session_key=session_key,
        )

    def _answer(self, name):
        """Her answer; None where there is none."""
        value = self.cleaned_data.get(name)
        if isinstance(self.asked[name], Several):
            return [sign for sign in value if sign != NONE_OF_THESE] if value else None
        if value is None and self.cleaned_data.get("all_fine"):
            return self.fine.get(name)
        return value


def _answers(field, words):
    """The answers of one question with their words, in the order of the rules."""
    if isinstance(field, Number) and field.high == 10:
        return [(number, number) for number in range(11)]
    codes = words.options if isinstance(field, Number | YesNo) else field.codes
    return [(code, words.options[code].label) for code in codes]


def _text(code):
    return "yes" if code is True else "no" if code is False else str(code)


_READ = {Choice: str, Number: int, YesNo: lambda text: text == "yes"}
