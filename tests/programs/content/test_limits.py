"""What a checker lets through, the database has room for."""

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField

from programs.models import Country, Exercise, Milestone, Phase, Program, Session, SupportLine, Week
from programs.plan.checks.texts import LIMITS

MODELS = {
    "about": Program,
    "phases": Phase,
    "weeks": Week,
    "exercises": Exercise,
    "sessions": Session,
    "milestones": Milestone,
    "help": Country,
    "lines": SupportLine,
}
NOT_WRITTEN = {"loaded_digest", "files_digest"}


def room(model):
    """Field → most characters, for all text with a limit that is not a choice."""
    found = {}
    for field in model._meta.concrete_fields:
        text = field.base_field if isinstance(field, ArrayField) else field
        if (
            isinstance(text, CharField)
            and text.max_length
            and not text.choices
            and field.name not in NOT_WRITTEN
        ):
            found[field.name] = text.max_length
    return found


@pytest.mark.parametrize("kind", MODELS)
def test_the_limits_are_those_of_the_models(kind):
    assert LIMITS[kind].items() <= room(MODELS[kind]).items()
    assert room(MODELS[kind]).keys() - LIMITS[kind].keys() <= {"letter"}
