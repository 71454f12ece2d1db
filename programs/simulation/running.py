"""Run a simulation, one life after the other, each in a transaction that is rolled back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

from django.db import transaction

from programs.models import Decision, Enrollment, SafetyHold
from programs.rules.vocabulary import DecisionOutcome
from programs.simulation.days import live
from programs.simulation.invariants import Watch
from programs.simulation.life import Life
from programs.simulation.mothers import mother
from programs.simulation.tables import Findings, Span

BEGAN = datetime(2026, 1, 5, tzinfo=UTC)
HOLDING = (DecisionOutcome.HOLD_WEEK, DecisionOutcome.HOLD_GATE)
SHOWN = 5  # findings of one member that are kept


def simulate(
    numbers: Iterable[int],
    weeks: int,
    seed: int,
    tell: Callable[[int, Findings], None] = lambda number, one: None,
    remembers: bool = True,
) -> Findings:
    """Live the lives of these members for `weeks`, looking at each on every day; `tell` hears
    of each: its number, and what was found. Without `remembers` every row is read again each time, which takes longer.

    Leaves no row behind: call it in a database that has a published program.
    """
    total = Findings()
    for number in numbers:
        with transaction.atomic():
            one = _live(number, weeks, seed, remembers)
            transaction.set_rollback(True)
        total.add(one)
        tell(number, one)
    return total


def _live(number: int, weeks: int, seed: int, remembers: bool) -> Findings:
    life = Life(mother(seed, number), seed, BEGAN)
    watch, findings = Watch(life), Findings(members=1)
    with life.memory.at_work() if remembers else nullcontext():
        for day in range(7 * weeks):
            live(life, day)
            findings.days += 1
            findings.wrong += [f"member {number}, day {day}: {wrong}" for wrong in watch.look()]
            if len(findings.wrong) >= SHOWN:
                break
    findings.ends[_end(life)] += 1
    findings.spans += [*_holds(life), *_weeks_held(life)]
    return findings


def _end(life: Life) -> str:
    newest = Enrollment.objects.of(life.user).first()
    if newest is None:
        return "never enrolled"
    held = SafetyHold.objects.filter(participant=life.participant, ended_at=None).exists()
    return f"{newest.state}, held" if held else f"{newest.state}, week {newest.week:02}"


def _holds(life: Life) -> list[Span]:
    """How long each safety hold lasted, by the rules that set it."""
    end = life.began + timedelta(days=(life.now - life.began).days + 1)
    return [
        Span(
            cause="hold " + " ".join(sorted(hold.rules_matched)),
            length=(hold.ended_at or end) - hold.began_at,
            is_open=hold.ended_at is None,
            followed=life.mother.help_after_days is not None,
        )
        for hold in SafetyHold.objects.filter(participant=life.participant)
    ]


def _weeks_held(life: Life) -> list[Span]:
    """How long decisions by one rule kept the member in a week, from the first to the next other decision."""
    spans, first = [], None
    decisions = list(
        Decision.objects.filter(enrollment__participant=life.participant).order_by("made_at", "pk")
    )
    for decision in [*decisions, None]:
        if first and (decision is None or (decision.rule, decision.to_week) != (first.rule, first.to_week)):
            length = (decision.made_at if decision else life.now) - first.made_at
            followed = life.mother.help_after_days is not None
            spans.append(Span(f"week {first.rule}", length, decision is None, followed))
            first = None
        if decision and decision.outcome in HOLDING and decision.rule.startswith("PR-"):
            first = first or decision
    return spans
