"""The confirmation before an account is erased."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from postpartum.models import Erasure


class ErasureForm(forms.Form):
    """What happens to the member's comments, if there are any, and the confirmation."""

    said = forms.ChoiceField(
        label=_("Your comments under articles"),
        choices=Erasure.Comments,
        initial=Erasure.Comments.REMOVED,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what happens to your comments.")},
    )
    sure = forms.BooleanField(
        label=_("Yes, delete my account and everything in it"),
        error_messages={"required": _("Please tick this if you want everything deleted.")},
    )

    def __init__(self, *args: Any, has_comments: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_comments:
            del self.fields["said"]

    @property
    def comments(self) -> str:
        """The choice; the default for members without comments."""
        return self.cleaned_data.get("said", Erasure.Comments.REMOVED)
