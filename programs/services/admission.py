"""Whom the program is open to, and admitting a member where it is not open to everybody."""

import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from common.locks import lock_name
from common.members import User
from programs.models import EnrollCode, Enrollment, EnrollmentMode, EnrollmentPolicy, Participant

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without letters and digits that look alike
LENGTH = 8


class CodeRefusedError(Exception):
    """Nobody knows this code, its last day is over, or all its places are taken."""


def closed_to(participant: Participant) -> EnrollmentMode | None:
    """Return the mode that keeps the member from joining; None for whoever may (at most two queries)."""
    if participant.admitted_at:
        return None
    mode = EnrollmentPolicy.current_mode()
    is_known = mode == EnrollmentMode.OPEN or Enrollment.objects.filter(participant=participant).exists()
    return None if is_known else mode


def set_enrollment_mode(mode: EnrollmentMode) -> None:
    """Open the program to these people. Whoever has joined stays. Idempotent."""
    EnrollmentPolicy.objects.update_or_create(pk=1, defaults={"mode": mode})


@transaction.atomic
def admit(user: User, now: datetime) -> Participant:
    """Let the member join whatever the mode. Idempotent."""
    participant, _created = Participant.objects.get_or_create(user=user)
    Participant.objects.filter(pk=participant.pk, admitted_at=None).update(admitted_at=now)
    return participant


@transaction.atomic
def redeem(user: User, typed: str, now: datetime) -> None:
    """Admit the member by a code; a member who was admitted before takes no place. Raise CodeRefusedError.

    One UPDATE takes the place only where one is left, so that of any number at once no more than `places` get in.
    """
    Participant.objects.get_or_create(user=user)
    participant = Participant.objects.select_for_update().get(user=user)
    if participant.admitted_at:
        return
    code = EnrollCode.normal(typed)
    codes = EnrollCode.open_on(timezone.localdate(now)).filter(code=code)
    is_code_day = EnrollmentPolicy.current_mode() == EnrollmentMode.CODE
    if not is_code_day or not codes.update(used=F("used") + 1):
        raise CodeRefusedError
    participant.admitted_at, participant.enroll_code = now, code
    participant.save(update_fields=["admitted_at", "enroll_code"])


@transaction.atomic
def create_code(name: str, places: int, ends_on: date, now: datetime) -> EnrollCode:
    """Create a code that nobody guesses; a second tap within a minute makes no second one."""
    lock_name("enroll codes")
    same = EnrollCode.objects.filter(name=name, places=places, ends_on=ends_on)
    if known := same.filter(created_at__gt=now - timedelta(minutes=1)).first():
        return known
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return EnrollCode.objects.create(code=code, name=name, places=places, ends_on=ends_on, created_at=now)


def end_code(code: EnrollCode, day: date) -> None:
    """Let the code admit nobody from this day on. Idempotent."""
    EnrollCode.objects.filter(pk=code.pk, ends_on__gte=day).update(ends_on=day - timedelta(days=1))
