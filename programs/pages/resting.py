"""Why and until when a member rests, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from programs.facts.standing import RestPeriod
from programs.wording.decisions import SYMPTOM_WORDS


@dataclass(frozen=True)
class RestWords:
    """A rest as a page tells of it: what called for it ("" where no one symptom did), and when it ends."""

    because: str
    until: datetime


def rest_words(rest: RestPeriod | None) -> RestWords | None:
    """Return the words of a rest in force; None without one."""
    if rest is None:
        return None
    return RestWords(get_text_list([str(SYMPTOM_WORDS[code]) for code in rest.because], _("and")), rest.until)
