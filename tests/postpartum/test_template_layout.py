"""Templates read like code: one block element a line, and no line over 120 characters."""

import re

import pytest
from django.conf import settings

BLOCK_ELEMENTS = (
    "address|article|aside|blockquote|body|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|"
    "head|header|hr|html|legend|li|main|nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|video"
)
OPENING = re.compile(rf"<(?:{BLOCK_ELEMENTS})(?=[\s>])")
LONGEST = 120

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_a_template_has_short_lines_and_one_block_element_on_each(path):
    lines = list(enumerate(path.read_text().splitlines(), 1))
    assert [number for number, line in lines if len(line) > LONGEST] == []
    assert [number for number, line in lines if len(OPENING.findall(line)) > 1] == []
