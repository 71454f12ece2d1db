"""No test changes how the product is put together: what is green here must work on the started site."""

from tests.plugged_in.exceptions import OWN_SETTINGS, PATCHED, check
from tests.plugged_in.patching import changes, own_settings


def test_no_test_changes_how_the_product_is_put_together():
    """Nor a part of the product; what lies outside this machine may be stood in for."""
    check({what: f"{place} changes {what.partition(': ')[2]}" for what, place in changes()}, PATCHED)


def test_the_settings_of_the_tests_are_those_of_the_product():
    check({name: f"tests/settings.py sets {name}" for name in own_settings()}, OWN_SETTINGS)
