"""Forms of the desk about the program as a whole."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy as _

from programs.labels import choices
from programs.models import Phase, Week
from programs.plan import Plan
from programs.rules.vocabulary import BirthType, Outcome, SafetyFlag
from programs.services.releasing import Move

MAX_BYTES = 900_000


class PublishForm(forms.Form):
    """What happens to the members who are inside the program."""

    move = forms.ChoiceField(
        label=_("The mothers in this program"),
        choices=Move.choices,
        initial=Move.NEXT_WEEK,
        widget=forms.RadioSelect,
    )


class PreviewForm(forms.Form):
    """Which session to preview, for which member."""

    session = forms.ChoiceField(label=_("Session"))
    birth = forms.ChoiceField(label=_("Birth"), choices=choices(BirthType), required=False)
    weeks_since = forms.IntegerField(
        label=_("Weeks since the birth"), min_value=0, max_value=200, required=False
    )
    flags = forms.MultipleChoiceField(
        label=_("She has"),
        choices=[one for one in choices(SafetyFlag) if one[0] != SafetyFlag.CESAREAN_LT_8W],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    today = forms.ChoiceField(
        label=_("Today she is"),
        choices=[
            (Outcome.GO, _("well")),
            (Outcome.EASIER, _("in need of a gentler session")),
            (Outcome.BREATHING_ONLY, _("in need of rest")),
        ],
        required=False,
    )
    no_baby = forms.BooleanField(label=_("Her baby is not with her"), required=False)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["session"]
        field.choices = [(key, f"{key} · {session.title}") for key, session in sorted(plan.sessions.items())]


class CopySessionForm(forms.Form):
    """The target of a copied session."""

    week = forms.ModelChoiceField(Week.objects.select_related("phase"), label=_("Week"))
    letter = forms.RegexField(r"^[a-zA-Z]$", label=_("Letter"), help_text=_("One letter, such as D."))


class CopyWeekForm(forms.Form):
    """The target of a copied week."""

    number = forms.IntegerField(label=_("Number of the new week"), min_value=1, max_value=52)
    phase = forms.ModelChoiceField(Phase.objects.all(), label=_("Phase"))


class ImportForm(forms.Form):
    """A file exported here or at another desk."""

    file = forms.FileField(
        label=_("File"),
        validators=[FileExtensionValidator(["json"])],
        widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}),
    )

    def clean_file(self) -> UploadedFile:
        """Return the file. Raise ValidationError where it is larger than any known program."""
        if self.cleaned_data["file"].size > MAX_BYTES:
            raise forms.ValidationError(_("This file is too large to be a program."))
        return self.cleaned_data["file"]
