"""Every template, static file and worded code is used."""

import re

from tests.plugged_in.exceptions import ONLY_SHOWN, WORDED, check
from tests.plugged_in.reaching import fitting, reach
from tests.plugged_in.statics import statics, used
from tests.plugged_in.templates import put_in_place_of_others, templates
from tests.plugged_in.wordings import codes, is_given

# The tag `drawing` puts their names together from those it lists; tests/postpartum/test_drawings.py compares both.
DRAWN = {name for name in statics() if name.startswith("img/drawings/")}


def test_every_template_is_rendered():
    check({name: f"nothing renders {name}" for name in templates().keys() - reach().templates}, {})


def test_a_template_that_code_puts_a_name_together_for_is_named_by_some_code():
    """ "mail/{name}.txt" alone sends no mail: what renders it must say the name."""
    texts = {text for text, who in reach().texts.items() if who - ONLY_SHOWN.keys()}
    included = {text for name in reach().templates for text in templates()[name].texts}
    lost = {}
    for pattern in reach().patterns:
        form = re.compile(re.escape(pattern).replace(r"\*", "([^/]*)"))
        for name in set(fitting(pattern)) - texts - included - put_in_place_of_others():
            if not set(form.fullmatch(name).groups()) <= texts:
                lost[name] = f"{pattern} may render {name}, and no code says so"
    check(lost, {})


def test_every_static_file_is_asked_for():
    check({name: f"nothing asks for {name}" for name in statics().keys() - used() - DRAWN}, {})


def test_every_worded_code_can_come_up():
    lost = {
        f"{one.table} {one.code}": f"{one.place}: nothing gives {one.code}"
        for one in codes()
        if not is_given(one)
    }
    check(lost, WORDED)
