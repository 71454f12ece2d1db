"""Decisions as the member reads them, and the conditions of the next step."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programs.facts.week import PRACTICES
from programs.facts.weekly import Weekly
from programs.models import Decision, Enrollment, SessionLog
from programs.plan import Plan
from programs.rules.progression import (
    DAYS_A_WEEK_LEAST,
    REPORTS_A_WEEK_LEAST,
    SESSIONS_A_PHASE_LEAST,
    SESSIONS_A_WEEK_LEAST,
    SYMPTOM_LIMIT,
)
from programs.rules.schedule import LAST_WEEK, is_last_week_of_phase
from programs.rules.timeline import minutes_done
from programs.rules.vocabulary import Advice, DecisionOutcome, SessionKind
from programs.wording.advice import advice_words
from programs.wording.decisions import DECISION_WORDS, because_of, decision_words
from programs.wording.journey import PLACING_WORDS, RELEASE_WORDS
from programs.wording.screening import Words

MAX_DECISIONS = 40


@dataclass(frozen=True)
class DecisionLine:
    """One decision as the member reads it."""

    row: Decision
    words: Words
    advice: list[str]

    @property
    def moves(self) -> bool:
        """Return whether it led to another week."""
        return self.row.from_week != self.row.to_week

    @property
    def moves_on(self) -> bool:
        """Return whether it led to the next week or phase."""
        return self.row.outcome in (DecisionOutcome.ADVANCE_WEEK, DecisionOutcome.ADVANCE_PHASE)

    @property
    def completes_phase(self) -> bool:
        """Return whether it completes a phase and opens the next one."""
        return self.row.outcome == DecisionOutcome.ADVANCE_PHASE

    @property
    def completes(self) -> bool:
        """Return whether it completes the program."""
        return self.row.outcome == DecisionOutcome.PROGRAM_COMPLETE

    @property
    def keeps_strong(self) -> bool:
        """Return whether the plan after the program is open: completed, or at its last week with a look to come."""
        return self.completes or (Advice.SYMPTOM_GATE in self.row.advice and self.row.to_week == LAST_WEEK)


@dataclass(frozen=True)
class Condition:
    """One condition of the next step, and whether it is met."""

    text: str
    met: bool
    link: str = ""


@dataclass(frozen=True)
class WeekDone:
    """What was done in the week that a decision ends, and the milestones ticked, where it ends a phase."""

    sessions: int
    minutes: int
    rounds: int
    milestones: list[str]


def week_done(
    line: DecisionLine | None, plan: Plan, enrollment: Enrollment, logs: Sequence[SessionLog]
) -> WeekDone | None:
    """Return the WeekDone of the latest decision; None where it does not lead on. `logs` are newest first."""
    if line is None or not (line.moves_on or line.completes):
        return None
    of_week = [log for log in logs if log.week == line.row.from_week and log.finished_at <= line.row.made_at]
    ends_phase = line.completes_phase or line.completes
    milestones = plan.phase_of(line.row.from_week).milestones if ends_phase else ()
    return WeekDone(
        sessions=sum(log.counts_as_session for log in of_week),
        minutes=minutes_done(sum(log.seconds_done for log in of_week)),
        rounds=sum(log.kind in PRACTICES for log in of_week),
        milestones=[
            one.text_for(enrollment.safety_flags) for one in milestones if one.slug in enrollment.milestones
        ],
    )


def leads_on(line: DecisionLine | None, logs: Iterable[SessionLog]) -> bool:
    """Whether the latest decision still leads on: no session was done since. Then she is in the week it led to."""
    if line is None or not line.moves_on:
        return False
    return not any(log.kind == SessionKind.SESSION and log.finished_at > line.row.made_at for log in logs)


def decision_lines(rows: Sequence[Decision]) -> list[DecisionLine]:
    """Return the latest decisions for reading, newest first; `rows` are oldest first."""
    return [_line(row) for row in reversed(rows[-MAX_DECISIONS:])]


def _line(row: Decision) -> DecisionLine:
    codes = [Advice(code) for code in row.advice]
    if Advice.SYMPTOM_GATE in codes and row.to_week == LAST_WEEK:
        codes.append(Advice.WHAT_NEXT)  # nobody is left without an end: the look may come later
    advice = [str(advice_words(code)) for code in codes]
    return DecisionLine(row=row, words=_words(row), advice=advice)


def _words(row: Decision) -> Words:
    if row.rule in DECISION_WORDS:
        opens_on = row.reasons.get("opens_on")
        day = date.fromisoformat(opens_on) if opens_on else None
        return decision_words(row.rule, row.to_week, row.reasons.get("symptoms", ()), day)
    by_therapist = row.rule == "UNLOCKED" and row.reasons.get("therapist_agreed")
    words = PLACING_WORDS["UNLOCKED_BY_THERAPIST" if by_therapist else row.rule]
    return Words(words.title, words.body % {"week": row.to_week})


def conditions(weekly: Weekly, milestones: int) -> list[Condition]:
    """Return the conditions of the next step; `milestones` is the number of milestones in the phase."""
    found = [_sessions(weekly), _reports(weekly), _body(weekly)]
    if is_last_week_of_phase(weekly.progress.week):
        found += [_phase_sessions(weekly), _milestones(weekly, milestones)]
        found += [_look(weekly)] if weekly.progress.is_gentle else []
        found += [_gate(weekly)] if weekly.gates else []
    found += [_days(weekly)] if weekly.progress.days_in_week < DAYS_A_WEEK_LEAST else []
    return found


def _sessions(weekly: Weekly) -> Condition:
    done = weekly.progress.sessions_done_this_week
    text = ngettext(
        "%(n)d session done this week; 2 are enough", "%(n)d sessions done this week; 2 are enough", done
    )
    return Condition(text % {"n": done}, done >= SESSIONS_A_WEEK_LEAST)


def _reports(weekly: Weekly) -> Condition:
    told = weekly.progress.reported_this_week
    text = _("%(n)d of them followed by a check-in, that day or the next morning; 2 are enough")
    return Condition(text % {"n": told}, told >= REPORTS_A_WEEK_LEAST)


def _body(weekly: Weekly) -> Condition:
    """Return how the body answered: nothing missing counts as fine."""
    progress = weekly.progress
    if not progress.last3 or progress.reported_this_week < REPORTS_A_WEEK_LEAST:
        return Condition(_("Your body: your check-ins after the sessions will tell"), False)
    if progress.is_gentle:
        return Condition(_("Your symptoms are mild and steady: you go on with the easier versions"), True)
    if progress.days_not_tolerated < SYMPTOM_LIMIT:
        return Condition(_("You told us that your body was fine on most of your last days"), True)
    text = _(
        "Your body asked for a gentler way on most of your last days%(because)s. A calmer day or two opens the next "
        "step, or a clinician's look: record its day here"
    )
    return Condition(text % {"because": because_of(weekly.symptoms)}, False, "change")


def _look(weekly: Weekly) -> Condition:
    text = _(
        "A pelvic health physical therapist has looked at your mild, steady symptoms, and you have recorded the day "
        "here. Your therapist can look, too"
    )
    return Condition(text, weekly.progress.symptom_cleared, "change")


def _days(weekly: Weekly) -> Condition:
    opens = timezone.localtime(weekly.began) + timedelta(days=DAYS_A_WEEK_LEAST)
    text = _("6 days since this week began: by itself, on %(day)s")
    return Condition(text % {"day": date_format(opens)}, False)


def _phase_sessions(weekly: Weekly) -> Condition:
    done = weekly.progress.sessions_done_this_phase
    text = _("%(done)d of 7 different sessions that this phase asks for; one done twice counts once")
    text %= {"done": min(done, SESSIONS_A_PHASE_LEAST)}
    return Condition(text, done >= SESSIONS_A_PHASE_LEAST)


def _milestones(weekly: Weekly, count: int) -> Condition:
    text = _("%(done)d of %(all)d self-checks ticked") % {"done": len(weekly.ticked), "all": count}
    return Condition(text, weekly.progress.milestones_met, "milestones")


def _gate(weekly: Weekly) -> Condition:
    """Return what keeps the next phase closed: a date, or a clearance to record."""
    asked = [str(RELEASE_WORDS[gate.released_by]) for gate in weekly.gates if gate.released_by]
    if weekly.opens_on:
        return Condition(_("The next phase opens on %(day)s") % {"day": date_format(weekly.opens_on)}, False)
    text = _("The next phase waits for %(what)s") % {"what": ", ".join(dict.fromkeys(asked))}
    return Condition(text, False, "change")
