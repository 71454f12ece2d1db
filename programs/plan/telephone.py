"""Telephone numbers in texts such as "call or text 988", "15 (SAMU) or 112" or "0800-0113"."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

FEWEST_DIGITS, MOST_DIGITS = 2, 15  # 15 in France; ITU-T E.164 allows fifteen digits
MOST_EMERGENCY_DIGITS = 6  # the longest in use have five, such as 10177 in South Africa
_NUMBER = re.compile(r"\+?\d(?:[ .\-/]?\d)*")
_MIXED = re.compile(r"\b(?=\w*\d)(?=\w*[^\W\d_])\w+\b")
_WEB = re.compile(r"\b[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}\b", re.IGNORECASE)


def numbers_in(text: str) -> list[str]:
    """Return the digits of each telephone number in `text`, in order."""
    return [re.sub(r"\D", "", found) for found in _NUMBER.findall(text)]


def contact_problem(text: str) -> str:
    """Return why `text` names no way to reach a line, in the words of the desk; "" where it does.

    A web address, or "see …", will do where there is no number.
    """
    if mixed := _MIXED.search(text):
        return _("“%(part)s” mixes digits and letters. Please write the number in digits.") % {
            "part": mixed[0]
        }
    numbers = numbers_in(text)
    for number in numbers:
        if not FEWEST_DIGITS <= len(number) <= MOST_DIGITS:
            return _("%(number)s is no telephone number: those have %(least)d to %(most)d digits.") % {
                "number": number,
                "least": FEWEST_DIGITS,
                "most": MOST_DIGITS,
            }
    if numbers or _WEB.search(text) or text.lower().startswith("see "):
        return ""
    return _("There is no telephone number in it, such as 116 123.")


def emergency_problem(text: str) -> str:
    """Return why `text` is no emergency number; "" where it is: each number in it is a short one."""
    if problem := contact_problem(text):
        return problem
    numbers = numbers_in(text)
    if not numbers:
        return _("There is no telephone number in it, such as 112.")
    if long := next((one for one in numbers if len(one) > MOST_EMERGENCY_DIGITS), None):
        return _("%(number)s is too long for an emergency number, such as 112 or 911.") % {"number": long}
    return ""
