"""Completed sessions."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programs.labels import codes
from programs.querysets.journey import SessionLogQuerySet
from programs.rules.timeline import minutes_done
from programs.rules.vocabulary import Outcome, SessionKind

from .journey import Enrollment


class SessionLog(models.Model):
    """One session as done. `client_id` is an idempotency key made in the browser.

    `check_in_client_id` is the client id of the check-in that opened it, as the player names it. It is no foreign key:
    from a phone without a network the log may arrive first.

    `steps_done` maps ids of the timeline's steps to the seconds spent in each; `seconds_done` is their sum.
    `counts_as_done` is true if the log completes the week's session: all of it, or at least as much as the short
    form.
    """

    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.CASCADE, related_name="logs", db_index=False
    )  # the first column of other indexes
    client_id = models.UUIDField(default=uuid.uuid4)
    check_in_client_id = models.UUIDField(null=True, blank=True)
    session_key = models.CharField(max_length=40)
    kind = models.CharField(max_length=16)
    week = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    steps_done = models.JSONField(default=dict)
    exercises_done = models.PositiveSmallIntegerField()
    exercises_planned = models.PositiveSmallIntegerField()
    seconds_done = models.PositiveIntegerField()
    outcome = models.CharField(max_length=16, choices=codes(Outcome), default=Outcome.GO)
    counts_as_done = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = SessionLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("session log")
        verbose_name_plural = _("session logs")
        ordering = ["-finished_at"]
        constraints = [models.UniqueConstraint(fields=["enrollment", "client_id"], name="programs_log_once")]
        indexes = [models.Index(fields=["enrollment", "-finished_at"], name="programs_log_recent")]

    def __str__(self) -> str:
        return f"log {self.pk}"

    @property
    def counts_as_session(self) -> bool:
        """Whether it is a session of a week that counts as done."""
        return self.kind == SessionKind.SESSION and self.counts_as_done

    @property
    def minutes(self) -> int:
        """Return the duration in whole minutes, at least 1 of anything done."""
        return minutes_done(self.seconds_done)
