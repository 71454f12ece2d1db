"""Words that stay on one line."""

from common.templatetags.unbroken import unbroken


def test_no_line_ends_within_a_date():
    assert unbroken("November 25, 2026").split(" ") == ["November\N{NO-BREAK SPACE}25,\N{NO-BREAK SPACE}2026"]
