"""A session as done, as the player sends it (JSON) or as she ticks it (form)."""

import re
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from programs.services.session_log import SessionAsDone

STEP_ID = re.compile(r"[1-9]\d?\.[1-9]\d?\.[12](-(prepare|rest|switch))?")
LONGEST_STEP = 30 * 60  # seconds; a step of the program takes a few minutes at most
MOST_STEPS = 400
CLOCK_SLACK = timedelta(hours=26)  # a phone set to another zone is off by that much at most
LONGEST_SITTING = timedelta(days=2)
OLDEST = timedelta(days=366)  # how long a phone may have been without a network


class MomentField(forms.DateTimeField):
    """A time written as text; JSON may hold anything else there."""

    def to_python(self, value):
        """The aware datetime, or ValidationError."""
        if value is not None and not isinstance(value, str):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class SessionLogForm(forms.Form):
    """The player's message: {id, started_at, finished_at, exercises_planned, steps: {step id: seconds}}."""

    id = forms.UUIDField()
    started_at = MomentField()
    finished_at = MomentField()
    exercises_planned = forms.IntegerField(min_value=1, max_value=40)
    steps = forms.JSONField()

    def __init__(self, *args, now, **kwargs):
        self.now = now
        super().__init__(*args, **kwargs)

    def clean_steps(self):
        """Ids of the timeline's form, each with whole seconds."""
        steps = self.cleaned_data["steps"]
        if not isinstance(steps, dict) or not 0 < len(steps) <= MOST_STEPS:
            raise ValidationError(_("Please tell at least one step that was done."))
        for step, seconds in steps.items():
            if not STEP_ID.fullmatch(step):
                raise ValidationError(_("“%(step)s” is not a step."), params={"step": step[:20]})
            if not isinstance(seconds, int) or isinstance(seconds, bool) or not 0 <= seconds <= LONGEST_STEP:
                raise ValidationError(
                    _("A step takes between 0 and %(most)s seconds."), params={"most": LONGEST_STEP}
                )
        return steps

    def clean(self):
        """It took a believable time, and not in the future but for what a phone's clock may be off."""
        began, ended = self.cleaned_data.get("started_at"), self.cleaned_data.get("finished_at")
        if began and ended:
            if ended < began:
                self.add_error("finished_at", _("The session ends before it begins."))
            elif ended - began > LONGEST_SITTING:
                self.add_error("finished_at", _("A session takes less than two days."))
            elif ended > self.now + CLOCK_SLACK:
                self.add_error(
                    "finished_at", _("The session ends in the future. Is the clock of your phone right?")
                )
            elif ended < self.now - OLDEST:
                self.add_error("finished_at", _("The session is more than a year old."))
        return self.cleaned_data

    @property
    def done(self):
        """The SessionAsDone of a valid message."""
        data = self.cleaned_data
        return SessionAsDone(
            client_id=data["id"],
            started_at=min(data["started_at"], self.now),
            finished_at=min(data["finished_at"], self.now),
            exercises_planned=data["exercises_planned"],
            steps=data["steps"],
        )


class TickedSessionForm(forms.Form):
    """The same without JavaScript: she ticks the exercises she did."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    done = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={"required": _("Tick at least one exercise you did. Every one counts.")},
    )

    def __init__(self, *args, items, steps, now, **kwargs):
        super().__init__(*args, **kwargs)
        self.steps, self.now, self.items_planned = steps, now, len(items)
        self.fields["done"].choices = [(item.number, item.exercise.name) for item in items]

    def session_as_done(self):
        """The SessionAsDone of a valid form: the ticked exercises in full, at their planned length."""
        ticked = set(self.cleaned_data["done"])
        steps = {step.id: step.seconds for step in self.steps if step.exercise_index + 1 in ticked}
        length = timedelta(seconds=sum(steps.values()))
        return SessionAsDone(
            client_id=self.cleaned_data["id"],
            started_at=self.now - length,
            finished_at=self.now,
            exercises_planned=self.items_planned,
            steps=steps,
            is_ticked=True,
        )
