"""Forms of the desk about comments."""

from datetime import time

from django import forms
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _

from blog.models import CommentMailChoice


class CommentMailsForm(forms.ModelForm):
    """How whoever decides about comments hears of them by email."""

    hour = forms.TypedChoiceField(
        label=_("The daily email comes at"),
        coerce=int,
        choices=lambda: [(hour, time_format(time(hour), "TIME_FORMAT")) for hour in range(24)],
    )

    class Meta:
        model = CommentMailChoice
        fields = ["frequency", "hour"]
        widgets = {"frequency": forms.RadioSelect}
