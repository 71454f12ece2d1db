"""What is filled into a text, as the desk explains it: {by} becomes a name, {day} a date."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PART = re.compile(r"\{\w*\}")
PARTS: dict[str, str | Promise] = {
    "articles_url": _("the address of the articles"),
    "because": _("the reason, such as “ because of pain”, or nothing where there is none"),
    "by": _("who writes: you, or whoever of your team does"),
    "crisis_line": _("the crisis line of her country"),
    "day": _("a date"),
    "deleted_email": _("the address that was removed"),
    "email": _("your email address"),
    "emergency": _("the emergency number of her country"),
    "from_email": _("her old address"),
    "login_url": _("the address of the sign-in page"),
    "minutes": _("a number of minutes"),
    "name": _("the name of your practice in an invitation, everywhere else the name of a person"),
    "opens": _("a sentence that says when the next phase opens"),
    "other": _("the name of whoever answered"),
    "therapist": _("your name"),
    "title": _("the title of the article"),
    "to_email": _("her new address"),
    "week": _("the number of the week"),
    "within": _("how soon, such as “this week”"),
}


def parts_of(shown: str) -> dict[str, str | Promise]:
    """Return what each placeholder of a text as shown becomes, by the placeholder as it is typed: {"{by}": …}."""
    return {part: PARTS[part[1:-1]] for part in PART.findall(shown)}


def strange_parts(text: str, shown: str) -> list[str]:
    """Return each placeholder of `text` that the text as shown does not have, and each brace that belongs to none."""
    known = parts_of(shown)
    rest = PART.sub(lambda match: " " if match[0] in known else match[0], text)
    unknown = PART.findall(rest)
    return list(dict.fromkeys([*unknown, *re.findall("[{}]", PART.sub("", rest))]))
