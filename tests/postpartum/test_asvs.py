"""The table of OWASP ASVS names each requirement once, and tests that there are."""

import re
from pathlib import Path

from django.conf import settings

TESTS = Path(settings.BASE_DIR, "tests")
CHAPTERS = Path(settings.BASE_DIR, "docs", "asvs.md").read_text().partition("## V1 ")[2]
COUNT = 253 - 29  # of the levels 1 and 2 in version 5.0.0, without chapter 10, which is left out as a whole


def numbers():
    """The numbers of levels 1 and 2 in the tables, ranges written out: those of level 3 are marked."""
    for first in re.findall(r"^\| (\d[^|]*) \|", CHAPTERS, re.MULTILINE):
        for part in re.findall(r"(\d+\.\d+)\.(\d+)(?:–[\d.]+\.(\d+))?(?![\d.]* \(3\))", first):
            section, begin, end = part
            yield from (f"{section}.{number}" for number in range(int(begin), int(end or begin) + 1))


def test_each_requirement_is_named_once():
    named = list(numbers())
    assert len(named) == len(set(named)) == COUNT


def test_each_test_it_names_is_there():
    named = set(re.findall(r"`([\w/]+(?:\.py|importers/))` \|$", CHAPTERS, re.MULTILINE))
    assert len(named) > 40
    assert [name for name in named if not (TESTS / name).exists()] == []
