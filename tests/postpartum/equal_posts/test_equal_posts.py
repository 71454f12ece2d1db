"""The same form sent many times at once, by threads with a connection each: one row, one answer, and never a 500.

A few times in every run; EQUAL_POSTS=100 script/test tests/postpartum/equal_posts for many.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from common.menus import set_menus
from common.practice import override_practice
from tests.cast import PASSWORD

from .addresses import posting_names
from .cases import CASES

pytestmark = pytest.mark.django_db(transaction=True)

POSTS = int(os.environ.get("EQUAL_POSTS", "4"))
AT_ONCE = 4  # as many as one process of the server takes
SLOWED = 429
# What is written beside the thing itself, by a sending that changes nothing, too.
BESIDE = {
    "sessions.session",
    "common.ratelimitwindow",
    "usersessions.usersession",
    "admin.logentry",
    "programs.recordopening",
}
# What only a program can send, or a device: a key's or an app's codes are good once, and held to that by their own tests.
ELSEWHERE = {name for name in posting_names() if name.startswith("mfa_")} | {
    "account_confirm_login_code",
    "account_reauthenticate_by_code",
    "account_reset_password_from_key",
    "account_set_password",
}


def test_every_address_that_takes_a_post_is_tried():
    assert posting_names() - ELSEWHERE == {case.name for case in CASES}


@pytest.fixture
def people(mother, therapist, program, mail_queue):
    """Everybody who posts."""
    yield {"mother": mother, "therapist": therapist, "reader": None}
    set_menus({})  # these belong to the process, not to the database
    override_practice({})


def signed_in(user):
    """A client of `user`, who has just shown who she is."""
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(user)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def rows():
    """The number of rows of each kind, by label."""
    kinds = [model for model in apps.get_models() if model._meta.label_lower not in BESIDE]
    return {model._meta.label_lower: model._base_manager.count() for model in kinds}


def post_at_once(client, address, sent):
    """Send it POSTS times from AT_ONCE threads with the cookies of `client`, all beginning in one moment."""
    begin = Barrier(AT_ONCE)
    cookies = client.cookies.output(header="", sep=";")

    def post(_):
        mine = Client(raise_request_exception=False)
        mine.cookies.load(cookies)
        begin.wait()
        try:
            return [mine.post(address, sent) for _ in range(POSTS // AT_ONCE)]
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [response for found in pool.map(post, range(AT_ONCE)) for response in found]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_equal_posts_are_one(people, case):
    user = people[case.who]
    client = signed_in(user)
    address = case.address(case.ready(user) if case.ready else ())
    sent = case.sent() if callable(case.sent) else case.sent
    before = rows()
    responses = post_at_once(client, address, sent)
    statuses = [response.status_code for response in responses]
    assert max(statuses) < 500, statuses
    assert min(statuses) < 400, [one.content[-2000:] for one in responses if one.status_code == 422][:1]
    made = {kind: count - before[kind] for kind, count in rows().items() if count > before[kind]}
    if case.mails:
        assert 1 <= made.pop("postpartum.mail") <= case.mails
    assert made == case.makes
    told = {one.status_code for one in responses} - {SLOWED}
    assert len(told - {case.late}) == 1, statuses
    assert settings.LOGIN_URL not in str([one.get("Location", "") for one in responses])
