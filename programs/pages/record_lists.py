"""All check-ins and all sessions of a member, whenever they began the program, a page at a time and newest first."""

from typing import Any

from django.core.paginator import Page, Paginator

from programs.facts.standing import plan_for
from programs.models import CheckIn, Enrollment, Participant, SessionLog
from programs.pages.history import log_lines
from programs.pages.record import check_in_line

PER_PAGE = 50
# What a line says, so that no answers are decrypted.
OF_A_LINE = ("made_at", "kind", "outcome", "rules_matched", "red_flags", "replaced_at", "replaces")


def check_ins_page(participant: Participant, number: str | None) -> Page[Any]:
    """Return a page of CheckInLine; the nearest one where there is none of this number (two queries)."""
    rows = CheckIn.objects.filter(enrollment__participant=participant).only(*OF_A_LINE)
    page: Page[Any] = Paginator(rows, PER_PAGE).get_page(number)
    page.object_list = [check_in_line(row) for row in page.object_list]
    return page


def sessions_page(participant: Participant, number: str | None) -> Page[Any]:
    """Return a page of LogLine; the nearest one where there is none of this number (three queries)."""
    rows = SessionLog.objects.filter(enrollment__participant=participant).lean()
    page: Page[Any] = Paginator(rows.order_by("-finished_at", "-pk"), PER_PAGE).get_page(number)
    enrollment = Enrollment.objects.of(participant.user).first()
    page.object_list = log_lines(plan_for(enrollment), page.object_list) if enrollment else []
    return page
