"""Lived journeys for what the desk does to them."""

from tests.programs.journey.conftest import began  # noqa: F401 a fixture
