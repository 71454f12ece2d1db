"""Addresses that are kept are those that `reverse` gives."""

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix

from common.addresses import address_of


def test_an_address_is_what_reverse_gives():
    for _time in range(2):
        assert address_of("today") == reverse("today")
        assert address_of("session", "w01-a") == reverse("session", args=["w01-a"])
        with pytest.raises(NoReverseMatch):
            address_of("session", "no/session")


def test_a_prefix_is_not_kept():
    usual = address_of("session", "w01-b")
    try:
        set_script_prefix("/elsewhere/")
        assert address_of("session", "w01-b") == f"/elsewhere{usual}"
    finally:
        set_script_prefix("/")
    assert address_of("session", "w01-b") == usual
