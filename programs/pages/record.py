"""A member's record as the therapist reads it: standing, decisions with reasons, reports."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programs.facts.clearances import symptoms_behind
from programs.facts.decisions import load_decisions
from programs.facts.journey import WholeJourney, whole_journey_of
from programs.facts.standing import Standing, plan_for, standing_of
from programs.facts.unlocking import opens_at, way_out
from programs.labels import label
from programs.models import CheckIn, Concern, Enrollment, Participant, Screening
from programs.pages.care_notes import CareNote, care_notes
from programs.pages.decisions import DecisionLine, decision_lines
from programs.pages.history import History, history_of, logs_of
from programs.pages.progress import SymptomHistory, symptom_history_of
from programs.pages.summary import Summary, summary_of
from programs.pages.triage import ConcernLine, concern_line
from programs.plan import PlannedPhase, PlannedWeek
from programs.rules.check_in import RULES
from programs.rules.red_flags import sign_free_hours
from programs.rules.vocabulary import CheckInKind, ClearedSymptom, Disposition, Outcome, SafetyFlag
from programs.services.care import newest_action_of
from programs.services.concern import reports_of
from programs.wording.check_in import OUTCOME_WORDS
from programs.wording.screening import DISPOSITION_WORDS
from programs.wording.signs import RED_FLAG_WORDS
from programs.wording.unlocking import requirement_words

MAX_CHECK_INS, MAX_CONCERNS = 20, 40


@dataclass(frozen=True)
class CheckInLine:
    """One check-in: time, kind, outcome and reasons; `corrected` says so of both that belong to a correction."""

    at: datetime
    kind: str
    outcome: str
    because: list[str]
    corrected: str = ""


@dataclass(frozen=True)
class Place:
    """The member's place in the program, with the history that led there."""

    enrollment: Enrollment
    week: PlannedWeek
    phase: PlannedPhase
    total_weeks: int
    standing: Standing
    flags: list[str]
    waits_for: list[str]
    decisions: list[DecisionLine]
    check_ins: list[CheckInLine]
    history: History
    symptom_history: SymptomHistory
    summary: Summary


@dataclass(frozen=True)
class Record:
    """A member's record; `place` is None for a member who never enrolled."""

    participant: Participant
    screening: Screening | None
    disposition: str
    concerns: list[ConcernLine]
    care_notes: list[CareNote]
    place: Place | None = None
    open_concerns: list[ConcernLine] = field(default_factory=list)
    is_held: bool = False
    reports_so_far: int = 0
    newest_action: int = 0

    @property
    def held_symptoms(self) -> tuple[ClearedSymptom, ...]:
        """Return the symptoms for which the program waits and that the therapist may clear."""
        hold = self.place.standing.hold if self.place else None
        return symptoms_behind(hold, self.place.enrollment.screening) if self.place and hold else ()

    @property
    def opens_at(self) -> int | None:
        """Return the week in which a program that waits goes on when it is opened."""
        hold = self.place.standing.hold if self.place else None
        return opens_at(self.place.enrollment.week, hold.rules_matched) if self.place and hold else None


def record_of(participant: Participant, now: datetime) -> Record:
    """Return the record at `now`; the number of queries does not grow with its content."""
    newest_action = newest_action_of(participant.pk)  # read first: what is done meanwhile is not in it
    concerns = [concern_line(row) for row in Concern.objects.filter(participant=participant)[:MAX_CONCERNS]]
    done = Screening.objects.filter(participant=participant, completed_at__isnull=False)
    screening = done.order_by("-completed_at").first()
    return Record(
        participant=participant,
        screening=screening,
        disposition=_disposition(screening),
        concerns=[line for line in concerns if line.row.resolved_at],
        open_concerns=[line for line in concerns if not line.row.resolved_at],
        care_notes=care_notes(participant),
        reports_so_far=reports_of(participant.pk),
        newest_action=newest_action,
        is_held=participant.holds.filter(ended_at=None).exists(),
        place=_place(participant, now),
    )


def _disposition(screening: Screening | None) -> str:
    return str(DISPOSITION_WORDS[Disposition(screening.disposition)].title) if screening else ""


def _place(participant: Participant, now: datetime) -> Place | None:
    enrollment = Enrollment.objects.of(participant.user).first()
    if enrollment is None:
        return None
    plan, logs = plan_for(enrollment), logs_of(enrollment)
    journey = whole_journey_of(enrollment, now)
    standing = standing_of(journey)
    return Place(
        enrollment=enrollment,
        week=plan.week(enrollment.week),
        phase=plan.phase_of(enrollment.week),
        total_weeks=plan.total_weeks,
        standing=standing,
        flags=[str(label(flag)) for flag in SafetyFlag if flag in standing.flags],
        waits_for=_waits_for(journey),
        decisions=decision_lines(load_decisions(enrollment)),
        check_ins=[
            check_in_line(row) for row in CheckIn.objects.filter(enrollment=enrollment)[:MAX_CHECK_INS]
        ],
        history=history_of(enrollment, plan, logs),
        summary=summary_of(enrollment, plan, logs, journey.today),
        symptom_history=symptom_history_of(journey.check_ins, plan, logs, journey.today),
    )


def _waits_for(journey: WholeJourney) -> list[str]:
    """Return the open requirements of the hold in force, as text."""
    hold = journey.hold
    if hold is None:
        return []
    hours, leak = sign_free_hours(hold.red_flags), journey.enrollment.baseline_leak
    missing = way_out(hold, journey.history, leak, journey.now).missing
    return [str(requirement_words(one, hours)) for one in missing]


def _corrected(row: CheckIn) -> str:
    if row.replaced_at:
        at = date_format(timezone.localtime(row.replaced_at), "TIME_FORMAT")
        return _("A tap on the wrong answer, corrected at %(time)s") % {"time": at}
    return _("The corrected answers") if row.replaces_id else ""


def check_in_line(row: CheckIn) -> CheckInLine:
    """Return a check-in as text."""
    rules = [RULES[rule].says for rule in row.rules_matched if rule in RULES]
    flags = [str(RED_FLAG_WORDS[flag]) for flag in row.red_flags if flag in RED_FLAG_WORDS]
    return CheckInLine(
        at=timezone.localtime(row.made_at),
        kind=str(label(CheckInKind(row.kind))),
        outcome=str(OUTCOME_WORDS[Outcome(row.outcome)].title),
        because=list(dict.fromkeys([*flags, *rules])),
        corrected=_corrected(row),
    )
