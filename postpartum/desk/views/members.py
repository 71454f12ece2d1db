"""Members: found by name or mail, each record opened with a line that she can read."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from postpartum.desk import roles
from postpartum.desk.care import do_and_tell
from postpartum.desk.forms import CareForm
from postpartum.desk.pages import desk_page, desk_render
from programs.facts.record import record_of
from programs.models import Concern, Enrollment, Participant
from programs.services.care import NothingToDo
from programs.services.opened import note_opening

SHOWN = 50
NOTHING_TO_DO = {
    "unlock": gettext_lazy("The program is open already."),
    "step_back": gettext_lazy("She is in the first week already, or not in the program."),
    "hold": gettext_lazy("She is not in the program."),
    "resolve": gettext_lazy("This concern is not one of hers."),
}


@desk_page(roles.SEE_MEMBERS)
@require_safe
def members(request):
    """Members by name or mail; without a search, those who came last."""
    words = request.GET.get("q", "").strip()
    found = Participant.objects.select_related("user").order_by("-pk")
    if words:
        found = found.filter(Q(user__name__icontains=words) | Q(user__email__icontains=words))
    rows = list(found[: SHOWN + 1])
    places = Enrollment.objects.filter(participant__in=rows[:SHOWN]).order_by("participant", "-started_at")
    of_whom = {place.participant_id: place for place in places.distinct("participant")}
    lines = [(row, of_whom.get(row.pk)) for row in rows[:SHOWN]]
    context = {"lines": lines, "words": words, "more": len(rows) > SHOWN}
    return desk_render(request, "desk/members.html", context, _("Members"))


@desk_page(roles.SEE_MEMBERS)
@require_safe
def member(request, pk):
    """One record; looking at it is written down for her to read."""
    participant = get_object_or_404(Participant.objects.select_related("user", "country"), pk=pk)
    note_opening(participant, request.user, timezone.now())
    return _record_page(request, participant)


@desk_page(roles.SEE_MEMBERS, roles.CARE_FOR)
@require_POST
def care(request, pk):
    """Do what she asks for: write, let wait, step back, open again, settle."""
    participant = get_object_or_404(Participant.objects.select_related("user", "country"), pk=pk)
    form = _form(participant, request.POST)
    if form.is_valid():
        try:
            do_and_tell(participant, form.care(request.user), timezone.now())
        except NothingToDo as refused:
            form.add_error("follows", NOTHING_TO_DO[refused.kind])
        else:
            messages.success(request, _("Done. She is told by mail that there is something to read."))
            return redirect("admin:desk_member", pk)
    note_opening(participant, request.user, timezone.now())
    return _record_page(request, participant, form)


def _record_page(request, participant, refused=None):
    record = record_of(participant, timezone.now())
    place = record.place
    stands = {"place": place, "is_held": bool(place and place.standing.hold)}
    about = refused["concern"].value() if refused else ""
    context = {
        "record": record,
        "may_care": request.user.has_perm(roles.CARE_FOR),
        "forms": [
            (
                line,
                refused if str(line.row.pk) == str(about) else _form(participant, about=line.row, **stands),
            )
            for line in record.open_concerns
        ],
        "form": refused if refused and not about else _form(participant, **stands),
    }
    return desk_render(
        request, "desk/member.html", context, str(participant.user), status=422 if refused else 200
    )


def _form(participant, data=None, about=None, **stands):
    """The form about a concern, or about nothing in particular."""
    if not stands:
        place = Enrollment.objects.open_of(participant.user).first()
        stands = {"place": place, "is_held": bool(place and place.holds.filter(ended_at=None).exists())}
    initial = {"concern": about.pk} if about else {}
    return CareForm(
        data,
        initial=initial,
        auto_id=f"care_{about.pk if about else 'any'}_%s",
        concerns=Concern.objects.filter(participant=participant),
        in_program=bool(stands["place"]),
        is_held=stands["is_held"],
    )
