"""The ways out of a pause or an emergency, one row a way.

Source: evidence base, section F, "Unlocking after a pause" (check-in data, unlock); for locks that a
screening set, section B, "Red flags, urgency and when each ends" (screening data, redFlags.lockEnds).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

# Locks that a screening sets.
SCREEN_SELF_HARM, SCREEN_EMERGENCY = "SCREEN-E1", "SCREEN-E2"
SCREEN_SAME_DAY, SCREEN_WAIT = "SCREEN-U1", "SCREEN-W1"
# A change in the member's life (a pregnancy, a loss, surgery): the questions are asked anew.
SITUATION = "SITUATION"
# A lock that the therapist sets at the desk.
THERAPIST = "THERAPIST"


class UnlockKind(StrEnum):
    """The ways out of a lock that a check-in or a screening set, that of a change in life, and the therapist's."""

    SAFE = "safe"
    ASSESSED = "assessed"
    ADVISED = "advised"
    CHECKED = "checked"
    SETTLED = "settled"
    CHECKED_AND_SCREENED = "checked_and_screened"
    SCREENED = "screened"
    THERAPIST = "therapist"


class Requirement(StrEnum):
    """One thing that must be there before a lock ends."""

    SAFE_AND_SUPPORTED = "safe_and_supported"
    SPOKE_WITH_SOMEONE = "spoke_with_someone"
    A_DAY_PASSED = "a_day_passed"
    MOOD_NOT_UNSAFE = "mood_not_unsafe"
    SAFETY_QUESTIONS_AGAIN = "safety_questions_again"
    CLINICIAN_AGREED = "clinician_agreed"
    ADVICE_SAYS_OK = "advice_says_ok"
    SIGN_GONE = "sign_gone"
    SIGN_GONE_LONG_ENOUGH = "sign_gone_long_enough"
    SCREENED_AGAIN = "screened_again"
    CHECK_DONE = "check_done"
    CONTACTED_OR_BOOKED = "contacted_or_booked"
    SYMPTOM_SETTLED = "symptom_settled"
    THERAPIST_AGREES = "therapist_agrees"


class Restart(StrEnum):
    """Where the member goes on after the lock."""

    SAME_WEEK = "same_week"
    ONE_WEEK_BACK = "one_week_back"
    SAME_PHASE_OR_LOWER = "same_phase_or_lower"


@dataclass(frozen=True, slots=True)
class Unlock:
    """One row: the rules that set the lock, all that ends it, and where the member goes on."""

    kind: UnlockKind
    rules: frozenset[str]
    requires: tuple[Requirement, ...]
    restart: Restart
    source: str


_SECTION_F = "evidence base, section F, unlocking after a pause"
_SECTION_B = "evidence base, section B"

UNLOCKS = (
    Unlock(UnlockKind.SAFE,
           frozenset({"PRE-E1", SCREEN_SELF_HARM}),
           (Requirement.A_DAY_PASSED, Requirement.SAFE_AND_SUPPORTED, Requirement.SPOKE_WITH_SOMEONE,
            Requirement.MOOD_NOT_UNSAFE, Requirement.SAFETY_QUESTIONS_AGAIN),
           Restart.SAME_WEEK, _SECTION_F),
    Unlock(UnlockKind.ASSESSED,
           frozenset({"PRE-E2", "PRE-E3", "POST-E1", "POST-E2", SCREEN_EMERGENCY}),
           (Requirement.CLINICIAN_AGREED, Requirement.SIGN_GONE_LONG_ENOUGH, Requirement.SCREENED_AGAIN),
           Restart.ONE_WEEK_BACK, _SECTION_F),
    Unlock(UnlockKind.ADVISED,
           frozenset({"PRE-U1", "PRE-U2", "PRE-U3", "PRE-U4", "PRE-U5",
                      "POST-U1", "POST-U2", "POST-U3", "POST-U4", "POST-U5", SCREEN_SAME_DAY}),
           (Requirement.ADVICE_SAYS_OK, Requirement.SIGN_GONE, Requirement.SIGN_GONE_LONG_ENOUGH,
            Requirement.SCREENED_AGAIN),
           Restart.SAME_WEEK, _SECTION_F),
    Unlock(UnlockKind.CHECKED,
           frozenset({"PRE-C1", "PRE-C2", "PRE-C7", "PRE-C8", "POST-C1", "POST-C2", "POST-C5", "POST-C6"}),
           (Requirement.CHECK_DONE,),
           Restart.SAME_PHASE_OR_LOWER, _SECTION_F),
    Unlock(UnlockKind.SETTLED,
           frozenset({"PRE-C3", "PRE-C4", "PRE-C5", "PRE-C6", "POST-C3", "POST-C4"}),
           (Requirement.SYMPTOM_SETTLED, Requirement.CONTACTED_OR_BOOKED),
           Restart.ONE_WEEK_BACK, _SECTION_F),
    # "She confirms the check with its date, then full screening again; a milder answer alone does not end it."
    Unlock(UnlockKind.CHECKED_AND_SCREENED,
           frozenset({SCREEN_WAIT}),
           (Requirement.CHECK_DONE, Requirement.SCREENED_AGAIN),
           Restart.SAME_WEEK, f"{_SECTION_B}, holds"),
    Unlock(UnlockKind.SCREENED,
           frozenset({SITUATION}),
           (Requirement.SCREENED_AGAIN,),
           Restart.SAME_WEEK, "evidence base, section B, rules for the screen"),
    # Only the therapist ends a lock of the therapist; nothing a member confirms does.
    Unlock(UnlockKind.THERAPIST,
           frozenset({THERAPIST}),
           (Requirement.THERAPIST_AGREES,),
           Restart.SAME_WEEK, f"{_SECTION_F}: a clinician agrees"),
)  # fmt: skip

# Emergencies of the body: the page says to stop and call, and nothing else is open.
BREATHING_CLOSED = frozenset({"PRE-E2", "PRE-E3", "POST-E1", "POST-E2", SCREEN_EMERGENCY})
