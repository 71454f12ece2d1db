"""The screening in short steps: a question or two a page, each answered with a tap."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.choices import Checkboxes, Radios
from programs.models import Participant
from programs.rules.schedule import days_since
from programs.rules.screening import QUESTIONS, time_since_birth_option
from programs.wording.screening import question_words

STEPS = (
    ("now",),
    ("today",),
    ("self_safety", "unreal"),
    ("time_since_birth", "birth_mode"),
    ("tear", "clearance"),
    ("bleeding", "wound"),
    ("bladder", "bowel"),
    ("heaviness", "tension"),
    ("pain", "belly"),
    ("health", "mood"),
)
BY_ID = {question.id: question for question in QUESTIONS}
OLDEST_BIRTH = timedelta(days=60 * 365)  # "months or years is fine": only a slip of the year is refused


class CountryForm(forms.ModelForm):
    """Where she lives, so that the numbers to call are right."""

    class Meta:
        model = Participant
        fields = ["country"]
        labels = {"country": _("Where do you live?")}
        help_texts = {"country": _("So that we show you the right numbers to call.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].empty_label = _("Another country")


class ScreeningStepForm(forms.Form):
    """The questions of one step. `kept` holds the answers that can stand, even where others are missing."""

    def __init__(self, step, *args, today, screening=None, **kwargs):
        self.questions = [BY_ID[question_id] for question_id in STEPS[step - 1]]
        self.today = today
        if screening:
            kwargs["initial"] = screening.answers | {
                "birth_date": screening.birth_date,
                "pregnant": screening.answers.get("time_since_birth") == "pregnant",
            }
        super().__init__(*args, **kwargs)
        for question in self.questions:
            self._add(question)

    def _add(self, question):
        words = question_words(question.id)
        if question.id == "time_since_birth":
            self.fields["birth_date"] = forms.DateField(
                label=_("When did you give birth?"),
                required=False,
                widget=forms.DateInput(
                    attrs={"type": "date", "max": self.today.isoformat()}, format="%Y-%m-%d"
                ),
                help_text=_("The date of your baby's birth. We use it to count the days."),
            )
            self.fields["pregnant"] = forms.BooleanField(
                label=words.options["pregnant"].label, required=False
            )
            return
        kind, widget = (
            (forms.MultipleChoiceField, Checkboxes) if question.multi else (forms.ChoiceField, Radios)
        )
        self.fields[question.id] = kind(
            label=words.text,
            help_text=words.help,
            choices=[(option.id, words.options[option.id].label) for option in question.options],
            widget=widget,
            error_messages={"required": _("Please choose an answer. There is no wrong one.")},
        )

    def clean_birth_date(self):
        """A date that a birth can have; its error says what to check."""
        date = self.cleaned_data["birth_date"]
        if date and date > self.today:
            raise ValidationError(_("This date is in the future. Please check it."))
        if date and self.today - date > OLDEST_BIRTH:
            raise ValidationError(_("Please check the year: this date is very long ago."))
        return date

    def clean(self):
        """“None of these” stands alone; a birth date, or that there was none yet, is needed."""
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

    def _clean_birth(self):
        date, pregnant = self.cleaned_data.get("birth_date"), self.cleaned_data.get("pregnant")
        if pregnant and date:
            self.add_error("birth_date", _("Please give a date, or tick that you have not given birth yet."))
        elif not pregnant and not date and "birth_date" not in self.errors:
            self.add_error("birth_date", _("Please give the date of the birth."))

    @property
    def kept(self):
        """Answers without an error: question id → option id, or list of ids."""
        answers = {
            question.id: self.cleaned_data[question.id]
            for question in self.questions
            if self.cleaned_data.get(question.id) and question.id not in self.errors
        }
        if "birth_date" in self.fields and "birth_date" not in self.errors:
            if self.cleaned_data.get("pregnant"):
                answers["time_since_birth"] = "pregnant"
            elif self.birth_date:
                answers["time_since_birth"] = time_since_birth_option(days_since(self.birth_date, self.today))
        return answers

    @property
    def birth_date(self):
        """The date she gave, if it can stand."""
        return None if "birth_date" in self.errors else self.cleaned_data.get("birth_date")


class ConsentForm(forms.Form):
    """What she accepts before her first session (evidence base, section H)."""

    TEXT = _(
        "I gave birth. I have answered the questions as truly as I can. I know this app cannot examine me, does not "
        "diagnose or treat, and that I should stop and seek help if I get warning signs."
    )

    agreed = forms.BooleanField(label=TEXT, error_messages={"required": _("Please tick the box to go on.")})
