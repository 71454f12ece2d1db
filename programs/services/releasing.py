"""Publishing with people inside: who goes on with what, and when. A session under way never changes."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, TextChoices
from django.utils.translation import gettext_lazy as _

from programs.authoring.parts import parts_of_plan, parts_written
from programs.facts.releases import plan_of
from programs.models import CheckIn, Enrollment, Release, SessionLog
from programs.plan import digest
from programs.querysets.journey import OPEN
from programs.rules.vocabulary import CheckInKind
from programs.services.publishing import publish
from programs.services.versions import put_parts

UNDER_WAY = timedelta(
    hours=3
)  # a check-in so recent, with no session finished since, may be a session under way


class Move(TextChoices):
    """What becomes of those who live an earlier release."""

    NOW = "now", _("Move them now")
    NEXT_WEEK = "next_week", _("Move them when their next week begins")
    LEAVE = "leave", _("Leave them with what they have")


@dataclass(frozen=True)
class Published:
    """A release and what became of the people inside; `later` are in a session and follow with their next week."""

    release: Release
    moved: int = 0
    later: int = 0


def people_inside(program, but=None):
    """Open enrollments of a program, without those that live the release `but` already."""
    inside = Enrollment.objects.filter(release__program=program, state__in=OPEN)
    return inside.exclude(release=but) if but else inside


@transaction.atomic
def publish_for(program, move, by, now):
    """Publish what is written and move the people inside as `move` says. Raises ValidationError with every remark."""
    return _moved(publish(program, by, now), move, now)


@transaction.atomic
def go_back(release, move, by, now):
    """Publish what an earlier release said, as the newest one, and write it back for editing.

    Parts written since that the release does not know stay as they are written, without being published.
    """
    plan = plan_of(release.pk)
    written, wanted = parts_written(release.program), parts_of_plan(plan)
    put_parts(
        release.program,
        {where: part for where, part in wanted.items() if digest(part) != digest(written.get(where))},
        by,
        now,
    )
    newest = Release.objects.select_for_update().filter(program=release.program).order_by("-number").first()
    again = newest
    if newest.digest != release.digest:
        again = Release.objects.create(
            program=release.program,
            number=newest.number + 1,
            plan=plan.to_json(),
            digest=release.digest,
            published_by=by,
            published_at=now,
        )
    return _moved(again, move, now)


def _moved(release, move, now):
    others = people_inside(release.program, but=release)
    if move == Move.LEAVE:
        return Published(release)
    if move == Move.NEXT_WEEK:
        return Published(release, later=others.update(next_release=release))
    weeks = [week.number for week in plan_of(release.pk).weeks]
    fitting = others.filter(week__in=weeks).annotate(in_session=Exists(_sessions_under_way(now)))
    # Whoever may be in the middle of a session first: the other update would change what the filter sees.
    later = fitting.filter(in_session=True).update(next_release=release)
    moved = fitting.filter(in_session=False).update(release=release, next_release=None)
    return Published(release, moved=moved, later=later)


def _sessions_under_way(now):
    """Check-ins before a session that may still be going on."""
    done = SessionLog.objects.filter(
        enrollment=OuterRef("enrollment"), kind="session", finished_at__gte=OuterRef("made_at")
    )
    return CheckIn.objects.filter(
        ~Exists(done), enrollment=OuterRef("pk"), kind=CheckInKind.BEFORE, made_at__gte=now - UNDER_WAY
    )
