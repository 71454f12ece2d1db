"""The upload form of an image."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blog.models import Picture
from blog.services.pictures import add_picture
from common.kept_uploads import KeptFileField, KeptFileInput
from common.members import User
from common.picture_errors import REFUSED
from common.pictures import PictureRefusedError


class PictureForm(forms.ModelForm):
    """An image with its alternative text."""

    file = KeptFileField(
        label=_("Picture"),
        widget=KeptFileInput(attrs={"accept": "image/*"}),
        help_text=_("At most 20 MB."),
    )

    class Meta:
        model = Picture
        fields = ["alt"]

    def clean(self) -> dict[str, Any]:
        """Process the image during validation, so that an invalid file is reported at its field."""
        super().clean()
        data = self.cleaned_data
        if self.errors:
            return data
        try:
            self.made = add_picture(data["file"], alt=data["alt"], now=timezone.now())
        except PictureRefusedError as refused:
            self.add_error("file", REFUSED[refused.code])
        return data

    def save(self, commit: bool = True) -> Picture:
        """Return the image that `clean` created."""
        return self.made

    def save_m2m(self) -> None:
        """Do nothing; the admin requires this method."""


class PastedPictureForm(forms.Form):
    """An image out of a pasted text, under a key that the browser made, so that sending it twice stores it once."""

    key = forms.RegexField(r"^[0-9a-f]{32}$")
    alt = forms.CharField(max_length=Picture._meta.get_field("alt").max_length, required=False)
    file = forms.FileField()

    def save(self, user: User) -> Picture:
        """Return the stored image. Raise PictureRefusedError."""
        data = self.cleaned_data
        stored = Picture.objects.filter(key=data["key"]).first()
        alt = data["alt"] or gettext("Pasted with a text, not described yet")
        return stored or add_picture(data["file"], alt=alt, now=timezone.now(), user=user, key=data["key"])
