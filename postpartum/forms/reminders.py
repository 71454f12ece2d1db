"""The form of the member's reminders."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from postpartum.models import Reminder

DEFAULT = {"days": [0, 2, 4], "at": "10:00", "by_mail": False, "once_more": False}


class ReminderForm(forms.ModelForm):
    """Days, time of day, and whether to send mails."""

    days = forms.TypedMultipleChoiceField(
        label=_("On these days"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Reminder
        fields = ["days", "at", "by_mail", "once_more"]
        labels = {
            "at": _("At"),
            "by_mail": _("Email me then"),
            "once_more": _("Remind me once more, three hours later, if I haven’t been here"),
        }
        help_texts = {
            "by_mail": _(
                "A short one that gives nothing away. None on days you were here, and none during a break."
            ),
        }
        widgets = {"at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}

    def clean(self) -> dict[str, Any]:
        """Require a day where mails are wanted."""
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("by_mail") and "days" in cleaned and not cleaned["days"]:
            self.add_error("days", _("Please choose at least one day."))
        return cleaned
