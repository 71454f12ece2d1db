"""The drawings of static/img/drawings/, in templates."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from common.fragments import rendered_once

register = template.Library()

_IN_DATA = " /:=,;()!*'"  # these may stand in a data: URL as they are, and compress better


@dataclass(frozen=True)
class Drawing:
    """What a drawing shows, and how large it is, in its own units."""

    alt: str | Promise
    width: int = 480
    height: int = 300
    caption: str | Promise = ""
    moves: bool = False


DRAWINGS: Mapping[str, Drawing] = {
    "back": Drawing(_("A woman, seen from behind, rests her hands on her lower back.")),
    "breath": Drawing(_("An open umbrella: the picture for ribs that widen with the breath.")),
    "elena": Drawing(
        _("Drawing of Elena Marsh: dark hair to the shoulders, a green sweater, smiling."),
        width=240,
        height=240,
    ),
    "floor": Drawing(_("A hammock between two posts: the picture for the pelvic floor.")),
    "hold": Drawing(
        _("A woman with her eyes closed holds a sleeping, swaddled baby against her chest."),
        width=520,
        height=470,
        moves=True,
    ),
    "leaf": Drawing(_("Two hands hold a young plant."), width=320, height=220),
    "night": Drawing(_("A woman lies in bed with her eyes closed, under a moon and stars.")),
    "path": Drawing(
        _("A stem with twelve leaves, each a little larger than the last."), width=1000, height=262
    ),
    "pillow": Drawing(_("A woman holds a pillow against her belly with both hands.")),
    "trunk": Drawing(
        _("The trunk as a soft cylinder that breathes."),
        width=420,
        height=440,
        caption=_("1 diaphragm, 2 deep belly, 3 back, 4 pelvic floor"),
        moves=True,
    ),
    "two": Drawing(_("Two plants lean toward each other.")),
}
OF_TOPIC: Mapping[str, str] = {
    "back-pain": "back",
    "breathing": "breath",
    "cesarean": "pillow",
    "closeness": "two",
    "core": "breath",
    "mood": "night",
    "pelvic-floor": "floor",
}
OF_NO_TOPIC = "path"
PORTRAITS: Mapping[str, str] = {"Elena Marsh": "elena"}  # by a part of the therapist's name
# Articles on these explain the trunk as a cylinder.
IN_ARTICLES: Mapping[str, str] = {"back-pain": "trunk", "core": "trunk"}


@register.simple_tag
def portrait_of(therapist: str) -> str:
    """Return the name of the drawing of this therapist, "" for one who has none."""
    return next((drawing for name, drawing in PORTRAITS.items() if name in therapist), "")


@register.simple_tag
def face_of_author(name: str, practice: Mapping[str, Any]) -> str:
    """Return the URL of the author's face: photograph or drawing of the practice's therapist, "" for anybody else.

    What it shows is in the URL itself: an article's first visit has a budget of requests.
    """
    if not name or name not in practice["therapist"]:
        return ""
    drawn = portrait_of(name)
    return practice["face_url"] or (_data_of(drawn) if drawn else "")


@register.simple_tag
def drawing_of_topic(topic: Any) -> str:
    """Return the name of the drawing for a topic (or None)."""
    return OF_TOPIC.get(topic.slug, OF_NO_TOPIC) if topic else OF_NO_TOPIC


@register.simple_tag
def drawing_in_article(article: Any) -> str:
    """The name of the drawing within an article; nothing where it has a picture of its own."""
    if article.cover_id:
        return ""
    of_topic = drawing_of_topic(article.topic)
    return IN_ARTICLES.get(article.topic.slug, of_topic) if article.topic else of_topic


@register.filter
def comes_first(name: str) -> bool:
    """Whether a drawing stands above an article's title: those of the topics, but for the night's."""
    return name in OF_TOPIC.values() and not comes_last(name)


@register.filter
def comes_last(name: str) -> bool:
    """Whether a drawing stands below the words of an article: nothing comes before help for a low mood."""
    return name == "night"


@register.simple_tag
def drawing(name: str, decorative: bool = False, eager: bool = False) -> SafeString:
    """Show a drawing, light or dark, moving or still as the reader's device asks.

    `decorative` says nothing of it; `eager` is for one that is in view at once.
    """
    return _drawing(name, decorative, eager)


@rendered_once
def _drawing(name: str, decorative: bool, eager: bool) -> SafeString:
    shown = DRAWINGS[name]
    context = {
        "name": name,
        "drawing": shown,
        "eager": eager,
        "alt": "" if decorative else shown.alt,
        "caption": "" if decorative else shown.caption,
        "light": _address(name),
        "dark": _address(f"{name}-dark"),
        "still": _address(f"{name}-still") if shown.moves else "",
        "still_dark": _address(f"{name}-still-dark") if shown.moves else "",
    }
    return render_to_string("_drawing.html", context)


@cache
def _data_of(name: str) -> str:
    drawn = Path(settings.BASE_DIR, "static", "img", "drawings", f"{name}.svg").read_text(encoding="utf-8")
    packed = drawn.replace("\n", "").replace('"', "'")
    return SafeString(
        f"data:image/svg+xml,{quote(packed, safe=_IN_DATA)}"
    )  # for an attribute in double quotes


def _address(name: str) -> str:
    return static(f"img/drawings/{name}.svg")
