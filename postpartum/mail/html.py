"""The HTML part of a mail, derived from its plain text.

Mails are written once, as text. Here a line that is only a link becomes a button, an indented line a code to type,
and everything else paragraphs; so text and HTML always say the same.
"""

import re
from html import escape
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import urlize
from django.utils.safestring import SafeString, mark_safe

from common.practice import practice_details

LINK = re.compile(r"^https?://\S+$")
BUTTON = re.compile(r"^[^.:!?]{2,40}$")  # a short line without a stop names the link under it
CODE = re.compile(r"^ {4}(\S{4,40})$")


def html_of(subject: str, text: str) -> str:
    """Return the complete HTML part of a mail with this subject and plain text."""
    parts = [part for part in re.split(r"\n\s*\n", text.strip("\n")) if part.strip()]
    blocks = [_block(part) for part in parts]
    context = {
        "subject": subject,
        "blocks": blocks,
        "first_link": next((block["link"] for block in blocks if "link" in block), ""),
        "practice": practice_details(),
        "site_url": settings.SITE_URL,
    }
    return render_to_string("mail/frame.html", context)


def _block(part: str) -> dict[str, Any]:
    """Return one paragraph as {"words"} with at most one {"link", "label"} or {"code"}."""
    *before, last = part.split("\n")
    if LINK.match(last.strip()) and last.strip() != settings.SITE_URL:
        if len(before) == 1 and BUTTON.match(before[0].strip()):
            return {"label": before[0].strip(), "link": last.strip()}
        return {"words": _words(before), "link": last.strip()}
    if code := CODE.match(last):
        return {"words": _words(before), "code": code[1]}
    return {"words": _words([*before, last])}


def _words(lines: list[str]) -> SafeString:
    text = "<br>".join(urlize(escape(line.strip()), nofollow=False) for line in lines if line.strip())
    return mark_safe(text)  # noqa: S308 each line was escaped
