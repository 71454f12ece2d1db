"""Forms of inviting: addresses, who may join, and codes for classes."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from postpartum.desk.roles import ROLE_WORDS
from postpartum.invitations import MOTHER
from programs.models import EnrollCode, EnrollmentMode

MOST_LINES = 200
NAMED = re.compile(r"^[^<>]*<([^<>]+)>$")  # Maya Jones <maya@example.org>


class InviteForm(forms.Form):
    """Addresses, one a line, and as what these people are invited."""

    emails = forms.CharField(
        label=_("Email addresses"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("One, or a list: one on each line, with or without a name."),
    )
    role = forms.ChoiceField(label=_("As"), widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, may_give_roles: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = ROLE_WORDS.items() if may_give_roles else []
        field: Any = self.fields["role"]
        field.choices = [(MOTHER, _("A mother")), *roles]
        field.initial = MOTHER
        if not may_give_roles:
            field.widget = forms.HiddenInput()

    def clean_emails(self) -> list[str]:
        """Return the addresses. Raise ValidationError that names each slip with its line; then nobody is invited."""
        typed = [
            (number, one.strip())
            for number, line in enumerate(self.cleaned_data["emails"].splitlines(), self._first_line())
            for one in re.split("[,;]", line)
        ]
        if len(typed) > MOST_LINES:
            raise ValidationError(_now("Please send at most %(most)d at once.") % {"most": MOST_LINES})
        problems, emails = [], []
        for number, text in typed:
            address = match[1].strip() if (match := NAMED.match(text)) else text
            try:
                validate_email(address or "none@example.org")
            except ValidationError:
                words = _now("Line %(number)d: “%(text)s” is not an email address.")
                problems.append(words % {"number": number, "text": text[:60]})
            emails += [address] if address else []
        if problems:
            raise ValidationError(problems)
        return emails

    def _first_line(self) -> int:
        """Return the number of the first line that was not stripped from the field's value, as she counts on her screen."""
        typed = str(self.data[self.add_prefix("emails")])
        return 1 + typed[: len(typed) - len(typed.lstrip())].replace("\r\n", "\n").count("\n")


class JoinForm(forms.Form):
    """Whom the program is open to."""

    mode = forms.ChoiceField(
        label=_("The program is open to"), choices=EnrollmentMode, widget=forms.RadioSelect
    )


class CodeForm(forms.ModelForm):
    """A new code for a class."""

    class Meta:
        model = EnrollCode
        fields = ["name", "places", "ends_on"]
        widgets = {"ends_on": forms.DateInput(attrs={"type": "date"})}

    def clean_ends_on(self) -> date:
        """Raise ValidationError for a day that is over."""
        day = self.cleaned_data["ends_on"]
        if day < timezone.localdate():
            raise ValidationError(_("This day is over. Please choose a later one."))
        return day
