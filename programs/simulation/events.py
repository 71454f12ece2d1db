"""What now and then happens to a virtual member, and the chance of each day."""

from __future__ import annotations

from collections.abc import Callable

from programs.rules.vocabulary import EnrollmentState, Situation
from programs.services.decision import step_back
from programs.services.life_changes import change_situation
from programs.services.pause import pause
from programs.simulation.care import screen_anew
from programs.simulation.life import DAY, Life
from programs.simulation.mothers import ZONES


def meet_events(life: Life) -> None:
    """Let happen what happens on this day."""
    for event, chance in _EVENTS:
        if life.rng.random() < chance:
            with life.acting():
                event(life)


def _go_away(life: Life) -> None:
    life.away_until = life.now + life.rng.choice((4, 9, 16, 30, 45)) * DAY


def _lose_the_network(life: Life) -> None:
    life.offline_until = life.now + life.rng.randint(1, 4) * DAY


def _travel(life: Life) -> None:
    life.zone = life.rng.choice(ZONES)


def _take_a_break(life: Life) -> None:
    if enrollment := life.enrollment:
        pause(enrollment, life.now)


def _get_worse(life: Life) -> None:
    if (enrollment := life.enrollment) and enrollment.state == EnrollmentState.ACTIVE:
        step_back(enrollment, enrollment.week_started_at, life.now)


def _change_situation(life: Life) -> None:
    if enrollment := life.enrollment:
        situation = life.rng.choice([*Situation, Situation.SURGERY, Situation.OTHER])
        life.is_pregnant = life.is_pregnant or situation == Situation.PREGNANT
        change_situation(enrollment, situation, life.now)


def _answer_anew(life: Life) -> None:
    if life.enrollment:
        screen_anew(life, whole=life.rng.random() < 0.5)


def _give_birth_again(life: Life) -> None:
    if life.enrollment and (life.today - life.birth_date).days > 300:
        life.birth_date, life.is_pregnant = life.today - 5 * DAY, False
        screen_anew(life, whole=True)


_EVENTS: tuple[tuple[Callable[[Life], None], float], ...] = (
    (_go_away, 0.006), (_lose_the_network, 0.03), (_travel, 0.006), (_take_a_break, 0.002), (_get_worse, 0.002),
    (_change_situation, 0.001), (_answer_anew, 0.003), (_give_birth_again, 0.0004),
)  # fmt: skip
