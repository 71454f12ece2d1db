"""The form for a new picture."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models import Picture
from blog.services.pictures import add_picture
from common.picture_errors import REFUSED
from common.pictures import PictureRefusedError


class PictureForm(forms.ModelForm):
    """A new picture with the words for those who cannot see it."""

    file = forms.FileField(
        label=_("Picture"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
        help_text=_("At most 20 MB."),
    )

    class Meta:
        model = Picture
        fields = ["alt"]

    def clean(self) -> dict[str, Any]:
        """Make the picture already here, so that a file that is none is told beside its field."""
        super().clean()
        words = self.cleaned_data
        if self.errors:
            return words
        try:
            self.made = add_picture(words["file"], alt=words["alt"], now=timezone.now())
        except PictureRefusedError as refused:
            self.add_error("file", REFUSED[refused.code])
        return words

    def save(self, commit: bool = True) -> Picture:
        """The picture is made by now."""
        return self.made

    def save_m2m(self) -> None:
        """There is nothing more to keep."""
