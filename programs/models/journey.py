"""The participant, the screening and the enrollment in a program.

Only the member and the therapist who looks after that member ever see these rows.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.encryption import EncryptedField
from programs.labels import choices, codes
from programs.querysets.journey import EnrollmentQuerySet
from programs.rules.vocabulary import BirthType, Disposition, EnrollmentState, Urgency

from .content import Release
from .help import Country


class PlayerWish(models.TextChoices):
    """Preferences of the player, which apply to every session on every device of the member."""

    VOICE = "voice", _("A voice that says what comes")
    CHIMES = "chimes", _("Chimes")
    VIBRATION = "vibration", _("Vibration")
    STILL = "still", _("Keep the figures still")


class FigureWoman(models.TextChoices):
    """The woman who demonstrates the exercises in every figure; without a choice they alternate."""

    INES = "ines", _("Ines: light skin, a braid")
    AMARA = "amara", _("Amara: dark skin, short curls")
    NOOR = "noor", _("Noor: olive skin, a headscarf")


class Participant(models.Model):
    """A member as a participant of the program; identity stays with the account."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="participant"
    )
    country = models.ForeignKey(Country, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    baby_not_with_me = models.BooleanField(_("my baby is not with me"), default=False)
    player_wishes = ArrayField(
        models.CharField(max_length=9, choices=PlayerWish),
        verbose_name=_("in sessions"),
        default=list,
        blank=True,
    )
    figure_woman = models.CharField(
        _("who shows the exercises"), max_length=5, choices=FigureWoman, blank=True, default=""
    )
    created_at = models.DateTimeField(default=timezone.now)
    # Where the program is not open to everybody: since when the member may join, and by which code, "" by invitation.
    admitted_at = models.DateTimeField(_("may join since"), null=True, blank=True)
    enroll_code = models.CharField(
        _("joined with the code"), max_length=20, blank=True, default="", db_default=""
    )

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")

    def __str__(self) -> str:
        return f"participant {self.pk}"


class ScreeningScope(models.TextChoices):
    """How much a screening asks: everything, or only what may have changed before a new phase."""

    WHOLE = "whole", _("All questions")
    SHORT = "short", _("Safety and body only")


class Screening(models.Model):
    """The questionnaire before the first exercise, and its repetitions; at most one is unfinished.

    `answers` maps a question id to an option id, or to a list of option ids where several may be chosen. A short
    screening copies the answers to the questions it does not ask from the last one.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="screenings")
    birth_date = models.DateField(_("date of birth of your baby"), null=True, blank=True)
    answers = EncryptedField(default=dict)
    scope = models.CharField(max_length=5, choices=ScreeningScope.choices, default=ScreeningScope.WHOLE)
    started_at = models.DateTimeField(default=timezone.now)
    completed_at = models.DateTimeField(null=True, blank=True)
    disposition = models.CharField(max_length=16, blank=True, choices=choices(Disposition))
    urgency = models.CharField(max_length=10, blank=True, choices=codes(Urgency))
    flags = EncryptedField(default=list)
    highest_phase = models.PositiveSmallIntegerField(null=True, blank=True)
    rules_version = models.CharField(max_length=12, blank=True)

    class Meta:
        verbose_name = _("screening")
        verbose_name_plural = _("screenings")
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(completed_at=None),
                name="programs_screening_one_unfinished",
            ),
            models.CheckConstraint(
                condition=Q(completed_at=None) | ~Q(disposition=""),
                name="programs_screening_done_has_disposition",
            ),
        ]

    def __str__(self) -> str:
        return f"screening {self.pk}"


class Enrollment(models.Model):
    """A participant's place in one release of a program. A participant has at most one that is not over.

    `screening` is the one in force. `safety_flags` are the flags in force by marks and check-ins, written together
    with them; `cesarean_lt_8w`, which depends on the date, is computed each day and never stored. `flag_marks` are
    the events that set or cleared a flag directly: {"flag", "at", "on"}, oldest first. `baseline_leak` is the leak
    level (0 to 3) at the beginning of the current phase; `baseline_heaviness` the heaviness (0 to 3) then, or when a
    clinician agreed to exercise with the bulge. `is_gentle` tells whether decisions keep the gentle track.
    `next_release` is the release to switch to at the beginning of the next week, where the therapist published one
    that way. `screening_due` is the scope of the screening required before the next session. `milestones` maps the
    slug of each ticked milestone to the time; a tick counts only if it is later than the beginning of the phase.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="enrollments")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="enrollments")
    next_release = models.ForeignKey(
        Release, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="+")
    consent_text = models.TextField(_("what she agreed to"))
    consented_at = models.DateTimeField(default=timezone.now)
    # The versions of the practice's pages that were linked from it; None before they were recorded.
    consent_versions = ArrayField(models.BigIntegerField(), null=True, blank=True)
    state = models.CharField(max_length=10, choices=choices(EnrollmentState), default=EnrollmentState.ACTIVE)
    birth_date = models.DateField(_("date of birth of your baby"))
    birth_type = EncryptedField(_("birth"), choices=choices(BirthType))
    week = models.PositiveSmallIntegerField(default=1)
    week_started_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(default=timezone.now)
    safety_flags = EncryptedField(default=list, blank=True)
    flag_marks = EncryptedField(default=list, blank=True)
    baseline_leak = EncryptedField(default=0)
    baseline_heaviness = EncryptedField(default=0)
    is_gentle = EncryptedField(default=False)
    milestones = EncryptedField(default=dict, blank=True)
    screening_due = models.CharField(max_length=5, choices=ScreeningScope.choices, blank=True)
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
        indexes = [
            models.Index(
                fields=["-week_started_at"],
                condition=Q(state=EnrollmentState.ACTIVE),
                name="programs_enrollment_by_week",
            )
        ]

    def __str__(self) -> str:
        return f"enrollment {self.pk}"


class Pause(models.Model):
    """A break the member asked for. No reason is asked; nothing counts and no reminder is sent."""

    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="pauses")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering = ["-began_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment"], condition=Q(ended_at=None), name="programs_pause_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"pause {self.pk}"
