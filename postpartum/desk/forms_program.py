"""Forms of the desk about the program as a whole."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.authoring.copies import CopyTarget
from programs.plan import Plan, PlannedSession, PlannedWeek
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


class CopyForm(forms.Form):
    """Where to copy a session or a week: only places where the copy may be published."""

    target = forms.ChoiceField(
        label=_("Copy it to"),
        help_text=_("What a copy takes the place of is kept: its History brings it back."),
        error_messages={
            "invalid_choice": _("A copy could not be published there. Please choose another place.")
        },
    )

    def __init__(self, *args: Any, targets: list[CopyTarget], plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.targets = {target.key: target for target in targets}
        field: Any = self.fields["target"]
        field.choices = _target_choices(targets, plan)

    @property
    def chosen(self) -> CopyTarget:
        """Return the chosen place of a valid form."""
        return self.targets[self.cleaned_data["target"]]


def _target_choices(targets: list[CopyTarget], plan: Plan) -> list[tuple[str, Any]]:
    """Return weeks as choices, and sessions under the name of their week."""
    choices: list[tuple[str, Any]] = []
    for target in targets:
        part = target.parts[target.where]
        if isinstance(part, PlannedWeek):
            replaced = target.replaces.theme if isinstance(target.replaces, PlannedWeek) else ""
            choices.append(
                (target.key, _place(gettext("Week %(number)d") % {"number": part.number}, replaced))
            )
            continue
        week = plan.week(part.week or 0)
        group = gettext("Week %(number)d: %(theme)s") % {"number": week.number, "theme": week.theme}
        if not choices or choices[-1][0] != group:
            choices.append((group, []))
        name = (
            gettext("Session %(letter)s") % {"letter": part.letter}
            if part.letter
            else gettext("Daily practice")
        )
        replaced = target.replaces.title if isinstance(target.replaces, PlannedSession) else ""
        choices[-1][1].append((target.key, _place(name, replaced)))
    return choices


def _place(name: str, replaced: str) -> str:
    return (
        gettext("%(place)s, in place of “%(title)s”") % {"place": name, "title": replaced}
        if replaced
        else name
    )


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
