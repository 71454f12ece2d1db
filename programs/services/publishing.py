"""From what the therapist has written to a release that mothers live."""

from django.core.exceptions import ValidationError
from django.db import transaction

from programs.authoring.content import plan_of_rows
from programs.models import Program, Release
from programs.plan import digest


@transaction.atomic
def publish(program, by, now):
    """Freeze what is written for `program` as its newest release, published by the account `by` (or None).

    Nothing new is made when nothing was changed since the last release: that one is returned. Raises
    ValidationError with every remark when something is broken.
    """
    program = Program.objects.select_for_update().get(pk=program.pk)
    plan, found = plan_of_rows(program)
    if found:
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


def is_ahead(program):
    """Whether what is written differs from the newest release, or there is none."""
    plan, _found = plan_of_rows(program)
    last = _newest(program)
    return last is None or plan is None or last.digest != digest(plan)


def _newest(program):
    return Release.objects.filter(program=program).defer("plan").order_by("-number").first()
