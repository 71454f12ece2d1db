"""Copy sessions and weeks, so that a new one begins from one that works."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from common.members import User
from programs.authoring.copies import CopyTarget
from programs.models import Program, Session, Week
from programs.services.versions import put_parts


@transaction.atomic
def copy_to(program: Program, target: CopyTarget, by: User, now: datetime) -> Session | Week:
    """Write a copy to its place, and return the row there. What it replaces stays among the earlier versions.

    Idempotent: a second time writes the same, and stores no version.
    """
    put_parts(program, target.parts, by, now)
    if target.where[0] == "sessions":
        return Session.objects.get(program=program, key=target.key)
    return Week.objects.get(phase__program=program, number=target.key)
