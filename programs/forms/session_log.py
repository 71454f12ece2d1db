"""A completed session, as the player sends it (JSON) or as the member ticks it (HTML form)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from programs.facts.adapted_session import Item
from programs.rules.timeline import Step
from programs.services.session_log import SessionAsDone

STEP_ID = re.compile(r"[1-9]\d?\.[1-9]\d?\.[12](-(prepare|rest|switch))?")
MAX_STEP_SECONDS = 30 * 60  # a step of the program takes a few minutes at most
MAX_STEPS = 400
MAX_CLOCK_SKEW = timedelta(hours=26)  # the largest difference of a phone set to another time zone
MAX_DURATION = timedelta(days=2)
MAX_AGE = timedelta(days=366)  # how long a phone may have been without a network


class TimestampField(forms.DateTimeField):
    """A time as text; any other JSON type is an error."""

    def to_python(self, value: Any) -> datetime | None:
        """Return the aware datetime. Raise ValidationError if it is none."""
        if value is not None and not isinstance(value, str):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class SessionLogForm(forms.Form):
    """The player's JSON: {id, started_at, finished_at, exercises_planned, steps: {step id: seconds}}."""

    id = forms.UUIDField()
    started_at = TimestampField()
    finished_at = TimestampField()
    exercises_planned = forms.IntegerField(min_value=1, max_value=40)
    steps = forms.JSONField()

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        self.now = now
        super().__init__(*args, **kwargs)

    def clean_steps(self) -> dict[str, int]:
        """Return the steps. Raise ValidationError unless they are ids of timeline steps with whole seconds."""
        steps = self.cleaned_data["steps"]
        if not isinstance(steps, dict) or not 0 < len(steps) <= MAX_STEPS:
            raise ValidationError(_("Please tell at least one step that was done."))
        for step, seconds in steps.items():
            if not STEP_ID.fullmatch(step):
                raise ValidationError(_("“%(step)s” is not a step."), params={"step": step[:20]})
            if not _is_whole_number(seconds) or not 0 <= seconds <= MAX_STEP_SECONDS:
                raise ValidationError(
                    _("A step takes between 0 and %(most)s seconds."), params={"most": MAX_STEP_SECONDS}
                )
        return steps

    def clean(self) -> dict[str, Any]:
        """Reject an implausible duration or age, and a time in the future beyond the clock skew of a phone."""
        began, ended = self.cleaned_data.get("started_at"), self.cleaned_data.get("finished_at")
        if began and ended:
            if ended < began:
                self.add_error("finished_at", _("The session ends before it begins."))
            elif ended - began > MAX_DURATION:
                self.add_error("finished_at", _("A session takes less than two days."))
            elif ended > self.now + MAX_CLOCK_SKEW:
                self.add_error(
                    "finished_at", _("The session ends in the future. Is the clock of your phone right?")
                )
            elif ended < self.now - MAX_AGE:
                self.add_error("finished_at", _("The session is more than a year old."))
        return self.cleaned_data

    def session_as_done(self) -> SessionAsDone:
        """Return the completed session of a valid form; its times are never in the future."""
        data = self.cleaned_data
        return SessionAsDone(
            client_id=data["id"],
            started_at=min(data["started_at"], self.now),
            finished_at=min(data["finished_at"], self.now),
            exercises_planned=data["exercises_planned"],
            steps=data["steps"],
        )


def _is_whole_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


class TickedSessionForm(forms.Form):
    """The fallback without JavaScript: the member ticks the completed exercises."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    done = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={"required": _("Tick at least one exercise you did. Every one counts.")},
    )

    def __init__(
        self, *args: Any, items: Sequence[Item], steps: Sequence[Step], now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.steps, self.now, self.items_planned = steps, now, len(items)
        done = cast(forms.TypedMultipleChoiceField, self.fields["done"])
        done.choices = [(item.number, item.exercise.name) for item in items]

    def session_as_done(self) -> SessionAsDone:
        """Return the completed session of a valid form: the ticked exercises in full, with their planned durations."""
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
