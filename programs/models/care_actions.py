"""What the therapist did for a member in the admin, for both of them to read."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.encryption import EncryptedField

from .journey import Participant
from .outcomes import Concern


class CareAction(models.Model):
    """One action of the therapist, with who, when and why. Written once and never changed.

    `by_name` outlives that person's account. `client_id` is an idempotency key made with the form. `note` is the
    reason, which the member reads.
    """

    class Kind(models.TextChoices):
        MESSAGE = "message", _("wrote to you")
        HOLD = "hold", _("let your program wait")
        UNLOCK = "unlock", _("opened your program again")
        STEP_BACK = "step_back", _("gave you a gentler week")
        AGREE = "agree", _("agreed that you exercise with your symptom, and opened your program again")
        CLEAR = "clear", _("agreed that you go on with mild, steady symptoms")
        RESOLVE = "resolve", _("looked at what you reported")
        SEEN = "seen", _("thought of you")

    client_id = models.UUIDField(editable=False)
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="care_actions")
    concern = models.ForeignKey(
        Concern, on_delete=models.SET_NULL, null=True, blank=True, related_name="care_actions"
    )
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(_("who"), max_length=120)
    at = models.DateTimeField(_("when"))
    note = EncryptedField(default=str)

    class Meta:
        verbose_name = _("what the therapist did")
        verbose_name_plural = _("what the therapist did")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["client_id", "kind"], name="programs_care_action_once")
        ]
        indexes = [models.Index(fields=["participant", "-at"], name="programs_care_recent")]

    def __str__(self) -> str:
        return f"care action {self.pk}"
