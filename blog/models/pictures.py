"""Pictures in articles. What was uploaded is never kept or served: only what we made from it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.pictures import FALLBACK


class Picture(models.Model):
    """A picture in several widths (pixels, ascending) and formats, under a name we made; free of any metadata."""

    key = models.CharField(max_length=32, unique=True, editable=False)
    alt = models.CharField(
        _("what it shows"),
        max_length=300,
        help_text=_("For those who cannot see it. One sentence."),
    )
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    widths = ArrayField(models.PositiveIntegerField(), editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.alt

    def get_absolute_url(self) -> str:
        """The address to put into an article; the page offers the other sizes and formats by itself."""
        return self.address(self.widths[-1], FALLBACK)

    def address(self, width: int, kind: str) -> str:
        """Where one width in one format is found."""
        return reverse("picture", args=[self.key, width, kind])
