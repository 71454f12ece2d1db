"""What a mother does: her place in a program, what she reported, what was decided.

Nothing here is shown to anyone but herself and the therapist who looks after her.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programs.labels import choices
from programs.querysets.journey import EnrollmentQuerySet, SessionLogQuerySet
from programs.rules.vocabulary import (
    BirthType,
    CheckInKind,
    ContactWithin,
    Disposition,
    EnrollmentState,
    Outcome,
    Urgency,
)

from .content import Release
from .help import Country


class Participant(models.Model):
    """The member in her journey; identity stays with the account."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="participant")
    country = models.ForeignKey(Country, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    baby_not_with_me = models.BooleanField(_("my baby is not with me"), default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")

    def __str__(self):
        return f"participant {self.pk}"


class Screening(models.Model):
    """The questionnaire before the first exercise; one unfinished screening waits for her at most.

    `answers` maps a question id to an option id, or to a list of option ids where several may be chosen.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="screenings")
    birth_date = models.DateField(_("date of birth of your baby"), null=True, blank=True)
    answers = models.JSONField(default=dict)
    started_at = models.DateTimeField(default=timezone.now)
    completed_at = models.DateTimeField(null=True, blank=True)
    disposition = models.CharField(max_length=16, blank=True, choices=choices(Disposition))
    urgency = models.CharField(max_length=10, blank=True, choices=[(u.value, u.value) for u in Urgency])
    flags = models.JSONField(default=list)
    highest_phase = models.PositiveSmallIntegerField(null=True, blank=True)
    rules_version = models.CharField(max_length=12, blank=True)

    class Meta:
        verbose_name = _("screening")
        verbose_name_plural = _("screenings")
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant"], condition=Q(completed_at=None), name="programs_screening_one_unfinished"
            ),
            models.CheckConstraint(
                condition=Q(completed_at=None) | ~Q(disposition=""), name="programs_screening_done_has_disposition"
            ),
        ]

    def __str__(self):
        return f"screening {self.pk}"


class Enrollment(models.Model):
    """A participant's place in one release of a program. She has at most one that is not over."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="enrollments")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="enrollments")
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="+")
    consent_text = models.TextField(_("what she agreed to"))
    consented_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=choices(EnrollmentState), default=EnrollmentState.ACTIVE)
    birth_date = models.DateField(_("date of birth of your baby"))
    birth_type = models.CharField(_("birth"), max_length=10, choices=choices(BirthType))
    week = models.PositiveSmallIntegerField(default=1)
    week_started_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(default=timezone.now)
    paused_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)

    objects = EnrollmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrollment")
        verbose_name_plural = _("enrollments")
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(state__in=[EnrollmentState.ACTIVE, EnrollmentState.PAUSED]),
                name="programs_enrollment_one_open",
            ),
            models.CheckConstraint(condition=Q(week__gte=1), name="programs_enrollment_week_from_1"),
        ]

    def __str__(self):
        return f"enrollment {self.pk}"


class SessionLog(models.Model):
    """One session as done. `client_id` is made by the browser, so sending it again changes nothing twice.

    `steps_done` maps ids of the timeline's steps to the seconds she spent in each; `seconds_done` is their sum.
    `counts` tells whether the week's session is done: everything, or at least as much as the short form.
    """

    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="logs")
    client_id = models.UUIDField(default=uuid.uuid4)
    session_key = models.CharField(max_length=40)
    kind = models.CharField(max_length=16)
    week = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    steps_done = models.JSONField(default=dict)
    exercises_done = models.PositiveSmallIntegerField()
    exercises_planned = models.PositiveSmallIntegerField()
    seconds_done = models.PositiveIntegerField()
    outcome = models.CharField(max_length=16, choices=[(o.value, o.value) for o in Outcome], default=Outcome.GO)
    counts = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = SessionLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("session log")
        verbose_name_plural = _("session logs")
        ordering = ["-finished_at"]
        constraints = [models.UniqueConstraint(fields=["enrollment", "client_id"], name="programs_log_once")]
        indexes = [models.Index(fields=["enrollment", "-finished_at"], name="programs_log_recent")]

    def __str__(self):
        return f"log {self.pk}"

    @property
    def minutes(self):
        """Whole minutes done; anything done is at least one."""
        return max(1, round(self.seconds_done / 60))


class CheckIn(models.Model):
    """What she reports before or after a session or the next morning, and what the rules made of it.

    `answers` and `context` hold exactly what the rules saw, so the outcome can be computed again.
    """

    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="check_ins")
    client_id = models.UUIDField(default=uuid.uuid4)
    kind = models.CharField(max_length=14, choices=choices(CheckInKind))
    session_key = models.CharField(max_length=40, blank=True)
    log = models.ForeignKey(SessionLog, on_delete=models.SET_NULL, null=True, blank=True, related_name="check_ins")
    made_at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=timezone.now)
    answers = models.JSONField()
    context = models.JSONField(default=dict)
    outcome = models.CharField(max_length=16, choices=[(o.value, o.value) for o in Outcome])
    contact_within = models.CharField(max_length=10, blank=True, choices=[(c.value, c.value) for c in ContactWithin])
    advice = models.JSONField(default=list)
    rules_matched = models.JSONField(default=list)
    rules_version = models.CharField(max_length=12)

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        ordering = ["-made_at"]
        constraints = [models.UniqueConstraint(fields=["enrollment", "client_id"], name="programs_check_in_once")]
        indexes = [models.Index(fields=["enrollment", "-made_at"], name="programs_check_in_recent")]

    def __str__(self):
        return f"check-in {self.pk}"


class SafetyHold(models.Model):
    """A pause or emergency that stays in force, on every page and device, until its unlock rule is met."""

    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="holds")
    check_in = models.ForeignKey(CheckIn, on_delete=models.SET_NULL, null=True, blank=True, related_name="holds")
    outcome = models.CharField(max_length=16, choices=[(o.value, o.value) for o in Outcome])
    rules_matched = models.JSONField(default=list)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    met = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("safety hold")
        verbose_name_plural = _("safety holds")
        ordering = ["-began_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment"], condition=Q(ended_at=None), name="programs_hold_one_in_force"
            )
        ]

    def __str__(self):
        return f"hold {self.pk}"


class Decision(models.Model):
    """What follows for her program, with the reasons, the facts seen and the version of the rules."""

    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="decisions")
    made_at = models.DateTimeField()
    outcome = models.CharField(max_length=20)
    rule = models.CharField(max_length=10)
    advice = models.JSONField(default=list)
    facts = models.JSONField()
    from_week = models.PositiveSmallIntegerField()
    to_week = models.PositiveSmallIntegerField()
    rules_version = models.CharField(max_length=12)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-made_at"]

    def __str__(self):
        return f"decision {self.pk}"


class Concern(models.Model):
    """What the therapist must see, open until she resolves it with a note."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="concerns")
    check_in = models.ForeignKey(CheckIn, on_delete=models.CASCADE, null=True, blank=True, related_name="concerns")
    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, null=True, blank=True, related_name="concerns")
    code = models.CharField(max_length=40)
    urgency = models.CharField(max_length=10, choices=[(u.value, u.value) for u in Urgency])
    facts = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["check_in", "code"], condition=~Q(check_in=None), name="programs_concern_once_check_in"
            ),
            models.UniqueConstraint(
                fields=["screening", "code"], condition=~Q(screening=None), name="programs_concern_once_screening"
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None) | ~Q(note=""), name="programs_concern_resolved_with_note"
            ),
        ]

    def __str__(self):
        return f"concern {self.pk}"
