"""The filters of the exercise library."""

from django import forms
from django.utils.translation import gettext_lazy as _

from programs.labels import choices
from programs.pages.needs import NEED_LABELS
from programs.rules.vocabulary import Equipment, Focus, Position


class ExerciseFilterForm(forms.Form):
    """Filters in the query string, so that a filtered list can be bookmarked or shared."""

    need = forms.ChoiceField(required=False, choices=list(NEED_LABELS.items()), widget=forms.HiddenInput)
    focus = forms.ChoiceField(
        label=_("Trains"), required=False, choices=[("", _("Everything")), *choices(Focus)]
    )
    position = forms.ChoiceField(
        label=_("Position"), required=False, choices=[("", _("Any position")), *choices(Position)]
    )
    equipment = forms.ChoiceField(
        label=_("You need"), required=False, choices=[("", _("Anything")), *choices(Equipment)]
    )
