"""A new password is more than the words of this site."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


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
