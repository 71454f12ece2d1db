"""Every row of a journey belongs to one participant, found by required keys alone: what a division by participant needs."""

import pytest
from django.apps import apps

from programs.models import Concern, Participant


def journey_models():
    """The models that refer to a participant in any way."""
    found, wanted = {Participant}, set(apps.get_app_config("programs").get_models())
    while True:
        more = {
            model for model in wanted - found if any(one.related_model in found for one in keys_of(model))
        }
        if not more:
            return sorted(found - {Participant}, key=lambda model: model.__name__)
        found |= more


def keys_of(model):
    return [field for field in model._meta.concrete_fields if field.is_relation]


def steps_to_participant(model):
    """How many required keys lead from a row to its participant; None where none do."""
    front, steps = {model}, 0
    while front:
        if Participant in front:
            return steps
        front = {
            one.related_model for each in front for one in keys_of(each) if not one.null and one.related_model
        }
        steps += 1
        if steps > 3:
            return None
    return None


def test_there_are_journeys():
    assert len(journey_models()) > 10


@pytest.mark.parametrize("model", journey_models(), ids=lambda model: model.__name__)
def test_a_row_leads_to_its_participant(model):
    if model is Concern:  # about a comment, whose author may be nobody we know
        assert "programs_concern_of_someone" in {one.name for one in model._meta.constraints}
    else:
        assert steps_to_participant(model) in (1, 2), f"{model.__name__}: no required key leads to one"
