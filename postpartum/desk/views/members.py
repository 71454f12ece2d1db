"""Members: found by name or address; opening a record is logged for the member to read."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Page
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from common.members import MemberRequest
from postpartum.desk import roles
from postpartum.desk.care import act_and_notify, done_words
from postpartum.desk.forms import CareForm, care_form
from postpartum.desk.navigation import desk_page, desk_render
from programs.facts.clearances import symptoms_behind
from programs.facts.unlocking import opens_at
from programs.models import Enrollment, Participant
from programs.pages.care_notes import CareNote, care_notes
from programs.pages.record import record_of
from programs.pages.record_lists import check_ins_page, sessions_page
from programs.pages.triage import ConcernLine, reported_since
from programs.querysets.journey import OPEN
from programs.services.care import DoneSince, NothingToDo, ReportedSince, newest_action_of
from programs.services.concern import reports_of
from programs.services.hold import hold_of
from programs.services.record_openings import record_opening

SHOWN = 50
TRIGRAM = 3  # letters in a piece of the index accounts_user_search
NOTHING_TO_DO = {
    "unlock": gettext_lazy("The program is open already."),
    "step_back": gettext_lazy("She is in the first week already, or not in the program."),
    "hold": gettext_lazy("She is not in the program."),
    "agree": gettext_lazy("Her program does not wait for a symptom that you could clear."),
    "clear": gettext_lazy("She is not in the program."),
    "resolve": gettext_lazy("This concern is not one of hers."),
}


@desk_page(roles.SEE_MEMBERS)
@require_safe
def members(request: MemberRequest) -> HttpResponse:
    """List members by name or address; without a search, the newest."""
    words = request.GET.get("q", "").strip()
    rows = _found(words)
    places = Enrollment.objects.filter(participant__in=rows[:SHOWN]).order_by("participant", "-started_at")
    latest = places.distinct("participant").only("participant", "week", "state")
    of_whom = {place.participant_id: place for place in latest}
    context = {
        "lines": [(row, of_whom.get(row.pk)) for row in rows[:SHOWN]],
        "words": words,
        "few_letters": 0 < len(words) < TRIGRAM,
        "more": len(rows) > SHOWN,
    }
    return desk_render(request, "desk/members.html", context, _("Members"))


def _found(words: str) -> list[Participant]:
    """Return the members with these words, one more than is SHOWN where there are more; all without words.

    A whole address finds its member alone, at once: its pieces stand in everybody's.
    """
    rows = Participant.objects.select_related("user").only("user__name", "user__email").order_by("-pk")
    if not words:
        return list(rows[: SHOWN + 1])
    exact = list(rows.filter(user__email__iexact=words)[:1]) if "@" in words else []
    return exact or list(rows.filter(_named(words))[: SHOWN + 1])


def _named(words: str) -> Q:
    """Return the condition that a name or an address has these words.

    Fewer letters than the index has in a piece are looked for at the beginning of words only: there it finds them, while
    within words every member would be read.
    """
    if len(words) < TRIGRAM:
        begins = Q(user__name__istartswith=words) | Q(user__name__icontains=f" {words}")
        return begins | Q(user__email__istartswith=words)
    return Q(user__name__icontains=words) | Q(user__email__icontains=words)


@desk_page(roles.SEE_MEMBERS)
@require_safe
def member(request: MemberRequest, pk: int) -> HttpResponse:
    """Show one record and log its opening for the member to read."""
    participant = get_object_or_404(Participant.objects.select_related("user", "country"), pk=pk)
    record_opening(participant, request.user, timezone.now())
    return _record_page(request, participant)


@desk_page(roles.SEE_MEMBERS)
@require_safe
def check_ins(request: MemberRequest, pk: int) -> HttpResponse:
    """Show all check-ins of one member, a page at a time. That is a look at the record, and logged as one."""
    return _list_page(request, pk, check_ins_page, "desk/member_check_ins.html", _("All check-ins"))


@desk_page(roles.SEE_MEMBERS)
@require_safe
def sessions(request: MemberRequest, pk: int) -> HttpResponse:
    """Show all sessions of one member, a page at a time. That is a look at the record, and logged as one."""
    return _list_page(request, pk, sessions_page, "desk/member_sessions.html", _("All sessions"))


def _list_page(
    request: MemberRequest,
    pk: int,
    page_of: Callable[[Participant, str | None], Page[Any]],
    template: str,
    title: str,
) -> HttpResponse:
    participant = get_object_or_404(Participant.objects.select_related("user"), pk=pk)
    record_opening(participant, request.user, timezone.now())
    context = {"participant": participant, "page": page_of(participant, request.GET.get("page"))}
    return desk_render(request, template, context, title)


@desk_page(roles.SEE_MEMBERS, roles.CARE_FOR)
@require_POST
def care(request: MemberRequest, pk: int) -> HttpResponse:
    """Carry out what the form asks for: note, hold, step back, unlock, settle. Acting logs an opening, too.

    What cannot be done comes back on the record with everything that was typed. So does what was chosen before a
    colleague, or she herself in another tab, did something else: both together may be too much.
    """
    participant = get_object_or_404(Participant.objects.select_related("user", "country"), pk=pk)
    now = timezone.now()
    record_opening(participant, request.user, now)
    form = care_form(pk, request.POST, **_state_of(participant))
    if form.is_valid():
        asked = form.care(request.user)
        try:
            act_and_notify(participant, asked, now)
        except NothingToDo as refused:
            form.add_error("follows", NOTHING_TO_DO[refused.kind])
        except DoneSince:
            # She chooses anew: what this form may have done itself is no second sending of that.
            anew = request.POST.copy()
            anew["client_id"] = str(uuid4())
            form = care_form(pk, anew, **_state_of(participant))
            form.full_clean()
        except ReportedSince:
            pass  # told below, as with any form that comes back
        else:
            messages.success(request, done_words(asked))
            if form.cleaned_data["from_list"]:
                return redirect("admin:index")
            return redirect("admin:desk_member", pk)
    for done in care_notes(participant, after=form.newest_seen):
        form.add_error(None, _done(done))
    for line in reported_since(participant, form.reports_seen):
        form.add_error(None, _news(line))
    messages.error(request, _("Nothing is done yet. What you wrote is kept below, with what it needs."))
    return _record_page(request, participant, form)


def _state_of(participant: Participant) -> dict[str, Any]:
    place, hold = Enrollment.objects.open_of(participant.user).first(), hold_of(participant)
    return {
        "newest_action": newest_action_of(participant.pk),
        "opens_at": opens_at(place.week, hold.rules_matched) if place and hold else None,
        "in_program": place is not None,
        "is_held": hold is not None,
        "so_far": reports_of(participant.pk),
        "symptoms": symptoms_behind(hold, place.screening) if place and hold else (),
    }


def _done(note: CareNote) -> str:
    """Return what was done for the member since the form was made."""
    at = date_format(timezone.localtime(note.at), "DATETIME_FORMAT")
    told = _(
        "Done since you opened that page, %(when)s: %(who)s %(what)s. Please look at it, then choose again."
    )
    return told % {"when": at, "who": note.by_name, "what": note.for_her}


def _news(line: ConcernLine) -> str:
    """Return what the member has reported since the form was made."""
    at = date_format(timezone.localtime(line.row.reported_at), "DATETIME_FORMAT")
    told = _("New since you opened that page, %(when)s: %(what)s. Please look at it, then choose again.")
    return told % {"when": at, "what": ". ".join([line.title, *line.because])}


def _record_page(
    request: MemberRequest, participant: Participant, refused: CareForm | None = None
) -> HttpResponse:
    record = record_of(participant, timezone.now())
    place = record.place
    in_program = bool(place and place.enrollment.state in OPEN)
    state: dict[str, Any] = {"in_program": in_program, "is_held": record.is_held}
    state |= {"so_far": record.reports_so_far, "newest_action": record.newest_action}
    state["symptoms"] = record.held_symptoms if in_program else ()
    state["opens_at"] = record.opens_at if in_program else None
    about = str(refused["concern"].value()) if refused else None
    forms = [
        (
            line,
            refused if str(line.row.pk) == about else care_form(participant.pk, about=line.row, **state),
        )
        for line in record.open_concerns
    ]
    placed = any(form is refused for _line, form in forms)
    context = {
        "record": record,
        "may_care": request.user.has_perm(roles.CARE_FOR),
        "forms": forms,
        "form": refused if refused and not placed else care_form(participant.pk, **state),
    }
    return desk_render(
        request, "desk/member.html", context, str(participant.user), status=422 if refused else 200
    )
