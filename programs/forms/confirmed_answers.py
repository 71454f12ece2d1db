"""The answers a check-in's page showed and one tap confirms, as the form sends them back.

A page may be minutes or, on a phone without a network, hours old, and what would be suggested may have changed since:
only what the member saw can be confirmed.
"""

from __future__ import annotations

import json
from collections.abc import Container
from typing import Any

from programs.wording.journey import SUGGESTED_WORDS

NEVER_SUGGESTED = frozenset({"redFlags", "mood"})  # the safety list and the mood are asked each time


def confirmed_answers(shown: str, asked: Container[str]) -> dict[str, Any]:
    """Return the answers in `shown` (JSON: question → answer) that a page may suggest to the questions `asked`."""
    try:
        answers = json.loads(shown)
    except ValueError:
        return {}
    if not isinstance(answers, dict):
        return {}
    named = {
        name: answer for name, answer in answers.items() if name in asked and name not in NEVER_SUGGESTED
    }
    return {name: answer for name, answer in named.items() if _may_be_suggested(name, answer)}


def _may_be_suggested(name: str, answer: Any) -> bool:
    """Whether there are words for it; `False` is no 0 here, nor `True` a 1."""
    known = [one for question, one in SUGGESTED_WORDS if question == name]
    return any(type(one) is type(answer) and one == answer for one in known)
