"""Forms of the desk about one member, or about a reader in need."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from postpartum.desk.waiting import NOW
from programs.models import CareAction, Concern
from programs.rules.vocabulary import ClearedSymptom
from programs.services.care import Care
from programs.wording.concerns import SYMPTOM_NAMES

Kind = CareAction.Kind
NOTHING, STAYS_CLOSED = "nothing", "stays_closed"
FOLLOWS = {
    NOTHING: _("Nothing changes"),
    STAYS_CLOSED: _(
        "Nothing changes: her program stays closed until she has done what it waits for, or you open it"
    ),
    Kind.STEP_BACK: _("One week back"),
    Kind.AGREE: _("I have looked at it: exercise with %(symptoms)s is fine. Open the program again"),
    Kind.CLEAR: _("I have looked at her mild, steady symptoms: she may go on with the easier versions"),
    Kind.HOLD: _("Let the program wait until I open it again"),
    Kind.UNLOCK: _("Open the program again: I know that it is safe for her"),
}
GOES_ON = _("%(follows)s. She goes on with week %(week)d, or earlier after a long break")


def _field(form: forms.Form, name: str) -> Any:
    """Return a field whose class has more attributes than Django's types know of it."""
    return form.fields[name]


class CareForm(forms.Form):
    """A note, what follows for the program, and whether the concern is settled.

    `opens_at` is the week in which a program that waits goes on when it is opened.
    `from_list` marks a form filled in on the triage page, to which the therapist returns. `seen` counts what the member
    had reported when the page was made, `so_far` until now; `newest` is the newest action for her at that time,
    `newest_action` at this: a form shown again carries what is now.
    """

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    concern = forms.ModelChoiceField(
        queryset=Concern.objects.none(), required=False, widget=forms.HiddenInput
    )
    from_list = forms.BooleanField(required=False, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    newest = forms.IntegerField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Your note"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "She reads it on her own pages. The email tells her only that there is something to read."
        ),
        error_messages={"required": _("Please write a line: she will read why.")},
    )
    follows = forms.ChoiceField(
        label=_("What follows for her program"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose what follows for her program."),
            "invalid_choice": _("Her program has changed since you opened that page. Please choose again."),
        },
    )
    resolve = forms.BooleanField(
        label=_("This is settled: take it off my list"), required=False, initial=True
    )

    def __init__(
        self,
        *args: Any,
        concerns: QuerySet[Concern],
        in_program: bool,
        is_held: bool,
        so_far: int,
        newest_action: int,
        symptoms: Sequence[ClearedSymptom] = (),
        opens_at: int | None = None,
        **kwargs: Any,
    ) -> None:
        self.so_far, self.newest_action = so_far, newest_action
        super().__init__(*args, **kwargs)
        _field(self, "concern").queryset = concerns
        offered = [NOTHING]
        if in_program:
            offered += [Kind.AGREE] if symptoms else []
            offered += [Kind.UNLOCK] if is_held else [Kind.CLEAR, Kind.STEP_BACK, Kind.HOLD]
        named = {"symptoms": get_text_list([str(SYMPTOM_NAMES[one]) for one in symptoms], _now("and"))}
        words: dict[Any, Any] = FOLLOWS | ({NOTHING: FOLLOWS[STAYS_CLOSED]} if is_held and in_program else {})
        if opens_at:
            for kind in (Kind.AGREE, Kind.UNLOCK):
                words = words | {kind: GOES_ON % {"follows": words[kind] % named, "week": opens_at}}
        _field(self, "follows").choices = [(kind, words[kind] % named) for kind in offered]
        if offered == [NOTHING]:
            self.initial["follows"] = NOTHING

    def clean(self) -> None:
        """Take a choice that is offered no more where this very form has carried it out: it was sent twice."""
        sent, client_id = self.data.get("follows"), self.cleaned_data.get("client_id")
        if "follows" not in self.errors or client_id is None or sent not in FOLLOWS:
            return
        if CareAction.objects.filter(client_id=client_id, kind=sent).exists():
            del self.errors["follows"]
            self.cleaned_data["follows"] = sent

    def care(self, by: User) -> Care:
        """Return what was asked for, as `services.care.care_for` takes it."""
        words = self.cleaned_data
        kinds = [] if words["follows"] == NOTHING else [Kind(words["follows"])]
        if words["concern"] and words["resolve"]:
            kinds.append(Kind.RESOLVE)
        kinds = kinds or [Kind.MESSAGE]
        return Care(
            client_id=words["client_id"],
            kinds=tuple(kinds),
            note=words["note"],
            by=by,
            concern=words["concern"],
            seen=self.reports_seen,
            newest=self.newest_seen,
        )

    @property
    def reports_seen(self) -> int:
        """Return how much the member had reported when the page was made; nothing where the form does not say."""
        return self.cleaned_data.get("seen") or 0

    @property
    def newest_seen(self) -> int:
        """Return the newest action for the member when the page was made; none where the form does not say."""
        return self.cleaned_data.get("newest") or 0


def care_form(
    participant_id: int,
    data: Any = None,
    *,
    about: Concern | None = None,
    from_list: bool = False,
    in_program: bool,
    is_held: bool,
    so_far: int,
    newest_action: int,
    symptoms: Sequence[ClearedSymptom] = (),
    opens_at: int | None = None,
) -> CareForm:
    """Return the form about a concern of the member, or about nothing in particular; no query before validation.

    An urgent concern stays on the list until the therapist says that it is settled. Beside a concern no answer is
    chosen for her: a member whose program is closed would be off the list and stay shut out.
    """
    initial: dict[str, Any] = {"follows": NOTHING}
    if about:
        initial = {"concern": about.pk, "resolve": about.urgency not in NOW}
    name = "sent" if data is not None else f"about_{about.pk}" if about else f"write_{participant_id}"
    return CareForm(
        data,
        initial=initial | {"from_list": from_list or None},
        auto_id=f"care_{name}_%s",
        concerns=Concern.objects.filter(participant=participant_id),
        in_program=in_program,
        is_held=is_held,
        so_far=so_far,
        newest_action=newest_action,
        symptoms=symptoms,
        opens_at=opens_at,
    )


class SettleForm(forms.Form):
    """The note that settles a concern about somebody who has no record here."""

    note = forms.CharField(
        label=_("Your note"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What you did, or why nothing was needed. Only the team reads it."),
        error_messages={"required": _("Please write a line: what did you do?")},
    )
