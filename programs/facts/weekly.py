"""What the weekly decision looks at, from her rows; and whether it is time for it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from programs.facts.clearances import highest_phase_of, recorded_of
from programs.facts.past import (
    check_ins_of,
    decisions_of,
    holds_of,
    in_force,
    past_check_in,
    past_decision,
    phase_began,
    unlocked_at,
)
from programs.facts.standing import plan_for
from programs.models import Decision, SafetyHold, SessionLog
from programs.rules.check_in import symptoms_of
from programs.rules.history import days_since_last, last3, worse_still_in_last3
from programs.rules.past_decisions import (
    milestones_met,
    next_phase_allowed,
    sessions_done,
    step_backs_in_phase,
    symptom_holds_in_row,
)
from programs.rules.progression import SESSIONS_A_WEEK_LEAST, STEP_BACK_AFTER_DAYS, ProgressFacts
from programs.rules.schedule import PHASES, Gate, closed_gates, days_since, phase_of_week
from programs.rules.vocabulary import CheckInKind, Outcome, SessionKind

MOST_LOGS = 300
SESSIONS_A_WEEK = 3
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Weekly:
    """Her week as the rules see it at one moment.

    `progress` is what they decide from, `decisions` her rows, oldest first. `ticked` are the slugs of the
    milestones of this phase that she has ticked since it began. `symptoms` (codes) are what kept the last three
    sessions gentle, `gates` all that keeps the next phase closed.
    """

    progress: ProgressFacts
    decisions: list[Decision]
    ticked: frozenset[str]
    highest_phase: int
    symptoms: tuple[str, ...]
    gates: tuple[Gate, ...]
    birth_date: date
    hold: SafetyHold | None
    week_began: datetime
    last_session: datetime | None
    now: datetime

    @property
    def opens_on(self):
        """The day the next phase opens; None where it is open, or where recording a check opens it sooner."""
        if not self.gates or any(gate.released_by for gate in self.gates):
            return None
        return self.birth_date + timedelta(days=max(gate.opens_on_day for gate in self.gates))

    @property
    def reasons(self):
        """What a decision keeps for her to read."""
        opens_on = self.opens_on
        return {"symptoms": list(self.symptoms), "opens_on": opens_on and opens_on.isoformat()}

    @property
    def is_back(self):
        """Whether she comes back after a break so long that the rules place her anew."""
        away = self.progress.away_at_least(STEP_BACK_AFTER_DAYS)
        return away and (self.now.date() - self.week_began.date()).days >= STEP_BACK_AFTER_DAYS

    @property
    def is_over(self):
        """Whether seven days have passed since the week began."""
        return self.now.date() - self.week_began.date() >= WEEK

    @property
    def is_done(self):
        """Whether all sessions of the week are done."""
        return self.progress.sessions_done_this_week >= SESSIONS_A_WEEK

    @property
    def waits_for_tomorrow(self):
        """Whether the last session was today: how the next morning feels belongs to the week."""
        return self.last_session is not None and self.last_session.date() == self.now.date()

    @property
    def may_be_decided(self):
        """Whether she may have the week looked at now. The evidence base says "at the end of each program week"."""
        if self.hold:
            return False
        enough = self.progress.sessions_done_this_week >= SESSIONS_A_WEEK_LEAST
        return self.is_back or ((enough or self.is_over) and not self.waits_for_tomorrow)

    @property
    def is_offered(self):
        """Whether to offer it without being asked."""
        return self.may_be_decided and (self.is_done or self.is_over or self.is_back)


def weekly_of(enrollment, now):
    """Her week at `now` (four queries, and one more where a phase waits for a check)."""
    now = timezone.localtime(now)
    holds = holds_of(enrollment)
    since = unlocked_at(holds)
    decisions = decisions_of(enrollment)
    began = phase_began(enrollment, decisions)
    logs = list(SessionLog.objects.filter(enrollment=enrollment, finished_at__lte=now).lean()[:MOST_LOGS])
    last = next((log.finished_at for log in logs if _is_session(log)), None)
    last = last and timezone.localtime(last)
    check_ins = check_ins_of(enrollment, with_rules=True)
    history = [past_check_in(row) for row in check_ins]
    past = [past_decision(row) for row in decisions]
    ticked = _ticked(enrollment, began)
    phase = phase_of_week(enrollment.week)
    recorded = recorded_of(enrollment)
    highest = highest_phase_of(enrollment, recorded, now.date())
    of_phase = [one.slug for one in plan_for(enrollment).phase(phase).milestones]
    progress = ProgressFacts(
        week=enrollment.week,
        sessions_done_this_week=_done_this_week(enrollment, logs),
        sessions_done_this_phase=_done_since(logs, began, phase),
        last3=last3(history, since),
        worse_still_in_last3=worse_still_in_last3(history, since),
        days_since_last=days_since_last(last, now),
        step_backs_in_phase=step_backs_in_phase(past, phase),
        hold_weeks_in_row=symptom_holds_in_row(past),
        milestones_met=milestones_met(of_phase, ticked),
        next_phase_allowed=next_phase_allowed(enrollment.week, highest),
    )
    return Weekly(
        progress=progress,
        decisions=decisions,
        ticked=ticked,
        highest_phase=highest,
        symptoms=_symptoms(check_ins, since),
        gates=_gates_ahead(enrollment, recorded, phase, now.date()),
        birth_date=enrollment.birth_date,
        hold=in_force(holds),
        week_began=timezone.localtime(enrollment.week_started_at),
        last_session=last,
        now=now,
    )


def _is_session(log):
    return log.kind == SessionKind.SESSION and log.counts


def _done_this_week(enrollment, logs):
    """Sessions done this week; a day of rest and breathing that the rules asked for counts as one."""
    mine = [log for log in logs if log.finished_at >= enrollment.week_started_at]
    keys = [log.session_key for log in mine if _is_session(log) and log.week == enrollment.week]
    rested = {
        timezone.localdate(log.finished_at)
        for log in mine
        if log.kind == SessionKind.REST and log.outcome == Outcome.BREATHING_ONLY and log.counts
    }
    return min(SESSIONS_A_WEEK, sessions_done(keys) + len(rested))


def _done_since(logs, began, phase):
    """Different sessions of this phase done since it began; rest does not count here, the more careful reading."""
    return sessions_done(
        log.session_key
        for log in logs
        if _is_session(log) and log.finished_at >= began and phase_of_week(log.week) == phase
    )


def _symptoms(check_ins, since):
    """What the last three sessions were gentle for."""
    after = [
        row for row in check_ins if row.kind == CheckInKind.AFTER and (since is None or row.made_at > since)
    ]
    return symptoms_of(rule for row in after[-3:] for rule in row.rules_matched)


def _gates_ahead(enrollment, recorded, phase, today):
    if phase == PHASES[-1]:
        return ()
    days = days_since(enrollment.birth_date, today)
    return closed_gates(phase + 1, enrollment.screening.flags, days, recorded)


def _ticked(enrollment, began):
    return frozenset(slug for slug, at in enrollment.milestones.items() if parse_datetime(at) >= began)
