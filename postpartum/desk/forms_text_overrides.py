"""What the therapist fills in to say something in her own words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from postpartum.text_overrides.saving import cleaned


class WordsForm(forms.Form):
    """Her words for one text; left empty, the original is said."""

    text = forms.CharField(
        label=_("Your words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Leave it empty to say the original."),
    )

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, **kwargs)
        self.place = place
        if place.practice_field:
            self.fields["text"].max_length = 120
            self.fields["text"].widget = forms.TextInput(attrs={"maxlength": 120})

    def clean_text(self):
        """As it may stand in this place."""
        return cleaned(self.place, self.cleaned_data["text"])
