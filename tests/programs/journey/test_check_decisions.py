"""`manage.py check_decisions`: what was decided can be computed again, for everybody at once."""

import pytest
from django.core.management import call_command

from programs.models import Decision
from tests.programs.journey.conftest import do_week
from tests.programs.journey.test_decisions import DAY, decided


@pytest.fixture
def check(capsys):
    """A function that runs the command: its exit code and what it says."""

    def check():
        code = 0
        try:
            call_command("check_decisions")
        except SystemExit as stop:
            code = stop.code
        return code, capsys.readouterr().out

    return check


def test_decisions_come_out_the_same_in_one_query(began, a_moment, check, django_assert_num_queries):
    do_week(began, 1, a_moment)
    decided(began, a_moment + 6 * DAY)
    do_week(began, 2, a_moment + 7 * DAY)
    decided(began, a_moment + 13 * DAY)

    with django_assert_num_queries(1):
        assert check() == (0, "2 of 2 decisions come out the same\n")


@pytest.mark.parametrize(
    "change", [{"to_week": 3}, {"outcome": "hold_week"}, {"advice": ["RESCREEN"]}, {"facts": {}}]
)
def test_one_that_does_not_is_named_without_what_was_decided(began, a_moment, check, change):
    do_week(began, 1, a_moment)
    decision = decided(began, a_moment + 6 * DAY)
    for name, value in change.items():
        setattr(decision, name, value)
    decision.save()

    said = f"decision {decision.pk} comes out otherwise\n0 of 1 decisions come out the same\n"
    assert check() == (1, said)
    assert Decision.objects.get().to_week == decision.to_week
