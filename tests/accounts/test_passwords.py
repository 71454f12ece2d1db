"""A new password is more than the words of this site."""

import re
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse


@pytest.mark.parametrize(
    "password", ["Tend-tend-2026!", "PelvicFloor123", "postpartum.baby", "Welcome Mother 1"]
)
def test_words_of_the_site_are_no_password(password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert "password_of_site_words" in [one.code for one in refused.value.error_list]


@pytest.mark.parametrize(
    "password", ["a baby sleeps at noon", "correct horse battery", "tending-roses-in-may"]
)
def test_a_sentence_with_such_a_word_is_one(password):
    validate_password(password)


@pytest.mark.django_db
def test_the_mail_about_a_new_password_names_the_time_where_she_lives(client, mother):
    get_user_model().objects.filter(pk=mother.pk).update(time_zone="Asia/Tokyo")
    client.post(reverse("account_reset_password"), {"email": mother.email})
    link = next(word for word in mail.outbox[-1].body.split() if "/password/reset/key/" in word)
    page = client.get(urlsplit(link).path, follow=True)
    words = "three calm words"
    client.post(page.request["PATH_INFO"], {"password1": words, "password2": words})

    assert re.search(r"When: \w+ \d+, \d+, \d+:\d\d [AP]M \(JST\)", mail.outbox[-1].body)
