"""The comparison of comments promises nothing that no test shows."""

import re
from pathlib import Path

import pytest
from django.conf import settings

PAGE = (Path(settings.BASE_DIR) / "docs/comments-compared.md").read_text()
ROWS = [line.strip("| \n").split(" | ") for line in PAGE.splitlines() if line.startswith("| ")][1:]
HERE = Path(__file__).parent


def test_there_is_a_table():
    assert len(ROWS) >= 20
    assert {len(row) for row in ROWS} == {6}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_line_names_a_test_that_is_there(row):
    file, name = re.fullmatch(r"`([\w/]+\.py)::(test_\w+)`", row[2]).groups()

    assert f"\ndef {name}(" in (HERE / file).read_text()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_what_is_said_of_others_is_on_a_page_that_is_named(row):
    named = {int(number) for cell in row[3:] for number in re.findall(r"\[(\d+)\]", cell)}

    assert all(re.search(rf"^{number}\. ", PAGE, re.MULTILINE) for number in named)
    for cell in row[3:]:
        assert not re.match(r"(yes|no)\b", cell) or re.search(r"\[\d+\]$", cell)
