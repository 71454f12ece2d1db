"""Images in articles. Uploads are re-encoded; the original file is neither stored nor served."""

from base64 import b64encode

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.pictures import FALLBACK


class Picture(models.Model):
    """An image in several widths (pixels, ascending) and formats, stored under a random key and without metadata.

    `face` is a small square of it (common.pictures.face), None for pictures taken in before there were any.
    """

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
    face = models.BinaryField(null=True, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.alt

    def get_absolute_url(self) -> str:
        """Return the URL to insert into an article; rendering adds the other sizes and formats."""
        return self.address(self.widths[-1], FALLBACK)

    @property
    def face_url(self) -> str:
        """The picture as a small square for a face beside a name; its bytes are in the URL, so it takes no request."""
        return f"data:image/{FALLBACK};base64,{b64encode(self.face).decode()}" if self.face else ""

    def address(self, width: int, kind: str) -> str:
        """Return the URL of one width (pixels) in one format."""
        return reverse("picture", args=[self.key, width, kind])
