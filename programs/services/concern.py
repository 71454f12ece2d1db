"""Open concerns for the therapist, and settle them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Sum

from common.members import User
from programs.models import Concern, SafetyHold
from programs.rules.concerns import ConcernMark
from programs.rules.vocabulary import Urgency

SETTLED_FOR = timedelta(days=28)  # after so long the same thing is worth another look
MAX_TIMES = 50


def open_concerns(
    participant_id: int | None, marks: Iterable[ConcernMark], at: datetime, **source: Any
) -> None:
    """Open a Concern for each of `marks`, with its `source` (check_in=…, decision=…, …). Idempotent by source.

    A mark of a state that goes on is added to its concern: one per state, not one per week. A comment is always a
    concern of its own. Call it in the transaction that stores the source.
    """
    for mark in marks:
        same: dict[str, Any] = {"participant_id": participant_id, "code": mark.code, **source}
        if Concern.objects.filter(**same).exists():
            continue
        is_apart = "comment_number" in source
        state = None if participant_id is None or is_apart else _same_state(participant_id, mark, at)
        if state:
            _add(state, mark, at)
        else:
            Concern.objects.create(
                participant_id=participant_id,
                code=mark.code,
                urgency=mark.urgency,
                facts={"because": list(mark.because)},
                opened_at=at,
                **source,
            )


def _newest(participant_id: int, code: str) -> Concern | None:
    """Return the newest concern of `code`, locked, so that nobody settles it while a report is added."""
    rows = Concern.objects.filter(participant_id=participant_id, code=code)
    return rows.select_for_update(of=("self",)).first()


@transaction.atomic
def open_concern_about_words(participant_id: int, mark: ConcernMark, at: datetime) -> None:
    """Open a concern about words a member typed in a form that keeps no row of its own. One per code.

    The same words again are added to an open one, and open a settled one anew: nobody has seen these yet.
    """
    _open_or_add(_newest(participant_id, mark.code), participant_id, mark, at)


def open_concern_of_hold(hold: SafetyHold, mark: ConcernMark, at: datetime) -> None:
    """Open a concern about what set or widened `hold`; one of the same code is added to, and opened anew if settled.

    Call it in the transaction that stores the hold.
    """
    rows = Concern.objects.filter(participant=hold.participant_id, code=mark.code, hold=hold)
    found = rows.select_for_update(of=("self",)).first()
    _open_or_add(found, hold.participant_id, mark, at, hold=hold)


def _open_or_add(
    found: Concern | None, participant_id: int, mark: ConcernMark, at: datetime, **source: Any
) -> None:
    if found is None:
        open_concerns(participant_id, [mark], at, **source)
        return
    if found.resolved_at:
        Concern.objects.filter(pk=found.pk).update(resolved_at=None, resolved_by=None)
    _add(found, mark, at)


def _same_state(participant_id: int, mark: ConcernMark, at: datetime) -> Concern | None:
    """Return the concern of the same state: an open one, or a routine one with the same reasons settled lately.

    A mark that is for now or today is never added to a settled concern: it opens a new one.
    """
    newest = _newest(participant_id, mark.code)
    if newest is None or newest.resolved_at is None:
        return newest
    is_same = set(mark.because) <= set(newest.facts.get("because", ()))
    is_late = at - newest.resolved_at > SETTLED_FOR
    return newest if mark.urgency == Urgency.ROUTINE and is_same and not is_late else None


def _add(concern: Concern, mark: ConcernMark, at: datetime) -> None:
    """Add a mark found again: its reasons, its time, and its urgency where that is greater."""
    facts = dict(concern.facts)
    facts["because"] = list(dict.fromkeys([*facts.get("because", ()), *mark.because]))
    facts["again"] = [*facts.get("again", ()), at.isoformat()][-MAX_TIMES:]
    concern.urgency = Urgency.worst([Urgency(concern.urgency), mark.urgency])
    _save(concern, facts)


def _save(concern: Concern, facts: dict[str, Any]) -> None:
    """Store one more report."""
    concern.facts, concern.reports = facts, concern.reports + 1
    concern.save(update_fields=["facts", "urgency", "reports", "reported_at"])


def mark_corrected(participant_id: int, codes: Iterable[str], now: datetime) -> None:
    """Note on the newest concern of each of `codes` that the report behind it was a tap on the wrong answer."""
    for code in codes:
        if concern := _newest(participant_id, code):
            corrected = [*concern.facts.get("corrected", ()), now.isoformat()][-MAX_TIMES:]
            _save(concern, concern.facts | {"corrected": corrected})


def reports_of(participant_id: int) -> int:
    """Return how much a member has reported that the therapist must see, in all; it only ever grows (one query)."""
    counted = Concern.objects.filter(participant_id=participant_id).aggregate(reports=Sum("reports"))
    return counted["reports"] or 0


def settle_concern(concern: Concern, by: User, note: str, now: datetime) -> bool:
    """Settle a concern with a note that says why. Idempotent: a settled one keeps its first note.

    Return whether it is settled by this note; False where somebody else's stands already.
    """
    open_one = Concern.objects.filter(pk=concern.pk, resolved_at=None)
    if open_one.update(resolved_at=now, resolved_by=by, note=note):
        return True
    settled = Concern.objects.get(pk=concern.pk)
    return settled.resolved_by_id == by.pk and settled.note == note
