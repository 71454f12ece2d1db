"""What must hold for every member on every simulated day, judged from stored rows by other means than the services.

The dates of the phases are written down again here on purpose: a mistake in the rules must not hide itself.
Source of the dates: evidence base, section B, "Phase gates that follow from screening".
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from programs.facts import clearances
from programs.facts.adapted_session import AdaptedSession, session_for
from programs.facts.standing import Standing, closed_because, plan_for, standing_of
from programs.models import (
    CheckIn,
    Decision,
    Enrollment,
    SafetyHold,
    SessionLog,
)
from programs.plan import Plan
from programs.rules.vocabulary import (
    CheckInKind,
    DecisionOutcome,
    EnrollmentState,
    Focus,
    Outcome,
    SafetyAction,
    SessionKind,
)
from programs.simulation import silence
from programs.simulation.life import DAY, MINUTE, Life

USUAL_DAYS = {1: 14, 2: 42, 3: 63, 4: 84}
LATER_DAYS = {1: 14, 2: 56, 3: 77, 4: 98}
CHECK_HOURS, REST_HOURS, BLEEDING_REST_HOURS = 12, 24, 48
DAYS_BETWEEN_ADVANCES = 6
DAYS_REMEMBERED = (
    7  # until all rows of a life are read again, whether or not anything is known to have changed
)
CLOCKS = timedelta(minutes=5)
CORRECTED_WITHIN, CORRECTED_AGAIN_AFTER = timedelta(minutes=10), timedelta(hours=24)
MOVE_NOBODY = ("PR-1", "PR-16")  # a pause, and a week that waits for its end
ADVANCES = (DecisionOutcome.ADVANCE_WEEK, DecisionOutcome.ADVANCE_PHASE, DecisionOutcome.PROGRAM_COMPLETE)


class Watch:
    """Watches one life. `look` returns what is wrong on this day, each as a sentence."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self._logs: set[int] = set()
        self._decision = self._days = 0

    def look(self) -> list[str]:
        """Return what is wrong now; looks at each counted session and each decision once."""
        with timezone.override(self.life.zone):
            self._days += 1
            if self._days % DAYS_REMEMBERED == 0:
                self.life.read_anew()
            return [*self._sessions(), *self._weeks(), *self._corrections(), *self._now()]

    # --- Sessions that count ---------------------------------------------------------------------------------
    def _sessions(self) -> Iterator[str]:
        counting = self.life.memory.recall("counting", [SessionLog], self._counting)
        new = counting - self._logs
        self._logs |= new
        if not new:
            return
        for log in SessionLog.objects.filter(pk__in=new).select_related("enrollment__screening"):
            for wrong in (*self._not_done(log), *self._not_open(log)):
                yield f"session {log.session_key} of {log.started_at:%d %b %H:%M} counts, but {wrong}"

    def _counting(self) -> set[int]:
        logs = SessionLog.objects.counting().filter(enrollment__participant=self.life.participant)
        return set(logs.values_list("pk", flat=True))

    def _not_done(self, log: SessionLog) -> Iterator[str]:
        done = self.life.diary.get(log.client_id)
        if done is None or done.key != log.session_key:
            yield "was never done"
        others = SessionLog.objects.filter(
            enrollment=log.enrollment, kind=SessionKind.SESSION, counts_as_done=True,
            started_at__lt=log.finished_at, finished_at__gt=log.started_at,
        )  # fmt: skip
        if others.exclude(pk=log.pk).exists():
            yield "another session was done at the same time"

    def _not_open(self, log: SessionLog) -> Iterator[str]:
        began = log.started_at
        holds = SafetyHold.objects.filter(participant=self.life.participant, began_at__lt=began)
        if any(hold.ended_at is None or hold.ended_at > began for hold in holds):
            yield "a hold was in force"
        phase = (log.week - 1) // 3 + 1
        if highest_phase(log.enrollment, began) < phase:
            yield f"phase {phase} was closed"
        checks = CheckIn.objects.standing().filter(
            enrollment=log.enrollment, is_complete=True, made_at__lte=began + CLOCKS
        )
        yield from _checks_against(list(checks), began)

    # --- Decisions -------------------------------------------------------------------------------------------
    def _weeks(self) -> Iterator[str]:
        decisions = self.life.memory.recall("decisions", [Decision], self._decided)
        last, self._decision = self._decision, max([self._decision, *(one.pk for one in decisions)])
        for decision in decisions:
            if decision.pk > last and decision.outcome in ADVANCES:
                for wrong in self._moved_too_soon(decision):
                    yield f"week {decision.to_week} opened after week {decision.from_week}, but {wrong}"

    def _decided(self) -> list[Decision]:
        new = Decision.objects.filter(enrollment__participant=self.life.participant, pk__gt=self._decision)
        return list(new.select_related("enrollment__screening"))

    def _moved_too_soon(self, decision: Decision) -> Iterator[str]:
        at, enrollment = decision.made_at, decision.enrollment
        earlier = enrollment.decisions.filter(made_at__lt=at).exclude(rule__in=MOVE_NOBODY)
        began = max([enrollment.started_at, *earlier.values_list("made_at", flat=True)])
        if (at - began) // DAY < DAYS_BETWEEN_ADVANCES:
            yield f"the week was {(at - began) // DAY} days old"
        done = {
            one.key for one in self.life.diary.values() if one.is_reported and began <= one.finished <= at
        }
        if len(done) < 2:
            yield f"{len(done)} sessions of it were done and reported"
        phase = (decision.to_week - 1) // 3 + 1
        if highest_phase(enrollment, at) < phase:
            yield f"phase {phase} was closed"

    # --- Corrections -----------------------------------------------------------------------------------------
    def _corrections(self) -> Iterator[str]:
        replaced = self.life.memory.recall("replaced", [CheckIn], self._replaced, grow=lambda rows: rows)
        earlier: datetime | None = None
        for row in replaced:
            at = row.replaced_at or row.made_at
            for wrong in _against_correcting(row, at, earlier):
                yield f"the check-in of {row.made_at:%d %b %H:%M} was corrected, but {wrong}"
            earlier = at

    def _replaced(self) -> list[CheckIn]:
        mine = CheckIn.objects.filter(
            enrollment__participant=self.life.participant, replaced_at__isnull=False
        )
        return list(mine.select_related("replaced_by").order_by("replaced_at"))

    # --- The member's pages now ------------------------------------------------------------------------------
    def _now(self) -> Iterator[str]:
        life, journey, hold = self.life, self.life.journey, self.life.hold
        if hold:
            yield from silence.of_hold(life, hold)
        yield from silence.of_week(life)
        if journey is None or journey.enrollment.state != EnrollmentState.ACTIVE:
            return
        enrollment, plan, standing = journey.enrollment, plan_for(journey.enrollment), standing_of(journey)
        phase = (enrollment.week - 1) // 3 + 1
        if phase > max(1, highest_phase(enrollment, life.now)):
            yield f"the member is in week {enrollment.week}, but phase {phase} is closed"
        for session in (*plan.sessions_of_week(enrollment.week), plan.daily_of_week(enrollment.week)):
            if closed_because(standing, session, enrollment.week) is None:
                if hold:
                    yield f"{session.key} is open in a hold"
                yield from against_flags(plan, session_for(plan, session.key, standing), standing)
        yield from self._phone(plan, standing, enrollment)

    def _phone(self, plan: Plan, standing: Standing, enrollment: Enrollment) -> Iterator[str]:
        """What the phone has just fetched is what the site shows."""
        phone = self.life.phone
        if phone is None or phone.at != self.life.now:
            return
        for kept in phone.sessions:
            if closed_because(standing, kept.session, enrollment.week, needs_check=False):
                yield f"the phone keeps {kept.session.key}, which is closed"
            elif session_for(plan, kept.session.key, standing).steps != kept.steps:
                yield f"the phone keeps another {kept.session.key} than the site shows"


def highest_phase(enrollment: Enrollment, at: datetime) -> int:
    """Return the highest phase the dates allow at a moment, by the later dates where they apply."""
    flags = set(enrollment.screening.flags)
    later = flags & {"cesarean", "oasi", "levator"} or (
        "assisted" in flags
        and "pf_checked" not in flags
        and not any(row.code == "pelvic_check" for row in clearances.load_clearances(enrollment))
    )
    days = (timezone.localdate(at) - enrollment.birth_date).days
    return max(
        (phase for phase, day in (LATER_DAYS if later else USUAL_DAYS).items() if days >= day), default=0
    )


def against_flags(plan: Plan, todo: AdaptedSession, standing: Standing) -> Iterator[str]:
    """What in a session open now stands against a flag, or against the outcome of the check-ins."""
    for item in todo.items:
        exercise, name = item.exercise.facts, f"{item.exercise.slug} in {todo.session.key}"
        actions = {flag: exercise.rule_for(flag).action for flag in standing.flags}
        if SafetyAction.SWAP in actions.values():
            yield f"{name} is to be swapped under {', '.join(sorted(standing.flags))}"
        if SafetyAction.EASIER in actions.values() and not item.is_easier:
            yield f"{name} is not the easier version under {', '.join(sorted(standing.flags))}"
        if item.may_try_harder and (
            set(actions.values()) - {SafetyAction.OK}
            or exercise.harder_never_with & standing.flags
            or (exercise.harder_from_phase or 9) > standing.phase
            or standing.outcome != Outcome.GO
        ):
            yield f"{name} offers the harder version"
        if (
            standing.rests_today
            and todo.session.kind == SessionKind.SESSION
            and exercise.focus != Focus.BREATHING
        ):
            yield f"{name} is open on a day of rest"


def _checks_against(checks: list[CheckIn], began: datetime) -> Iterator[str]:
    """What the check-ins made until a session began say against it."""
    oldest = began - timedelta(hours=CHECK_HOURS)
    fresh = [row for row in checks if row.kind == CheckInKind.BEFORE and row.made_at >= oldest]
    if not fresh:
        yield f"no check came before it within {CHECK_HOURS} hours"
    for row in checks:
        if row.kind == CheckInKind.AFTER and row.made_at >= began:
            continue  # of a session of some minutes, or of a phone whose clock differs: it says how this one was
        hours = BLEEDING_REST_HOURS if "REST_48H_BLEEDING" in row.advice else REST_HOURS
        if row.outcome == Outcome.BREATHING_ONLY and row.made_at + timedelta(hours=hours) > began + CLOCKS:
            yield f"a rest of {hours} hours was in force"


def _against_correcting(row: CheckIn, at: datetime, earlier: datetime | None) -> Iterator[str]:
    """What stands against the correction of a check-in at `at`, the one before having been `earlier`."""
    if at - row.made_at > CORRECTED_WITHIN:
        yield f"{(at - row.made_at) // MINUTE} minutes later"
    if earlier and at - earlier < CORRECTED_AGAIN_AFTER:
        yield "another had been on the same day"
    if row.answers.get("mood") == "not_safe":
        yield "it told of thoughts of self-harm"
    if not hasattr(row, "replaced_by"):
        yield "no answer took its place"
    elif row.replaced_by.made_at != row.made_at:
        yield "its correction counts from another time"
