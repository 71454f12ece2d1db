"""How a mail looks: its plain text, dressed in the colours of the site.

Mails are written once, as text. Here a line that is only a link becomes a button, an indented line a code to type,
and everything else paragraphs; so text and HTML always say the same.
"""

import re
from html import escape

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import urlize
from django.utils.safestring import mark_safe

LINK = re.compile(r"^https?://\S+$")
BUTTON = re.compile(r"^[^.:!?]{2,40}$")  # a short line without a stop names the link under it
CODE = re.compile(r"^ {4}(\S{4,40})$")


def html_of(subject, text):
    """The whole HTML part of a mail with this subject and plain text."""
    parts = [part for part in re.split(r"\n\s*\n", text.strip("\n")) if part.strip()]
    blocks = [_block(part) for part in parts]
    context = {
        "subject": subject,
        "blocks": blocks,
        "first_link": next((block["link"] for block in blocks if "link" in block), ""),
        "practice": settings.PRACTICE,
        "site_url": settings.SITE_URL,
    }
    return render_to_string("mail/frame.html", context)


def _block(part):
    """One paragraph of the text: words, then at most one link to press or code to read."""
    *before, last = part.split("\n")
    if LINK.match(last.strip()) and last.strip() != settings.SITE_URL:
        if len(before) == 1 and BUTTON.match(before[0].strip()):
            return {"label": before[0].strip(), "link": last.strip()}
        return {"words": _words(before), "link": last.strip()}
    if code := CODE.match(last):
        return {"words": _words(before), "code": code[1]}
    return {"words": _words([*before, last])}


def _words(lines):
    text = "<br>".join(urlize(escape(line.strip()), nofollow=False) for line in lines if line.strip())
    return mark_safe(text)  # noqa: S308 each line was escaped
