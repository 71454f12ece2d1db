"""The parts of the front page under its beginning, in the site's own order."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# By key: the name of the template in templates/home/, and what the desk calls it.
PARTS: dict[str, str | Promise] = {
    "facts": _("Price, time and what you need"),
    "cylinder": _("Four groups of muscles, one breath"),
    "phases": _("Twelve weeks, four steps up"),
    "about": _("About you, who it is for, and questions"),
    "saying": _("You can’t fall behind here"),
    "listening": _("It listens first, and stays private"),
    "articles": _("Newest articles"),
    "start": _("Start the program"),
}


def templates_of(parts: Iterable[str]) -> list[str]:
    """Return the templates of the parts that there are, in their order; of all where none is named."""
    known = [key for key in parts if key in PARTS]
    return [f"home/{key}.html" for key in known or PARTS]
