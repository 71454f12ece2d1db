"""The forms of the check-ins. Nothing is preselected: a missing answer is an error.

One tap may confirm several suggested answers, but it lists each of them as text and sends back what was listed, and it
never covers the safety list or the mood.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache, cached_property
from typing import Any
from uuid import uuid4

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext_lazy as _

from common.choices import Radios
from common.hidden import Hidden
from common.shared_fields import shares_fields
from common.texts import Text
from programs.forms.confirmed_answers import confirmed_answers
from programs.forms.phone_clock import made_at_of
from programs.forms.sign_groups import (
    NONE_OF_THESE,
    OTHER_LINES,
    WHICH_SIGN,
    SignLine,
    are_lines_open,
    groups_field,
    groups_of,
    lines_without_a_sign,
    sign_lines,
    signs_field,
)
from programs.rules.after_rules import AFTER_FIELDS
from programs.rules.answers import Choice, Number, Several, YesNo
from programs.rules.before_rules import BEFORE_FIELDS, NEXT_MORNING_FIELDS
from programs.rules.red_flags import EMERGENCY_SIGNS, RIGHT_AWAY_SIGNS, SAME_DAY_SIGNS
from programs.rules.vocabulary import CheckInKind
from programs.services.check_in import CheckInAsMade
from programs.wording.check_in import AFTER_WORDS, BEFORE_WORDS, NEXT_MORNING_WORDS
from programs.wording.journey import SUGGESTED_WORDS
from programs.wording.questions import OptionWords, QuestionWords

Question = Several | Choice | Number | YesNo
Answers = Mapping[str, Any]  # question → answer, as the rules take them

FIELDS: dict[CheckInKind, tuple[Sequence[Question], Mapping[str, QuestionWords]]] = {
    CheckInKind.BEFORE: (BEFORE_FIELDS, BEFORE_WORDS),
    CheckInKind.AFTER: (AFTER_FIELDS, AFTER_WORDS),
    CheckInKind.NEXT_MORNING: (NEXT_MORNING_FIELDS, NEXT_MORNING_WORDS),
}
# Answers that lead to the emergency page: the page marks them, so that its script can help even without a network.
EMERGENCY_ANSWERS = (*EMERGENCY_SIGNS, "not_safe", "heavy")
# The same for those that ask for a call right now or today.
RIGHT_AWAY_ANSWERS = tuple(RIGHT_AWAY_SIGNS)
SAME_DAY_ANSWERS = (*SAME_DAY_SIGNS, "worse", "more")
LEAD = ("mood",)
SCALE_FROM = 5  # more options than this are shown as numbers in a row
MISSING = _("Please choose an answer. There is no wrong one.")
# What is said of a missing answer at its place, where it is more than MISSING.
MISSING_WORDS = {
    "redFlags": _("First the five lines, please: tap what fits, or “None of these.”"),
    "mood": _("And your mood? Please tap one."),
}


class AnswerField(forms.TypedChoiceField):
    """One answer of several; `ends` are the labels of the lowest and highest number of a scale."""

    def __init__(self, *, ends: Sequence[Text] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.ends = ends
        self.is_scale = bool(ends)


@shares_fields
class CheckInForm(forms.Form):
    """One check-in of `kind`. `suggested` maps each question that one tap may answer to its suggested answer.

    A form that is sent brings back the answers that its page showed (`shown`): only these can be confirmed.
    `clock_error` corrects the phone's times.
    `known` are answers that need not be asked (the first session; a session without squeezes). After `is_valid()`,
    whatever it returns, `given` holds the valid answers.
    """

    client_id = forms.UUIDField(widget=Hidden)
    made_at = forms.DateTimeField(required=False, widget=Hidden)
    all_fine = forms.BooleanField(required=False)
    shown = forms.CharField(required=False, widget=Hidden)

    def __init__(
        self,
        kind: CheckInKind,
        *args: Any,
        now: datetime,
        clock_error: timedelta = timedelta(),
        suggested: Answers | None = None,
        known: Answers | None = None,
        **kwargs: Any,
    ) -> None:
        self.kind, self.now, self.clock_error = kind, now, clock_error
        self.suggested, self.known = dict(suggested or {}), dict(known or {})
        self.given: dict[str, Any] = {}
        self.lines_without_a_sign: list[str] = []
        super().__init__(*args, **kwargs)
        asked, self.words = FIELDS[kind]
        self.asked = {field.name: field for field in asked if field.name not in self.known}
        if self.is_bound:
            self.suggested = confirmed_answers(self.data.get("shown", ""), self.asked)
        self.suggested = {name: answer for name, answer in self.suggested.items() if name in self.asked}
        self.initial["shown"] = self.suggested_json
        self.fields |= {name: _field(kind, name) for name in self.asked}
        if "redFlags" in self.asked:
            self.fields["groups"] = groups_field()

    emergency_answers = EMERGENCY_ANSWERS
    right_away_answers = RIGHT_AWAY_ANSWERS
    same_day_answers = SAME_DAY_ANSWERS
    short_fields = ("energy", "sleep")  # three answers side by side, under one thumb
    lead = LEAD

    @property
    def suggested_json(self) -> str:
        """Return what the one tap stands for, for a phone that evaluates the check without a network."""
        return json.dumps(self.suggested)

    @property
    def known_json(self) -> str:
        """Return the answers that are not asked, for the same."""
        return json.dumps(self.known)

    @property
    def lead_fields(self) -> list[forms.BoundField]:
        """Return the questions right after the safety list."""
        return [self[name] for name in LEAD if name in self.asked]

    @property
    def folded_fields(self) -> list[forms.BoundField]:
        """Return the questions that the one tap answers, folded for members with something to report."""
        return [self[name] for name in self.asked if name in self.suggested]

    @property
    def open_fields(self) -> list[forms.BoundField]:
        """Return all other questions, each asked by itself."""
        apart = {*LEAD, *self.suggested, "redFlags"}
        return [self[name] for name in self.asked if name not in apart]

    @property
    def is_unfolded(self) -> bool:
        """Return whether a folded question was answered."""
        return any(self.data.get(field.html_name) for field in self.folded_fields)

    @property
    def rest_is_open(self) -> bool:
        """Return whether the suggested answers were neither confirmed by the one tap nor all given."""
        return any(field.errors for field in self.folded_fields)

    @property
    def first_error(self) -> str:
        """Return the name of the first question, as the page has them, that has no answer; "" if none is missing."""
        shown = ["groups", "redFlags", *(field.name for field in [*self.lead_fields, *self.open_fields])]
        return next((name for name in [*shown, *self.suggested] if self.errors.get(name)), "")

    @cached_property
    def suggested_lines(self) -> list[str]:
        """Return the suggested answers as text, one line each."""
        return [str(SUGGESTED_WORDS[one]) for one in self.suggested.items()]

    @property
    def sign_lines(self) -> list[SignLine]:
        """Return the safety list: five lines with their signs."""
        return sign_lines(self["groups"], self["redFlags"], self.lines_without_a_sign)

    @property
    def none_of_these(self) -> BoundWidget:
        """Return the box that says no to every other line of the safety list."""
        return self["redFlags"][0]

    def clean_made_at(self) -> datetime:
        """Return when the check-in was made by the site's clock (it may have waited on the phone).

        A time that cannot be, in the future or over a year ago, becomes now, when it was received: no clock is a reason
        to refuse what a member reports.
        """
        told = self.cleaned_data["made_at"]
        return made_at_of(told.isoformat() if told else "", self.clock_error, self.now)

    def clean(self) -> dict[str, Any]:
        """Require an answer to every question, its own or by the one tap for the suggested answers."""
        answers = {name: self._answer(name) for name in self.asked if name not in self.errors}
        self.given = {name: answer for name, answer in answers.items() if answer is not None}
        if "redFlags" in answers:
            self._clean_signs()
        for name in answers.keys() - self.given.keys() - self.errors.keys():
            self.add_error(name, MISSING_WORDS.get(name, MISSING))
        return self.cleaned_data

    def _clean_signs(self) -> None:
        """Require an answer to every line of the safety list: a line said yes to without a sign has none."""
        said_yes, signs = self.cleaned_data.get("groups", []), self.cleaned_data["redFlags"]
        self.lines_without_a_sign = lines_without_a_sign(said_yes, signs)
        if self.lines_without_a_sign and not self.given.get("redFlags"):
            self.given.pop("redFlags", None)
        if (said_yes or signs) and are_lines_open(said_yes, signs):
            self.add_error("redFlags", OTHER_LINES)
        if self.lines_without_a_sign:
            self.add_error("groups", WHICH_SIGN)

    def as_made(self, session_key: str = "") -> CheckInAsMade:
        """Return the check-in with the valid answers: all of them if the form is valid."""
        return CheckInAsMade(
            client_id=self.cleaned_data.get("client_id") or uuid4(),
            kind=self.kind,
            answers=self.known | self.given,
            made_at=self.cleaned_data.get("made_at") or self.now,
            session_key=session_key,
        )

    def _answer(self, name: str) -> Any:
        """Return the answer to a question; None if there is none."""
        value = self.cleaned_data.get(name)
        if isinstance(self.asked[name], Several):
            return [sign for sign in value if sign != NONE_OF_THESE] if value else None
        if value is None and self.cleaned_data.get("all_fine"):
            return self.suggested.get(name)
        return value


@cache
def _field(kind: CheckInKind, name: str) -> forms.Field:
    """Return the field of a question, the same one for all forms: none of them changes it."""
    questions, all_words = FIELDS[kind]
    question, words = next(one for one in questions if one.name == name), all_words[name]
    options: Mapping[Any, OptionWords] = words.options  # the keys of some are numbers or booleans
    if isinstance(question, Several):
        return signs_field(options, words.text)
    answers = list(_answers(question, options))
    return AnswerField(
        choices=[(_text(code), label) for code, label in answers],
        ends=[options[0].label, options[10].label] if len(answers) > SCALE_FROM else [],
        coerce=_COERCE[type(question)],
        empty_value=None,
        widget=Radios,
        label=words.text,
        help_text=words.help,
        required=False,
    )


def as_tapped(answers: Answers, is_complete: bool) -> dict[str, Any]:
    """Return the answers of a check-in as the form shows them chosen."""
    shown: dict[str, Any] = {name: _text(answer) for name, answer in answers.items() if name != "redFlags"}
    signs = list(answers.get("redFlags", ()))
    return shown | {
        "redFlags": [*signs, *([NONE_OF_THESE] if is_complete else [])],
        "groups": groups_of(signs),
    }


def _answers(
    question: Choice | Number | YesNo, options: Mapping[Any, OptionWords]
) -> Iterable[tuple[Any, Any]]:
    """Return (code, label) of the answers to one question, in the order of the rules."""
    if isinstance(question, Number) and question.high == 10:
        return [(number, number) for number in range(11)]
    codes = question.codes if isinstance(question, Choice) else options
    return [(code, options[code].label) for code in codes]


def _text(code: object) -> str:
    return "yes" if code is True else "no" if code is False else str(code)


_COERCE: dict[type, Callable[[str], Any]] = {Choice: str, Number: int, YesNo: lambda text: text == "yes"}
