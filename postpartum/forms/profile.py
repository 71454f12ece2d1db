"""The member's profile: fields of the account, and those the program needs."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from postpartum.forms.time_zones import TimeZoneField
from programs.models import Country, FigureWoman, Participant, PlayerWish

OF_THE_PROGRAM = ("country", "baby_not_with_me", "figure_woman", "player_wishes")


class ProfileForm(forms.ModelForm):
    """Names, time zone, country, whether texts leave out the baby, the figure, and preferences of the player."""

    time_zone = TimeZoneField(
        label=_("Your time zone"),
        max_length=64,
        help_text=_("A large city near you. It keeps “today” and reminders right for your day."),
    )
    country = forms.ModelChoiceField(
        label=_("Where do you live?"),
        queryset=Country.objects.only("code", "name"),
        required=False,
        empty_label=_("Another country"),
        help_text=_("So we can show you the right numbers to call."),
    )
    baby_not_with_me = forms.BooleanField(
        label=_("My baby is not with me"),
        required=False,
        help_text=_(
            "Then no words or pictures show feeding, lifting or holding a baby. We ask nothing more."
        ),
    )
    figure_woman = forms.ChoiceField(
        label=_("Who shows you the exercises?"),
        choices=[("", _("They take turns")), *FigureWoman.choices],
        required=False,
        widget=forms.RadioSelect,
        help_text=_("In all your sessions, on all your devices."),
    )
    player_wishes = forms.MultipleChoiceField(
        label=_("What do you like in sessions?"),
        choices=PlayerWish,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "On all your devices. What you choose during a session stays on that phone. "
            "At night, sound is off until you turn it on."
        ),
    )

    class Meta:
        model = get_user_model()
        fields = ["name", "pen_name", "time_zone"]
        labels = {"name": _("What should we call you?"), "pen_name": _("Pen name")}
        help_texts = {
            "name": _("A first name or nickname. You can leave this empty."),
            "pen_name": _("Shown with your comments instead of your name."),
        }
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "given-name"})}

    def __init__(self, *args: Any, instance: User, **kwargs: Any) -> None:
        self.participant = Participant.objects.filter(user=instance).first()
        if self.participant:
            known = {name: getattr(self.participant, name) for name in OF_THE_PROGRAM[1:]}
            known["country"] = self.participant.country_id
            kwargs["initial"] = known | kwargs.get("initial", {})
        super().__init__(*args, instance=instance, **kwargs)  # type: ignore[misc]  # args has one item

    def save(self, commit: bool = True) -> User:
        """Save user and participant in one transaction."""
        theirs = {name: self.cleaned_data[name] for name in OF_THE_PROGRAM}
        with transaction.atomic():
            user = super().save()
            if self.participant or any(theirs.values()):
                Participant.objects.update_or_create(user=user, defaults=theirs)
        return user
