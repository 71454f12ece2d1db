"""One mother's record as the therapist reads it: where she stands, what was decided and why, what she reported."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from programs.facts.journey import journey_of
from programs.facts.standing import Standing, plan_for, standing_of
from programs.facts.unlocking import way_out
from programs.labels import label
from programs.models import CheckIn, Concern, Enrollment, Participant, Screening
from programs.pages.care_notes import CareNote, care_notes
from programs.pages.decisions import DecisionLine, decision_lines
from programs.pages.history import History, history_of, logs_of
from programs.pages.progress import Picture, symptom_history_of
from programs.pages.triage import ConcernLine, concern_line
from programs.rules.check_in import RULES
from programs.rules.red_flags import sign_free_hours
from programs.rules.vocabulary import CheckInKind, Outcome, SafetyFlag
from programs.wording.check_in import OUTCOME_WORDS
from programs.wording.screening import DISPOSITION_WORDS
from programs.wording.signs import RED_FLAG_WORDS
from programs.wording.unlocking import requirement_words

CHECK_INS, CONCERNS = 20, 40


@dataclass(frozen=True)
class CheckInLine:
    """One check-in: when, of which kind, what followed and why."""

    at: datetime
    kind: str
    outcome: str
    because: list[str]


@dataclass(frozen=True)
class Place:
    """Where she stands in the program, and all that led there."""

    enrollment: Enrollment
    week: object
    phase: object
    total_weeks: int
    standing: Standing
    flags: list[str]
    waits_for: list[str]
    decisions: list[DecisionLine]
    check_ins: list[CheckInLine]
    history: History
    picture: Picture


@dataclass(frozen=True)
class Record:
    """A member's record; `place` is None for one who never came past the screening."""

    participant: Participant
    screening: Screening | None
    disposition: str
    concerns: list[ConcernLine]
    deeds: list[CareNote]
    place: Place | None = None
    open_concerns: list[ConcernLine] = field(default_factory=list)
    is_held: bool = False


def record_of(participant, now):
    """The record at `now`; the number of queries does not grow with what is in it."""
    concerns = [concern_line(row) for row in Concern.objects.filter(participant=participant)[:CONCERNS]]
    done = Screening.objects.filter(participant=participant, completed_at__isnull=False)
    screening = done.order_by("-completed_at").first()
    return Record(
        participant=participant,
        screening=screening,
        disposition=str(DISPOSITION_WORDS[screening.disposition].title) if screening else "",
        concerns=[line for line in concerns if line.row.resolved_at],
        open_concerns=[line for line in concerns if not line.row.resolved_at],
        deeds=care_notes(participant),
        is_held=participant.holds.filter(ended_at=None).exists(),
        place=_place(participant, now),
    )


def _place(participant, now):
    enrollment = Enrollment.objects.of(participant.user).first()
    if enrollment is None:
        return None
    plan, logs = plan_for(enrollment), logs_of(enrollment)
    journey = journey_of(enrollment, now)
    standing = standing_of(journey)
    return Place(
        enrollment=enrollment,
        week=plan.week(enrollment.week),
        phase=plan.phase_of(enrollment.week),
        total_weeks=plan.total_weeks,
        standing=standing,
        flags=[str(label(flag)) for flag in SafetyFlag if flag in standing.flags],
        waits_for=_waits_for(journey),
        decisions=decision_lines(journey.decisions),
        check_ins=[_check_in(row) for row in CheckIn.objects.filter(enrollment=enrollment)[:CHECK_INS]],
        history=history_of(enrollment, plan, logs),
        picture=symptom_history_of(journey, plan, logs),
    )


def _waits_for(journey):
    """What the hold in force still asks for."""
    hold = journey.hold
    if hold is None:
        return []
    hours = sign_free_hours(hold.red_flags)
    return [str(requirement_words(one, hours)) for one in way_out(hold, journey).missing]


def _check_in(row):
    rules = [RULES[rule].says for rule in row.rules_matched if rule in RULES]
    flags = [str(RED_FLAG_WORDS[flag]) for flag in row.red_flags if flag in RED_FLAG_WORDS]
    return CheckInLine(
        at=timezone.localtime(row.made_at),
        kind=str(label(CheckInKind(row.kind))),
        outcome=str(OUTCOME_WORDS[Outcome(row.outcome)].title),
        because=list(dict.fromkeys([*flags, *rules])),
    )
