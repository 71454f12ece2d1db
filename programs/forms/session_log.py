"""A completed session, as the player sends it (JSON) or as the member ticks it (HTML form)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.hidden import Hidden
from common.shared_fields import shares_fields
from programs.facts.adapted_session import Item
from programs.forms.phone_clock import Dated, corrected, dated
from programs.rules.timeline import Step
from programs.services.session_log import SessionAsDone

STEP_ID = re.compile(r"[1-9]\d?\.[1-9]\d?\.[12](-(prepare|rest|switch))?")
MAX_STEP_SECONDS = 30 * 60  # a step of the program takes a few minutes at most
MAX_STEPS = 400


class TimestampField(forms.DateTimeField):
    """A time as text; any other JSON type is an error."""

    def to_python(self, value: Any) -> datetime | None:
        """Return the aware datetime. Raise ValidationError if it is none."""
        if value is not None and not isinstance(value, str):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


@shares_fields
class SessionLogForm(forms.Form):
    """The player's JSON: {id, check_in, started_at, finished_at, exercises_planned, steps: {step id: seconds}}.

    `check_in` is the client id of the check-in that opened the session, if any.
    """

    id = forms.UUIDField()
    check_in = forms.UUIDField(required=False)
    started_at = TimestampField()
    finished_at = TimestampField()
    exercises_planned = forms.IntegerField(min_value=1, max_value=40)
    steps = forms.Field(required=False)

    def __init__(
        self, *args: Any, now: datetime, clock_error: timedelta = timedelta(), **kwargs: Any
    ) -> None:
        self.now, self.clock_error = now, clock_error
        super().__init__(*args, **kwargs)

    def clean_steps(self) -> dict[str, int]:
        """Return the steps. Raise ValidationError unless they are ids of timeline steps with whole seconds."""
        steps = self.cleaned_data["steps"]
        if not isinstance(steps, dict) or not 0 < len(steps) <= MAX_STEPS:
            raise ValidationError(_("Please name at least one step that was done."))
        for step, seconds in steps.items():
            if not STEP_ID.fullmatch(step):
                raise ValidationError(_("“%(step)s” is not a step."), params={"step": step[:20]})
            if not _is_whole_number(seconds) or not 0 <= seconds <= MAX_STEP_SECONDS:
                raise ValidationError(
                    _("A step takes between 0 and %(most)s seconds."), params={"most": MAX_STEP_SECONDS}
                )
        return steps

    @property
    def dated(self) -> Dated:
        """Return when the session of a valid form was, by the site's clock."""
        data, length = self.cleaned_data, timedelta(seconds=sum(self.cleaned_data["steps"].values()))
        began, ended = (corrected(data[name], self.clock_error) for name in ("started_at", "finished_at"))
        return dated(began, ended, length, self.now)

    def session_as_done(self) -> SessionAsDone:
        """Return the completed session of a valid form; its times are never in the future."""
        data, dated = self.cleaned_data, self.dated
        return SessionAsDone(
            client_id=data["id"],
            check_in_client_id=data["check_in"],
            started_at=dated.began,
            finished_at=dated.ended,
            exercises_planned=data["exercises_planned"],
            steps=data["steps"],
        )


def _is_whole_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


class TickedSessionForm(forms.Form):
    """The fallback without JavaScript: the member ticks the completed exercises."""

    id = forms.UUIDField(widget=Hidden)
    done = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={"required": _("Tick at least one exercise you did. Each one is kept.")},
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
