"""Publish the content of a program as a release for members."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from common.members import User
from programs.authoring.content import plan_of_rows
from programs.models import Program, Release
from programs.plan import digest


@transaction.atomic
def publish(program: Program, by: User | None, now: datetime) -> Release:
    """Freeze the content of `program` as its newest release, published by the account `by` (or None).

    Idempotent: return the last release when nothing was changed since. Raise ValidationError with every remark when something is broken.
    """
    program = Program.objects.select_for_update().get(pk=program.pk)
    plan, found = plan_of_rows(program)
    if found or plan is None:
        raise ValidationError([str(remark) for remark in found])
    last = _newest(program)
    written = digest(plan)
    if last and last.digest == written:
        return last
    return Release.objects.create(
        program=program,
        number=last.number + 1 if last else 1,
        plan=plan.to_json(),
        digest=written,
        published_by=by,
        published_at=now,
    )


def sign_off(release: Release, by: User, now: datetime) -> None:
    """Note that somebody stands behind a release. Idempotent: the first one counts."""
    waiting = Release.objects.filter(pk=release.pk, signed_off_at=None)
    waiting.update(signed_off_at=now, signed_off_by_name=str(by)[:120])


def is_ahead(program: Program) -> bool:
    """Whether the content differs from the newest release, or there is none."""
    plan, _found = plan_of_rows(program)
    last = _newest(program)
    return last is None or plan is None or last.digest != digest(plan)


def _newest(program: Program) -> Release | None:
    return Release.objects.filter(program=program).defer("plan").order_by("-number").first()
