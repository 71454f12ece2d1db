"""Subscribers of the weekly newsletter of new articles."""

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class NewsletterSubscriber(models.Model):
    """An address that asked for the newsletter; subscribed once it has been confirmed.

    `sent_until`: articles published until then were in an earlier newsletter, or older than the subscription.
    """

    email = models.EmailField(_("email"))
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    sent_until = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("newsletter subscriber")
        verbose_name_plural = _("newsletter subscribers")
        constraints = [models.UniqueConstraint(Lower("email"), name="postpartum_letter_reader_once")]

    def __str__(self) -> str:
        return f"reader {self.pk}"
