"""Forms of the practice's details, one for each step of the first-run guide."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models import Picture
from blog.services.pictures import add_picture
from common.front_page import PARTS
from common.picture_errors import REFUSED
from common.pictures import PictureRefusedError
from common.practice import practice_details
from postpartum.models import Practice
from programs.forms.screening import ConsentForm
from programs.models import Country
from programs.plan.telephone import contact_problem, numbers_in

FEWEST_DIGITS = 5  # of a telephone number that anybody can call
SITE_ACCENT = "#2c6152"  # --accent of static/css/tokens.css


class PracticeForm(forms.ModelForm):
    """A part of the practice's details. What the operator has set stands in an empty field."""

    needed: tuple[str, ...] = ()

    def __init__(self, *args: Any, instance: Practice, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)  # type: ignore[misc]  # args has one item
        for name in self.needed:
            self.fields[name].required = True
            if settings.PRACTICE_IS_NAMED and not self.initial[name]:
                self.initial[name] = settings.PRACTICE[name]

    def changes(self) -> dict[str, Any]:
        """Return the valid form as `save_practice` takes it."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class NamesForm(PracticeForm):
    """Whose practice it is."""

    needed = ("name", "therapist")

    class Meta:
        model = Practice
        fields = ["name", "therapist", "registration"]
        labels = {
            "name": _("Name of your practice"),
            "therapist": _("Your name"),
            "registration": _("Your registration"),
        }
        help_texts = {
            "name": _("It stands at the top of every page and in every email."),
            "therapist": _("As mothers should read it, with your title."),
            "registration": _("License or register, number and place. It stands at the foot of every page."),
        }


class PictureField(forms.FileField):
    """An uploaded picture."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.ClearableFileInput(attrs={"accept": "image/*"})
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
        if self.picture is None:
            del self.fields["remove"]

    def clean(self) -> dict[str, Any]:
        """Take the picture in, whatever else is wrong."""
        data = super().clean() or self.cleaned_data
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


class ContactForm(PracticeForm):
    """How the practice is reached, and where it is."""

    needed = ("email",)
    country = forms.ModelChoiceField(
        Country.objects.only("code", "name"),
        label=_("Country of your practice"),
        required=False,
        empty_label=_("Another country"),
    )
    booking_url = forms.URLField(
        label=_("Link to book a visit"), required=False, assume_scheme="https", max_length=200
    )

    class Meta:
        model = Practice
        fields = ["email", "phone", "postal_address", "country", "booking_url"]
        labels = {
            "email": _("Email address"),
            "phone": _("Telephone"),
            "postal_address": _("Address"),
        }
        help_texts = {
            "email": _("It stands at the foot of every page. Emails from the site are answered to it."),
        }
        widgets = {"postal_address": forms.Textarea(attrs={"rows": 3})}

    def clean_phone(self) -> str:
        """Raise ValidationError for what nobody can call."""
        phone = self.cleaned_data["phone"].strip()
        if not phone:
            return ""
        problem = contact_problem(phone)
        numbers = numbers_in(phone)
        if not problem and (not numbers or min(map(len, numbers)) < FEWEST_DIGITS):
            problem = str(_("This is no telephone number, such as +1 555 010 0199."))
        if problem:
            raise ValidationError(problem)
        return phone

    def changes(self) -> dict[str, Any]:
        """Name the country by its code."""
        changes = super().changes()
        country = changes.pop("country")
        return changes | {"country_id": country.pk if country else None}


class CostForm(PracticeForm):
    """What the program costs, and who answers questions."""

    price_url = forms.URLField(
        label=_("Link about the price"), required=False, assume_scheme="https", max_length=200
    )

    class Meta:
        model = Practice
        fields = ["price", "price_url", "answers"]
        labels = {
            "price": _("What the program costs"),
            "answers": _("Who answers comments, and how soon"),
        }
        help_texts = {
            "price": _("In a few words, such as “Free” or “$90 for twelve weeks.” Not said while empty."),
            "answers": _("Such as “Elena answers within three working days.” Not said while empty."),
        }


class ConsentTextForm(PracticeForm):
    """What a mother agrees to before her first session."""

    class Meta:
        model = Practice
        fields = ["consent"]
        labels = {"consent": _("What a mother agrees to")}
        help_texts = {
            "consent": _("It stands above “I agree.” Whoever has agreed keeps the words of that day."),
        }
        widgets = {"consent": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["consent"] = self.initial["consent"] or str(ConsentForm.TEXT)

    def clean_consent(self) -> str:
        """Return the text, "" for the site's own words."""
        text = "\n".join(self.cleaned_data["consent"].split("\r\n")).strip()
        return "" if text == str(ConsentForm.TEXT) else text


class NothingForm(PracticeForm):
    """A step in which nothing is typed."""

    class Meta:
        model = Practice
        fields: list[str] = []
