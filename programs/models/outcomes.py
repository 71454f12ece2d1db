"""Outcomes of what members report: safety holds, decisions, and concerns for the therapist."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.encryption import EncryptedField
from programs.labels import codes
from programs.querysets.journey import SafetyHoldQuerySet
from programs.rules.vocabulary import DecisionOutcome, Outcome, Situation, Urgency

from .check_ins import CheckIn, SelfCheck
from .journey import Enrollment, Participant, Screening


class SafetyHold(models.Model):
    """A pause or emergency that stays in force, on every page and device, until its unlock rule is met.

    It belongs to the member, not to an enrollment: it may begin with the first screening, and no new birth date,
    enrollment or milder answer ends it. `enrollment` is the one that was open when it began, if any.
    `rules_matched` are the rules that set it, `red_flags` the findings behind it; `met` stores what the member has
    confirmed since. `situation` is the reason where a change of situation set it, else "". `before_widening` holds the
    fields as they were before the last report widened it, so that a correction of that report can restore them.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="holds")
    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.CASCADE, null=True, blank=True, related_name="holds"
    )
    check_in = models.ForeignKey(
        CheckIn, on_delete=models.SET_NULL, null=True, blank=True, related_name="holds"
    )
    outcome = models.CharField(max_length=16, choices=codes(Outcome))
    situation = models.CharField(max_length=10, choices=codes(Situation), blank=True)
    rules_matched = EncryptedField(default=list)
    red_flags = EncryptedField(default=list)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    met = EncryptedField(default=dict)
    before_widening = EncryptedField(default=dict)

    objects = SafetyHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("safety hold")
        verbose_name_plural = _("safety holds")
        ordering = ["-began_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant"], condition=Q(ended_at=None), name="programs_hold_one_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"


class Decision(models.Model):
    """What follows for a member's program, with reasons, input facts and the version of the rules.

    `rule` is the id of the deciding rule and `facts` its complete input, so the decision is reproducible. `reasons`
    are for the member to read: the `symptoms` behind it, the day on which a closed phase `opens_on`, and that the
    `therapist_agreed` to open what waited. `withdrawn_at` is set when the check-in behind it turned out to be a tap on
    the wrong answer: nothing follows from it any more.
    """

    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.CASCADE, related_name="decisions", db_index=False
    )  # the first column of other indexes
    made_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=codes(DecisionOutcome))
    rule = models.CharField(max_length=10)
    advice = EncryptedField(default=list)
    facts = EncryptedField()
    reasons = EncryptedField(default=dict)
    from_week = models.PositiveSmallIntegerField()
    to_week = models.PositiveSmallIntegerField()
    rules_version = models.CharField(max_length=12)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["enrollment", "-made_at"], name="programs_decision_recent")]

    def __str__(self) -> str:
        return f"decision {self.pk}"


class Concern(models.Model):
    """A finding the therapist must see, open until resolved with a note.

    Its source is one check-in, screening, decision, self-check, hold or comment; `facts` are the input of the rules.
    `comment_number` is the id of a comment of another app (so no foreign key), whose author may be no participant;
    `report_number` is that of a reader's report about it, where the report's own words are what was found.
    `reports` counts what has been reported of it so far, and `reported_at` is when the last of it was stored.
    """

    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, null=True, blank=True, related_name="concerns"
    )
    check_in = models.ForeignKey(
        CheckIn, on_delete=models.CASCADE, null=True, blank=True, related_name="concerns"
    )
    screening = models.ForeignKey(
        Screening, on_delete=models.CASCADE, null=True, blank=True, related_name="concerns"
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.CASCADE, null=True, blank=True, related_name="concerns"
    )
    self_check = models.ForeignKey(
        SelfCheck, on_delete=models.CASCADE, null=True, blank=True, related_name="concerns"
    )
    hold = models.ForeignKey(
        SafetyHold, on_delete=models.CASCADE, null=True, blank=True, related_name="concerns"
    )
    comment_number = models.BigIntegerField(_("number of the comment"), null=True, blank=True)
    report_number = models.BigIntegerField(_("number of the report"), null=True, blank=True)
    code = models.CharField(max_length=40)
    urgency = models.CharField(max_length=10, choices=codes(Urgency))
    facts = EncryptedField(default=dict)
    opened_at = models.DateTimeField()
    reports = models.PositiveIntegerField(default=1)
    reported_at = models.DateTimeField(auto_now=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = EncryptedField(_("note"), null=True, blank=True)

    class Meta:
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")
        ordering = ["-opened_at"]
        indexes = [
            models.Index(fields=["-opened_at"], condition=Q(resolved_at=None), name="programs_concern_open"),
            models.Index(fields=["-opened_at", "-id"], name="programs_concern_latest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "participant",
                    "code",
                    "check_in",
                    "screening",
                    "decision",
                    "self_check",
                    "hold",
                    "comment_number",
                    "report_number",
                ],
                nulls_distinct=False,
                name="programs_concern_once",
            ),
            models.CheckConstraint(
                condition=Q(participant__isnull=False) | Q(comment_number__isnull=False),
                name="programs_concern_of_someone",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None) | Q(note__isnull=False),
                name="programs_concern_resolved_with_note",
            ),
        ]

    def __str__(self) -> str:
        return f"concern {self.pk}"
