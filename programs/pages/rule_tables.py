"""The clinical rules as tables for reading: reviewed code is their only source, and each row cites its own."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from programs.rules.check_in import RULES
from programs.rules.progression import PROGRESS_RULES
from programs.rules.red_flags import RED_FLAGS
from programs.rules.schedule import LATER_GATES, VAGINAL_GATES
from programs.rules.unlock_rules import SITUATION, THERAPIST, UNLOCKS
from programs.wording.check_in import OUTCOME_WORDS
from programs.wording.concerns import URGENCY_WORDS
from programs.wording.decisions import DECISION_WORDS
from programs.wording.signs import RED_FLAG_WORDS
from programs.wording.unlocking import requirement_words

GATES_SOURCE = "evidence base, section C, phase gates"


@dataclass(frozen=True)
class RuleTable:
    """One table of rules; the last column of a row is its source."""

    key: str
    title: str
    head: list[str]
    rows: list[tuple[Any, ...]]


def rule_tables() -> list[RuleTable]:
    """Return all tables, in the order in which they apply to a member."""
    return [_gates(), _red_flags(), _check_ins(), _weeks(), _unlocks()]


def _gates() -> RuleTable:
    rows: list[tuple[Any, ...]] = [
        (phase, VAGINAL_GATES[phase], LATER_GATES[phase], GATES_SOURCE) for phase in sorted(VAGINAL_GATES)
    ]
    head = [
        _("Phase"),
        _("opens on day after the birth"),
        _("after a cesarean, or a grade 3 or 4 tear"),
        _("Source"),
    ]
    return RuleTable("gates", _("When a phase may open"), head, rows)


def _red_flags() -> RuleTable:
    rows: list[tuple[Any, ...]] = [
        (
            RED_FLAG_WORDS[flag.id],
            URGENCY_WORDS[flag.urgency],
            flag.lock_ends,
            ", ".join(flag.sources),
        )
        for flag in RED_FLAGS.values()
    ]
    head = [_("Finding"), _("Help is needed"), _("The pause ends"), _("Source")]
    return RuleTable("red-flags", _("What stops the program"), head, rows)


def _check_ins() -> RuleTable:
    rows: list[tuple[Any, ...]] = [
        (
            rule.says,
            str(OUTCOME_WORDS[rule.outcome].title) if rule.outcome else _("advice only"),
            rule.source,
        )
        for rule in RULES.values()
    ]
    return RuleTable("check-ins", _("What a check-in leads to"), [_("When"), _("Then"), _("Source")], rows)


def _weeks() -> RuleTable:
    rows: list[tuple[Any, ...]] = [
        (rule.says, str(DECISION_WORDS[rule.id].title).replace("%(week)d", "…"), rule.source)
        for rule in PROGRESS_RULES
    ]
    head = [_("When, and none above"), _("Then"), _("Source")]
    return RuleTable("weeks", _("What follows after a week"), head, rows)


def _unlocks() -> RuleTable:
    rows: list[tuple[Any, ...]] = [
        (
            "; ".join(dict.fromkeys(_setter(rule) for rule in sorted(unlock.rules))),
            " ".join(str(requirement_words(one)) for one in unlock.requires),
            unlock.source,
        )
        for unlock in UNLOCKS
    ]
    head = [_("Set by: any of these"), _("Ends when, in her words"), _("Source")]
    return RuleTable("unlocks", _("How a pause ends"), head, rows)


def _setter(rule: str) -> str:
    """Return what has set a pause: the finding of a check-in, or whatever else can."""
    if rule in RULES:
        return RULES[rule].says
    return str(
        {SITUATION: _("A change in her life"), THERAPIST: _("You, at the desk")}.get(rule, _("Her screening"))
    )
