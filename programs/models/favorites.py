"""Exercises that a member keeps at hand in the library."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .content import Exercise
from .journey import Participant


class Favorite(models.Model):
    """One exercise a participant keeps at hand. It changes nothing in the program."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="favorites")
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("favorite")
        verbose_name_plural = _("favorites")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["participant", "exercise"], name="programs_favorite_once")
        ]

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.exercise_id}"
