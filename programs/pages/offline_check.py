"""The check before a session as plain data, for a phone that evaluates it without a network (static/js/player/rules.js)."""

from dataclasses import fields
from datetime import timedelta
from typing import Any

from programs.facts.clearances import load_cleared
from programs.facts.journey import Journey
from programs.rules.answers import Choice, Number, Several, YesNo
from programs.rules.before_rules import BEFORE_FIELDS, BEFORE_RULES
from programs.rules.carry_over import CHECK_GOOD_FOR
from programs.rules.check_in import STACK_GROUPS
from programs.rules.check_in_rules import Rule
from programs.rules.conditions import Condition
from programs.rules.contexts import before_check
from programs.rules.red_flags import SIGN_GROUPS
from programs.rules.schedule import weeks_postpartum
from programs.rules.vocabulary import Outcome

Data = dict[str, Any]

OFFLINE_FOR = timedelta(hours=24)  # how long a phone may offer a week's session without contact
# Answers that continue every streak there is: the phone keeps of them what its member really reports.
WORST_TODAY = {
    "redFlags": [],
    "mood": "low",
    "pain": 0,
    "heaviness": 3,
    "leak": 0,
    "bowelLeak": False,
    "bleeding": "more",
    "scar": "na",
    "energy": 0,
    "sleep": "gt6",
    "lastResponse": "worse_still",
}


def check_data(journey: Journey) -> Data:
    """Return the questions, the decision table and the context of the check before a session (one query).

    The context is that of the end of the time without contact, with all streaks going on today.
    """
    enrollment, end = journey.enrollment, journey.now + OFFLINE_FOR
    last = journey.last_finished
    _, context = before_check(
        journey.history,
        WORST_TODAY,
        at=end,
        baseline=load_cleared(enrollment).baseline,
        last_session=last.ended if last else None,
        weeks_postpartum=weeks_postpartum(enrollment.birth_date, end.date()),
    )
    return table_data() | {"context": context.codes()}


def table_data() -> Data:
    """Return the questions and the decision table, the same for everybody."""
    return {
        "fields": [_field(field) for field in BEFORE_FIELDS],
        "rules": [_rule(rule) for rule in BEFORE_RULES if rule.outcome],
        "outcomes": sorted(Outcome, key=lambda outcome: outcome.rank),
        "signGroups": [
            {"code": group.code, "signs": [sign.code for sign in group.signs]} for group in SIGN_GROUPS
        ],
        "stackGroups": STACK_GROUPS,
        "goodForHours": CHECK_GOOD_FOR / timedelta(hours=1),
    }


def _field(field: Several | Choice | Number | YesNo) -> Data:
    return {"kind": type(field).__name__, **{one.name: getattr(field, one.name) for one in fields(field)}}


def _rule(rule: Rule) -> Data:
    return {"id": rule.id, "outcome": rule.outcome, "group": rule.group, "when": _condition(rule.when)}


def _condition(condition: Any) -> Data:
    """Return a condition as {"is": its class, its own attributes}, nested where it joins two."""
    values = {one.name: getattr(condition, one.name) for one in fields(condition)}
    return {"is": type(condition).__name__} | {
        name: _condition(value) if isinstance(value, Condition) else value for name, value in values.items()
    }
