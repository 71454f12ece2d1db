"""Publish with members enrolled: who changes to the release, and when. A session under way never changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from common.members import User
from programs.authoring.parts import parts_of_plan, parts_written
from programs.facts.releases import plan_of
from programs.models import CheckIn, Enrollment, Program, Release, SessionLog
from programs.plan import digest
from programs.querysets.journey import OPEN
from programs.rules.vocabulary import CheckInKind
from programs.services.publishing import publish
from programs.services.versions import put_parts

# A check-in so recent, with no session finished since, may be a session under way.
UNDER_WAY = timedelta(hours=3)


class Move(TextChoices):
    """When members of an earlier release change to the new one."""

    NOW = "now", _("Move them now")
    NEXT_WEEK = "next_week", _("Move them when their next week begins")
    LEAVE = "leave", _("Leave them with what they have")


@dataclass(frozen=True)
class Published:
    """A release and the number of members `moved` to it; `later` ones follow with their next week."""

    release: Release
    moved: int = 0
    later: int = 0


def people_inside(program: Program, but: Release | None = None) -> QuerySet[Enrollment]:
    """Return the open enrollments of a program, without those on the release `but` already."""
    inside = Enrollment.objects.filter(release__program=program, state__in=OPEN)
    return inside.exclude(release=but) if but else inside


def releases_of_people(program: Program, last: Release | None) -> dict[str, int]:
    """Return how many members have the `last` release, `come` to another with their next week, or `stay` on an earlier one."""
    has, comes = Q(release=last), Q(next_release__isnull=False)
    found: dict[str, int] = people_inside(program).aggregate(
        have=Count("pk", filter=has & ~comes),
        come=Count("pk", filter=comes),
        stay=Count("pk", filter=~has & ~comes),
    )
    return found


@transaction.atomic
def publish_for(program: Program, move: str, by: User, now: datetime) -> Published:
    """Publish the content and move the members as `move` says. Raise ValidationError with every remark."""
    return _moved(publish(program, by, now), move, now)


@transaction.atomic
def go_back(release: Release, move: str, by: User, now: datetime) -> Published:
    """Publish an earlier release again, as the newest one, and write its parts back for editing.

    Parts written since that the release does not have stay as they are, unpublished.
    """
    plan = plan_of(release.pk)
    written, wanted = parts_written(release.program), parts_of_plan(plan)
    put_parts(
        release.program,
        {where: part for where, part in wanted.items() if digest(part) != digest(written.get(where))},
        by,
        now,
    )
    releases = Release.objects.select_for_update().filter(program=release.program)
    again = newest = releases.order_by("-number")[:1].get()
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


def _moved(release: Release, move: str, now: datetime) -> Published:
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


def _sessions_under_way(now: datetime) -> QuerySet[CheckIn]:
    """Return the check-ins before a session that may still be under way."""
    done = SessionLog.objects.filter(
        enrollment=OuterRef("enrollment"), kind="session", finished_at__gte=OuterRef("made_at")
    )
    return CheckIn.objects.filter(
        ~Exists(done), enrollment=OuterRef("pk"), kind=CheckInKind.BEFORE, made_at__gte=now - UNDER_WAY
    )
