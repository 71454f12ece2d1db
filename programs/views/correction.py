"""The page behind "I tapped the wrong answer": the same questions again, with the answers as they were tapped."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.members import MemberRequest, member_page
from programs.facts.correcting import correction_refused
from programs.facts.journey import journey_of
from programs.facts.standing import standing_of
from programs.forms.check_in import CheckInForm, as_tapped
from programs.models import CheckIn, Enrollment
from programs.pages.help import help_for
from programs.pages.suggested_answers import known_answers
from programs.rules.carry_over import NotCorrected
from programs.rules.vocabulary import CheckInKind
from programs.services.correction import CorrectionRefused, correct_check_in
from programs.views.access import enrollment_of
from programs.wording.check_in import NOT_CORRECTED_WORDS


@member_page
@require_http_methods(["GET", "POST"])
def correct(request: MemberRequest, client_id: UUID) -> HttpResponse:
    """Show the answers of one check-in to correct, and record the corrected ones; or say why they stay."""
    now = timezone.now()
    enrollment = enrollment_of(request.user)
    rows = CheckIn.objects.filter(enrollment=enrollment).select_related("enrollment__participant__country")
    first = get_object_or_404(rows, client_id=client_id)
    if first.replaced_at:
        return redirect("check_in_outcome", first.client_id)
    if refused := correction_refused(first, now):
        return _refused(request, enrollment, refused)
    form = _form(request, first)
    if request.method == "POST":
        is_valid = form.is_valid()
        try:
            row = correct_check_in(first, form.as_made(first.session_key), is_valid, now)
        except CorrectionRefused as refusal:
            return _refused(request, enrollment, refusal.why)
        if row:
            messages.success(request, _("Corrected. Both answers are kept, and your therapist sees both."))
            return redirect("check_in_outcome", row.client_id)
    context = {"form": form, "first": first}
    return render(request, "programs/check_in/correct.html", context, status=422 if form.errors else 200)


def _form(request: MemberRequest, first: CheckIn) -> CheckInForm:
    """Return the form of the first check-in: what was not asked then is not asked now, and nothing is suggested."""
    kind = CheckInKind(first.kind)
    return CheckInForm(
        kind,
        request.POST if request.method == "POST" else None,
        now=first.made_at,
        known=known_answers(first.enrollment, kind, first.made_at),
        initial={"client_id": uuid4(), **as_tapped(first.answers, first.is_complete)},
    )


def _refused(request: MemberRequest, enrollment: Enrollment, why: NotCorrected) -> HttpResponse:
    """Say why the answers stay, and what opens the next step."""
    context = {
        "words": NOT_CORRECTED_WORDS[why],
        "is_crisis": why == NotCorrected.SELF_HARM,
        "standing": standing_of(journey_of(enrollment, timezone.now())),
        "help": help_for(enrollment.participant.country),
    }
    return render(request, "programs/check_in/not_corrected.html", context, status=403)
