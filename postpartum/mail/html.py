"""The HTML part of a mail, derived from its plain text.

Mails are written once, as text. Here a line that is only a link becomes a button, an indented line a code to type,
and everything else paragraphs; so text and HTML always say the same.
"""

import re
from collections.abc import Mapping, Sequence
from html import escape

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from common.practice import practice_details

LINK = re.compile(r"^https?://\S+$")
BUTTON = re.compile(r"^[^.:!?]{2,40}$")  # a short line without a stop names the link under it
# Written here and not by the template, which takes ten times as long for the many links of a mail.
WAY = """<p>
<a class="way{other}"
  href="{link}">{label}</a><br>
<a class="small" href="{link}">{link}</a></p>
"""
CODE = re.compile(r"^ {4}(\S{4,40})$")


def html_of(subject: str, text: str) -> str:
    """Return the complete HTML part of a mail with this subject and plain text."""
    parts = [part for part in re.split(r"\n\s*\n", text.strip("\n")) if part.strip()]
    blocks = [_block(part) for part in parts]
    context = {
        "subject": subject,
        "sheet": _sheet(blocks),
        "practice": practice_details(),
        "site_url": settings.SITE_URL,
    }
    return render_to_string("mail/frame.html", context)


def _sheet(blocks: Sequence[Mapping[str, str]]) -> SafeString:
    """Return the HTML of all blocks; of links with a label all but the first one are less prominent."""
    first_link = next((block["link"] for block in blocks if "link" in block), "")
    parts = []
    for block in blocks:
        if block.get("words"):
            parts.append(f"<p>{block['words']}</p>\n")
        if link := block.get("link"):
            label = block.get("label")
            other = " other" if label and link != first_link else ""
            parts.append(WAY.format(other=other, link=escape(link), label=escape(label or _("Open"))))
        if code := block.get("code"):
            parts.append(f'<p class="code">{escape(code)}</p>\n')
    return mark_safe("".join(parts))  # noqa: S308 words are HTML, all else was escaped


def _block(part: str) -> dict[str, str]:
    """Return one paragraph as {"words"} with at most one {"link", "label"} or {"code"}."""
    *before, last = part.split("\n")
    if LINK.match(last.strip()) and last.strip() != settings.SITE_URL:
        if len(before) == 1 and BUTTON.match(before[0].strip()):
            return {"label": before[0].strip(), "link": last.strip()}
        return {"words": _words(before), "link": last.strip()}
    if code := CODE.match(last):
        return {"words": _words(before), "code": code[1]}
    return {"words": _words([*before, last])}


def _words(lines: list[str]) -> str:
    """Return lines as HTML, each escaped, with their links."""
    return "<br>".join(urlize(escape(line.strip()), nofollow=False) for line in lines if line.strip())
