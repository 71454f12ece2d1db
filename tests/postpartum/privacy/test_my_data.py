"""/my-data/: what is kept, in plain words, hers alone."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.urls import reverse
from django.utils import timezone

from postpartum.models import Erasure, Export
from postpartum.privacy.categories import data_categories_for
from programs.services.record_openings import record_opening

pytestmark = pytest.mark.django_db

# Rows that point at a person who worked on them, but are not about that person.
NOT_ABOUT_A_PERSON = {
    "admin.LogEntry",
    "programs.Release",
    "blog.Article",
    "blog.Picture",
    "account.EmailConfirmation",
}


def leads_to_a_person(model, seen=()):
    """Whether rows of `model` hang on a user, by a way of rows that go when the user goes."""
    if model is get_user_model():
        return True
    return any(
        leads_to_a_person(field.related_model, (*seen, model))
        for field in model._meta.concrete_fields
        if field.is_relation
        and field.remote_field.on_delete is models.CASCADE
        and field.related_model not in (*seen, model)
    )


def test_every_kind_of_row_about_a_person_is_told(mother):
    told = {held.model for held in data_categories_for(mother)}

    missing = [
        model._meta.label
        for model in apps.get_models()
        if leads_to_a_person(model) and model not in told and model._meta.label not in NOT_ABOUT_A_PERSON
    ]

    assert missing == []


def test_she_reads_all_kinds_in_plain_words(signed_in, full_life):
    page = signed_in(full_life).get(reverse("my_data")).content.decode()

    for words in (
        "Safety questionnaires",
        "Check-ins",
        "Your comments",
        "Who opened your record",
        "I agree.",
    ):
        assert words in page
    assert "Dr. Elena Marsh" in page


def test_nothing_of_hers_shows_up_with_another(signed_in, full_life, other_mother):
    page = signed_in(other_mother).get(reverse("my_data")).content.decode()

    assert "Check-ins" not in page
    assert "Elena Marsh</" not in page
    assert "I agree." not in page


def test_looks_of_one_sitting_are_one_line(enrollment, therapist, a_moment):
    for _ in range(3):
        record_opening(enrollment.participant, therapist, a_moment)

    assert enrollment.participant.openings.count() == 1


def test_the_same_few_queries_with_much_or_little(as_mother, full_life, django_assert_num_queries):
    def open_page():
        return as_mother.get(reverse("my_data"))

    with django_assert_num_queries(7):
        open_page()
    for _ in range(3):
        record_opening(full_life.participant, None, timezone.now())
        full_life.comments.create(article=full_life.comments.first().article, name="x", body="y")
    with django_assert_num_queries(7):
        open_page()
    Erasure.objects.create(user=full_life, due_at=timezone.now())
    Export.objects.create(user=full_life)
    with django_assert_num_queries(8):
        open_page()
