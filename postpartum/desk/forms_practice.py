"""Forms of the practice's details, one for each step of the first-run guide."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from postpartum.models import Practice
from programs.forms.screening import ConsentForm
from programs.models import Country
from programs.plan.telephone import contact_problem, numbers_in

FEWEST_DIGITS = 5  # of a telephone number that anybody can call


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
            "email": _(
                "It is needed: whoever answers an email from the site writes to it. It stands at the foot of every page."
            ),
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
