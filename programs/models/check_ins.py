"""What the member reported: check-ins, self-checks, and what a clinician cleared."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.encryption import EncryptedField
from programs.labels import choices, codes
from programs.querysets.journey import CheckInQuerySet
from programs.rules.vocabulary import CheckInKind, ContactWithin, Disposition, Outcome, Urgency

from .journey import Enrollment
from .session_logs import SessionLog


class CheckIn(models.Model):
    """What a member reports before or after a session or the next morning, and the outcome by the rules.

    `answers` and `context` are the complete input of the rules, so the outcome is reproducible. `week` is the program
    week of the check-in. `mode` is how the session is done: before it, today's answers combined with what the last
    session carries over; after it, how it was done. `is_complete` is false for a check-in cut short by an emergency,
    which holds the answers given until then. `client_id` is an idempotency key made in the browser.

    A tap on the wrong answer is mended by a second check-in that `replaces` the first one. Both are kept; of the first,
    `replaced_at` says when, and the rules no longer read it.
    """

    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.CASCADE, related_name="check_ins", db_index=False
    )  # the first column of other indexes
    client_id = models.UUIDField(default=uuid.uuid4)
    kind = models.CharField(max_length=14, choices=choices(CheckInKind))
    session_key = models.CharField(max_length=40, blank=True)
    log = models.ForeignKey(
        SessionLog, on_delete=models.SET_NULL, null=True, blank=True, related_name="check_ins"
    )
    week = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=timezone.now)
    is_complete = models.BooleanField(default=True)
    answers = EncryptedField()
    context = EncryptedField(default=dict)
    outcome = models.CharField(max_length=16, choices=codes(Outcome))
    mode = models.CharField(max_length=16, choices=codes(Outcome))
    contact_within = models.CharField(max_length=10, blank=True, choices=codes(ContactWithin))
    advice = EncryptedField(default=list)
    rules_matched = EncryptedField(default=list)
    red_flags = EncryptedField(default=list)
    rules_version = models.CharField(max_length=12)
    replaces = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replaced_by"
    )
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["enrollment", "client_id"], name="programs_check_in_once")
        ]
        indexes = [models.Index(fields=["enrollment", "-made_at", "-id"], name="programs_check_in_recent")]

    def __str__(self) -> str:
        return f"check-in {self.pk}"


class SelfCheck(models.Model):
    """What a member felt along the midline in a guided self-check, and the disposition by the rules."""

    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="self_checks")
    client_id = models.UUIDField(default=uuid.uuid4)
    made_at = models.DateTimeField()
    answers = EncryptedField()
    disposition = models.CharField(max_length=16, choices=choices(Disposition))
    urgency = models.CharField(max_length=10, choices=codes(Urgency))
    flags = EncryptedField(default=list)
    advice = EncryptedField(default=list)
    rules_version = models.CharField(max_length=12)

    class Meta:
        verbose_name = _("self-check")
        verbose_name_plural = _("self-checks")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["enrollment", "client_id"], name="programs_self_check_once")
        ]

    def __str__(self) -> str:
        return f"self-check {self.pk}"


class Clearance(models.Model):
    """What a clinician checked and agreed to, as the member recorded it, with its date. One row for each code."""

    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="clearances")
    code = models.CharField(max_length=20)
    given_on = models.DateField(_("date"))
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("clearance")
        verbose_name_plural = _("clearances")
        ordering = ["-given_on"]
        constraints = [
            models.UniqueConstraint(fields=["enrollment", "code"], name="programs_clearance_one_of_a_kind")
        ]

    def __str__(self) -> str:
        return f"clearance {self.pk}"
