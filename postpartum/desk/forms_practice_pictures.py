"""Forms of the practice's details that take a picture: portrait, logo, and the front page."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models import Picture
from blog.services.pictures import add_picture
from common.front_page import PARTS
from common.kept_uploads import kept_upload
from common.picture_errors import REFUSED
from common.pictures import PictureRefusedError
from common.practice import practice_details
from postpartum.desk.forms_practice import PracticeForm
from postpartum.models import Practice

SITE_ACCENT = "#2c6152"  # --accent of static/css/tokens.css


class PictureInput(forms.ClearableFileInput):
    """A file input that takes back the file which the page about a conflict has kept."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Return the file that was sent, or the one kept before."""
        token = data.get(f"{name}-kept")
        return super().value_from_datadict(data, files, name) or (kept_upload(token) if token else None)


class PictureField(forms.FileField):
    """An uploaded picture."""

    def __init__(self, **kwargs: Any) -> None:
        widget = PictureInput(attrs={"accept": "image/*"})
        help_text = kwargs.pop("help_text", _("At most 20 MB."))
        super().__init__(required=False, widget=widget, help_text=help_text, **kwargs)


class WithPictureForm(PracticeForm):
    """A form with a picture in `file`; a picture once taken in stays chosen while another field is mended."""

    picture_field: str
    kept = forms.IntegerField(required=False, widget=forms.HiddenInput)
    remove = forms.BooleanField(label=_("Remove the picture"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picture: Picture | None = getattr(self.instance, self.picture_field)
        self.stored_files = {"file": self.picture.key if self.picture else None}
        if self.picture is None:
            del self.fields["remove"]

    def sent_file(self, name: str) -> Any:
        """Return the picture that was sent: a file, the key of one taken in before, None for one removed.

        Nothing sent is what is stored.
        """
        if file := self[name].data:
            return file
        if "remove" in self.fields and self["remove"].data:
            return None
        kept = self["kept"].data
        taken_in = Picture.objects.filter(pk=kept).first() if str(kept or "").isdecimal() else None
        return taken_in.key if taken_in else self.stored_files[name]

    def clean(self) -> dict[str, Any]:
        """Take the picture in, whatever else is wrong."""
        data = super().clean() or self.cleaned_data
        if self.fields["file"].disabled:  # what is stored was chosen
            return data
        file, kept = data.get("file"), data.get("kept")
        if isinstance(file, UploadedFile):
            try:
                self.picture = add_picture(file, alt=self.alt(), now=timezone.now())
            except PictureRefusedError as refused:
                self.add_error("file", REFUSED[refused.code])
        elif kept:
            self.picture = Picture.objects.filter(pk=kept).first() or self.picture
        if data.get("remove"):
            self.picture = None
        self.data = {**dict(self.data.items()), "kept": self.picture.pk if self.picture else ""}
        return data

    def alt(self) -> str:
        """Return what the picture shows, in words."""
        raise NotImplementedError

    def changes(self) -> dict[str, Any]:
        """Add the picture."""
        return super().changes() | {f"{self.picture_field}_id": self.picture.pk if self.picture else None}


class AboutForm(WithPictureForm):
    """The therapist's photograph and a few lines about them."""

    picture_field = "photo"
    file = PictureField(label=_("Your photograph"))

    class Meta:
        model = Practice
        fields = ["about"]
        labels = {"about": _("A few lines about you")}
        help_texts = {"about": _("They stand beside your photograph on the front page.")}
        widgets = {"about": forms.Textarea(attrs={"rows": 5, "maxlength": 2000})}

    field_order = ["file", "remove", "about", "kept"]

    def alt(self) -> str:
        """Return the name of whoever is on the photograph."""
        return practice_details()["therapist"]


class LookForm(WithPictureForm):
    """Logo and accent color."""

    picture_field = "logo"
    file = PictureField(label=_("Your logo"), help_text=_("It stands beside the name. At most 20 MB."))
    accent = forms.RegexField(
        "^#[0-9a-fA-F]{6}$",
        label=_("Your color"),
        required=False,
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text=_(
            "For links and buttons. The site makes it lighter or darker where it could not be read otherwise."
        ),
    )
    own_accent = forms.BooleanField(label=_("Use my color"), required=False)

    class Meta:
        model = Practice
        fields = ["accent"]

    field_order = ["file", "remove", "own_accent", "accent", "kept"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["own_accent"] = bool(self.initial["accent"])
        self.initial["accent"] = self.initial["accent"] or SITE_ACCENT

    def clean_accent(self) -> str:
        """Return the color in lower case."""
        return self.cleaned_data["accent"].lower()

    def alt(self) -> str:
        """Return nothing: the name stands beside the logo."""
        return ""

    def changes(self) -> dict[str, Any]:
        """Leave the site's own color where no other is wanted."""
        accent = self.cleaned_data["accent"] if self.cleaned_data["own_accent"] else ""
        return super().changes() | {"accent": accent}


class FrontForm(WithPictureForm):
    """Picture and parts of the front page; each part is a row with its place and whether it is shown."""

    picture_field = "front_picture"
    file = PictureField(
        label=_("Your picture"), help_text=_("It stands beside the first words. At most 20 MB.")
    )
    shows = forms.CharField(
        label=_("What the picture shows"),
        max_length=200,
        required=False,
        help_text=_(
            "For those who cannot see it. Empty if it only decorates. Words of a picture that is here already are "
            "changed under Pictures."
        ),
    )

    class Meta:
        model = Practice
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [key for key in self.instance.front_parts if key in PARTS] or list(PARTS)
        self.parts = [*shown, *(key for key in PARTS if key not in shown)]
        for place, key in enumerate(self.parts, start=1):
            self.fields[f"{key}-ORDER"] = forms.IntegerField(
                label=_("Place"),
                min_value=1,
                max_value=99,
                initial=place,
                widget=forms.NumberInput(
                    attrs={"class": "d-place", "aria-label": _("Place of “%(part)s”") % {"part": PARTS[key]}}
                ),
            )
            self.fields[f"{key}-shown"] = forms.BooleanField(
                label=str(PARTS[key]), required=False, initial=key in shown
            )
        self.initial["shows"] = self.picture.alt if self.picture else ""

    def rows(self) -> list[dict[str, forms.BoundField]]:
        """Return the fields of each part, in the order that is stored."""
        return [{"order": self[f"{key}-ORDER"], "shown": self[f"{key}-shown"]} for key in self.parts]

    def about_picture(self) -> list[forms.BoundField]:
        """Return the other fields that are seen."""
        return [self[name] for name in ("file", "remove", "shows") if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """Ask for one part at least."""
        data = super().clean()
        if not any(data.get(f"{key}-shown") for key in PARTS):
            self.add_error(None, _("Please keep at least one part. The page would be empty without."))
        return data

    def alt(self) -> str:
        """Return what it shows, as it was typed."""
        return self.cleaned_data.get("shows") or ""

    def changes(self) -> dict[str, Any]:
        """Add the parts that are shown, in their order; none where that is the site's own."""
        data = self.cleaned_data
        order = sorted(self.parts, key=lambda key: (data[f"{key}-ORDER"], self.parts.index(key)))
        shown = [key for key in order if data[f"{key}-shown"]]
        return super().changes() | {"front_parts": [] if shown == list(PARTS) else shown}
