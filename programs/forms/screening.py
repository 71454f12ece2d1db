"""The screening in four parts, each question answered with a tap."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.choices import Checkboxes, Radios
from common.dates import DayField
from common.practice import practice_details
from common.stored_files import content_key
from common.texts import Text
from common.time_zones import country_of
from programs.models import Participant, Screening
from programs.rules.schedule import days_since
from programs.rules.screening import (
    ASKED_IN_PREGNANCY,
    PREGNANT,
    QUESTIONS,
    is_pregnant,
    time_since_birth_option,
)
from programs.rules.screening_questions import Question
from programs.wording.screening import question_words

# The parts of the screening, each a page: safety, the birth, the body now, health. The numbers stand in addresses.
STEPS = (
    ("now", "today", "self_safety", "unreal"),
    ("time_since_birth", "birth_mode", "tear", "clearance", "bleeding", "wound"),
    ("bladder", "bowel", "heaviness", "tension", "pain", "belly"),
    ("health", "mood"),
)
# A closest answer is no answer to a question about a danger to her or her baby.
SENSITIVE = ("self_safety", "unreal")
PICK_ONE = _("Please pick one. If none fits well, take the closest.")
PICK_ALL = _("Please pick all that fit, or “None of these.”")
ANSWER_KINDLY = _("Please answer this one, too. There is no wrong answer, and you are not alone.")
BY_ID = {question.id: question for question in QUESTIONS}
MAX_BIRTH_AGE = timedelta(days=60 * 365)  # "months or years is fine": only a mistyped year is refused


class CountryForm(forms.ModelForm):
    """The country of residence, which chooses the numbers to call."""

    class Meta:
        model = Participant
        fields = ["country"]
        labels = {"country": _("Where do you live?")}
        help_texts = {"country": _("So that you see the right numbers to call.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country = cast("forms.ModelChoiceField[Any]", self.fields["country"])
        country.empty_label = str(_("Another country"))


def country_form(participant: Participant, time_zone: str) -> CountryForm:
    """Return the form with the country chosen; before one is, the country of the member's time zone is offered."""
    guess = participant.country_id or country_of(time_zone)
    return CountryForm(instance=participant, initial={"country": guess})


class ScreeningStepForm(forms.Form):
    """The questions of one part. `valid_answers` is available even if other answers are missing."""

    def __init__(
        self,
        questions: Sequence[str],
        *args: Any,
        today: date,
        latest: date,
        country: str | None,
        **kwargs: Any,
    ) -> None:
        self.questions = [BY_ID[question_id] for question_id in questions]
        self.today, self.latest, self.country = today, latest, country
        super().__init__(*args, **kwargs)
        for question in self.questions:
            self._add(question)

    @staticmethod
    def known(screening: Screening) -> dict[str, Any]:
        """Return what is stored of a screening, by field: as initial values, or as data to find what is missing."""
        return screening.answers | {
            "birth_date": screening.birth_date,
            "pregnant": is_pregnant(screening.answers),
        }

    def questions_to_ask(self) -> list[forms.BoundField]:
        """Return the bound fields, the first one with an error marked to be scrolled to."""
        fields = list(self)
        for field in fields:
            if field.errors:
                field.field.widget.attrs["autofocus"] = True
                break
        return fields

    def _add(self, question: Question) -> None:
        if question.id == "time_since_birth":
            self._add_birth()
            return
        words = question_words(question.id)
        self.fields[question.id] = (forms.MultipleChoiceField if question.multi else forms.ChoiceField)(
            label=words.text,
            help_text=words.help,
            choices=[(option.id, words.options[option.id].label) for option in question.options],
            widget=Checkboxes if question.multi else Radios,
            error_messages={"required": _missing_words(question)},
        )

    def _add_birth(self) -> None:
        """Add the date of the birth, from which the time since then is computed."""
        self.fields["birth_date"] = DayField(
            label=_("When did you give birth?"),
            required=False,
            country=self.country,
            latest=self.latest,
            help_text=_("The date of your baby's birth. We use it to count the days."),
        )
        pregnant = question_words("time_since_birth").options["pregnant"].label
        self.fields["pregnant"] = forms.BooleanField(label=pregnant, required=False)

    def clean_birth_date(self) -> date | None:
        """Reject a date in the future or more than MAX_BIRTH_AGE ago."""
        day: date | None = self.cleaned_data["birth_date"]
        if day and day > self.latest:
            raise ValidationError(_("This date is in the future. Please check it."))
        if day and self.today - day > MAX_BIRTH_AGE:
            raise ValidationError(_("Please check the year: this date is very long ago."))
        return day

    def clean(self) -> dict[str, Any]:
        """Reject “none of these” beside other options, and require a birth date or that there was no birth yet."""
        for question in self.questions:
            chosen = self.cleaned_data.get(question.id)
            if question.multi and chosen and "none" in chosen and len(chosen) > 1:
                self.add_error(
                    question.id,
                    _("You chose “none of these” and something else. Please keep only what fits."),
                )
        if "birth_date" in self.fields:
            self._clean_birth()
        return self.cleaned_data

    def _pass_over(self, question_id: str) -> None:
        """Neither require nor keep the answer to a question that cannot apply."""
        self.errors.pop(question_id, None)
        self.cleaned_data.pop(question_id, None)

    def _clean_birth(self) -> None:
        day, pregnant = self.cleaned_data.get("birth_date"), self.cleaned_data.get("pregnant")
        if pregnant:
            for question in self.questions:
                if question.id not in ASKED_IN_PREGNANCY:
                    self._pass_over(question.id)
        if pregnant and day:
            self.add_error("birth_date", _("Please give a date, or tick that you have not given birth yet."))
        elif not pregnant and not day and "birth_date" not in self.errors:
            self.add_error("birth_date", _("Please give the date of the birth."))

    @property
    def is_only_unfinished(self) -> bool:
        """Whether everything that was given is right, and only something is missing."""
        return not any(self.data.get(name) for name in self.errors)

    @property
    def withdrawn(self) -> list[str]:
        """Return the questions of several choices without any: a tick may have been taken back."""
        return [one.id for one in self.questions if one.multi and not self.data.get(one.id)]

    @property
    def valid_answers(self) -> dict[str, Any]:
        """Return the answers without an error: question id → option id, or list of ids."""
        answers = {
            question.id: self.cleaned_data[question.id]
            for question in self.questions
            if self.cleaned_data.get(question.id) and question.id not in self.errors
        }
        if "birth_date" in self.fields and "birth_date" not in self.errors:
            if self.cleaned_data.get("pregnant"):
                answers["time_since_birth"] = PREGNANT
            elif self.birth_date:
                answers["time_since_birth"] = time_since_birth_option(days_since(self.birth_date, self.today))
        return answers

    @property
    def birth_date(self) -> date | None:
        """Return the birth date, or None if it is missing or invalid."""
        return None if "birth_date" in self.errors else self.cleaned_data.get("birth_date")


def _missing_words(question: Question) -> Text:
    """Return what is said where a question has no answer."""
    if question.multi:
        return PICK_ALL
    return ANSWER_KINDLY if question.id in SENSITIVE else PICK_ONE


class ConsentForm(forms.Form):
    """The consent before the first session (evidence base, section H); its button says “I agree”."""

    TEXT = _(
        "I gave birth. I have answered the questions as honestly as I can. I know this app cannot examine me, does not "
        "diagnose or treat, and that I should stop and seek help if I get warning signs."
    )

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    agreed = forms.BooleanField(error_messages={"required": _("Please agree first, to continue.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        practice = practice_details()
        self.text = practice["consent"] or str(self.TEXT)
        self.pages = practice["consent_pages"]

    @property
    def shown(self) -> str:
        """A fingerprint of the words and the versions of the pages that the form shows."""
        return content_key(self.text.encode(), str([page.version for page in self.pages]).encode())

    def clean_seen(self) -> str:
        """Raise ValidationError where something has changed since the page was made: nobody agrees to unseen words."""
        if self.pages and self.cleaned_data["seen"] != self.shown:
            raise ValidationError(_("These words have just changed. Please read them again, then agree."))
        return self.cleaned_data["seen"]
