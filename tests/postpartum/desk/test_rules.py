"""The clinical rules at the desk, to read."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from programs.rules.check_in import RULES
from programs.rules.red_flags import RED_FLAGS
from programs.wording.signs import RED_FLAG_WORDS


@pytest.mark.django_db
def test_every_finding_that_stops_the_program_stands_there_with_what_ends_the_pause(as_therapist):
    page = as_therapist.get(reverse("admin:desk_rules")).content.decode()

    assert [rule.id for rule in RULES.values() if rule.id not in page] == []
    for flag in RED_FLAGS.values():
        assert escape(str(RED_FLAG_WORDS[flag.id])) in page
        assert escape(flag.lock_ends) in page
