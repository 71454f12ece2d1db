"""Facts derived from what a member reported before: streaks, levels, days passed.

A history is a sequence of `PastCheckIn`, oldest first. Answers are read from the newest back, and no further than they
matter: those of most check-ins are never decrypted. Functions whose text says "counting today" want
today's check-in as the last one. Source: evidence base, section F, "Context from history", and section C. Where
that text leaves a choice the more careful one is taken, and the docstring says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice, takewhile
from typing import Any

from .vocabulary import Advice, CheckInKind, Outcome

ONE_DAY = timedelta(hours=24)

EASY_EFFORT = 3  # context, easyStreak: effort of 3 or less
STRONG_HEAVINESS = 2  # context, heavyStreak: heaviness of 2 or more
MOOD_CHECK_INS = 4  # context, moodLowIn4


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCheckIn:
    """One check-in, stored or just being judged.

    `at` is an aware datetime in the member's time zone. `answers` are under the clinical names, as the rules
    take them; an emergency that cuts the check-in short leaves some out, and a missing answer neither counts
    nor breaks a streak. `outcome` is None only during evaluation. `session_mode` says of an after-check how
    its session was done (see `carry_over`); breathing_only is a rest session. `rules` are the ids of the matching rules.
    """

    kind: CheckInKind
    at: datetime
    answers: Mapping[str, Any]
    outcome: Outcome | None = None
    advice: Sequence[Advice] = ()
    session_mode: Outcome = Outcome.GO
    rules: Sequence[str] = ()


History = Sequence[PastCheckIn]
REST_MODES = frozenset(mode for mode in Outcome if mode.rank >= Outcome.BREATHING_ONLY.rank)


def is_rest(past: PastCheckIn) -> bool:
    """Whether it reports a rest session: breathing and letting go only."""
    return past.kind == CheckInKind.AFTER and past.session_mode in REST_MODES


def is_easy(past: PastCheckIn) -> bool:
    """Whether an after-check reports a session done as planned, with effort of 3 or less and outcome go.

    One that was eased is easy by design (the more careful reading).
    """
    return past.outcome == past.session_mode == Outcome.GO and past.answers["effort"] <= EASY_EFFORT


def bleeding_more_streak(history: History) -> int:
    """Count check-ins in a row with bleeding "more" (or "heavy"), counting today. See `_longer_streak`."""
    return _longer_streak(history, "bleeding", lambda bleeding: bleeding in ("more", "heavy"))


def heavy_streak(history: History) -> int:
    """Count check-ins in a row with heaviness of 2 or 3, counting today. See `_longer_streak`."""
    return _longer_streak(history, "heaviness", lambda heaviness: heaviness >= STRONG_HEAVINESS)


def worse_still_streak(history: History) -> int:
    """Count answers "still worse a day later" in a row, counting today."""
    return _streak(_newest_responses(history), lambda response: response == "worse_still")


def mood_low_in4(history: History) -> int:
    """Count how many of the last four check-ins that ask for mood, counting today, had low mood.

    "Not safe" and thoughts of harm with help count as low.
    """
    return sum(mood != "ok" for mood in islice(_newest_answers(history, "mood"), MOOD_CHECK_INS))


def pf_no_streak(history: History) -> int:
    """Count sessions in a row in which the member could not let go, counting today.

    Sessions without squeezes neither count nor break the streak: after the first "no" the next two have none.
    """
    answers = _newest_answers(_after(history), "pfRelease")
    return _streak((answer for answer in answers if answer != "na"), lambda answer: answer == "no")


def doming_kept_streak(history: History) -> int:
    """Count sessions in a row in which doming kept coming, counting today; a rest session without does not break it."""
    doming = (
        past.answers["doming"]
        for past in reversed(_after(history))
        if "doming" in past.answers and not (is_rest(past) and past.answers["doming"] == "none")
    )
    return _streak(doming, lambda answer: answer == "kept")


def easy_streak(history: History) -> int:
    """Count sessions in a row that were easy, counting today. See `is_easy`."""
    return _streak(reversed(_after(history)), is_easy)


def baseline_leak(history: History, phase_began: datetime, screening_level: int) -> int:
    """Return the leak level (0 to 3) when the current phase began.

    It is that of the last before-check until then; without one, `screening_level` (see `screening.leak_level`).
    """
    until_then = [past for past in history if past.kind == CheckInKind.BEFORE and past.at <= phase_began]
    level: int = next(_newest_answers(until_then, "leak"), screening_level)
    return level


def baseline_heaviness(history: History, until: datetime, screening_level: int) -> int:
    """Return the heaviness (0 to 3) at a moment: that of the last before-check until then, else `screening_level`."""
    until_then = [past for past in history if past.kind == CheckInKind.BEFORE and past.at <= until]
    level: int = next(_newest_answers(until_then, "heaviness"), screening_level)
    return level


def worse_still_in_last3(history: History, since: datetime | None = None) -> int:
    """Count how many of the last three answers about the day after a session were "still worse": 0 to 3."""
    return last_responses(_since(history, since), 3).count("worse_still")


def last_responses(history: History, most: int | None = None) -> list[str]:
    """Return the last `most` answers about the day after a session, oldest first; "first session" is no answer.

    Answers by the next-morning link and in a check-in of the same day are one, the later one.
    """
    return list(islice(_newest_responses(history), most))[::-1]


def days_passed(since: datetime, now: datetime) -> int:
    """Count whole days of 24 hours; by hours passed, so that no change of time zone makes a day."""
    return max(0, (now - since) // ONE_DAY)


def days_since_last(last_session: datetime | None, now: datetime) -> int | None:
    """Count whole days since the last finished session; None when there was none."""
    return None if last_session is None else days_passed(last_session, now)


def _newest_responses(history: History) -> Iterator[str]:
    """Yield the same, newest first."""
    later: PastCheckIn | None = None
    for past in reversed(history):
        answer = past.answers.get("lastResponse", "first")
        if answer == "first":
            continue
        if later is None or not _same_morning(past, later):
            yield answer
        later = past


def _newest_answers(history: History, name: str) -> Iterator[Any]:
    """Yield the answers to question `name`, where it was asked and answered, newest first."""
    return (past.answers[name] for past in reversed(history) if name in past.answers)


def _since(history: History, since: datetime | None) -> list[PastCheckIn]:
    return [past for past in history if since is None or past.at > since]


def _after(history: History) -> list[PastCheckIn]:
    return [past for past in history if past.kind == CheckInKind.AFTER]


def _same_morning(one: PastCheckIn, other: PastCheckIn) -> bool:
    return one.at.date() == other.at.date() and CheckInKind.NEXT_MORNING in (one.kind, other.kind)


def _streak(newest_first: Iterable[Any], holds: Callable[[Any], bool]) -> int:
    """Count the newest values, without a gap, that satisfy `holds`."""
    return sum(1 for _ in takewhile(holds, newest_first))


def _longer_streak(history: History, name: str, holds: Callable[[Any], bool]) -> int:
    """Return the longer of two streaks: over all check-ins that ask for it, and over the before-checks alone.

    So a better answer after a rest session does not hide a symptom that is back at every before-check.
    """
    before = [past for past in history if past.kind == CheckInKind.BEFORE]
    return max(_streak(_newest_answers(row, name), holds) for row in (history, before))
