"""The form of a text override."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.synonyms import MAX_LETTERS
from postpartum.text_overrides.entries import Place
from postpartum.text_overrides.saving import cleaned


class WordsForm(forms.Form):
    """The override of one text; empty to restore the original."""

    text = forms.CharField(
        label=_("Your words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Leave it empty to say the original."),
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        if place.is_synonyms:
            self._become_a_list()

    def _become_a_list(self) -> None:
        self.initial["text"] = self.initial.get("text") or self.place.shown
        self.fields["text"] = forms.CharField(
            label=_("Your list"),
            required=False,
            max_length=MAX_LETTERS,
            widget=forms.Textarea(attrs={"rows": 24}),
            help_text=_(
                "One line for each meaning, with commas between the words. Leave it empty for the original."
            ),
        )

    def clean_text(self) -> str:
        """Return the text with its placeholders restored. Raise ValidationError where it would break the page."""
        return cleaned(self.place, self.cleaned_data["text"])
