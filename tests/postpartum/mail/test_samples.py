"""Every mail can be looked at, and none says more than it may."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from postpartum.mail.html import html_of
from postpartum.mail.samples import SAMPLES
from tests.markup import squeezed

TEMPLATES = Path(settings.BASE_DIR) / "templates"
PARTS = {"base.txt", "_foot.txt", "_decisions.txt", "_digest_line.txt"}
HEALTH = re.compile(
    r"\b(birth|pelvi|postpartum|exercis|session|baby|pain|leak|bleed|heav|cesarean|symptom|check-in)",
    re.IGNORECASE,
)


def test_none_is_forgotten():
    ours = {f"mail/{path.name}" for path in (TEMPLATES / "mail").glob("*.txt")}
    talks = {f"blog/mail/{path.name}" for path in (TEMPLATES / "blog" / "mail").glob("*.txt")}
    account = {
        f"{folder}/email/{path.name.replace('_subject', '_message')}"
        for folder in ("account", "mfa")
        for path in (TEMPLATES / folder / "email").glob("*_subject.txt")
    }

    shown = {one.text for one in SAMPLES} | {str(one.subject) for one in SAMPLES}

    assert {name for name in ours | talks | account if Path(name).name not in PARTS} <= shown


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.key)
def test_each_is_whole_neutral_and_signed(sample):
    mail = sample.rendered()

    assert mail["subject"]
    assert not HEALTH.search(mail["subject"])
    assert "{{" not in mail["text"] + mail["subject"]
    assert settings.SITE_URL in mail["text"]
    assert "http" not in re.sub(re.escape(settings.SITE_URL), "", mail["html"])


def test_words_of_people_run_nowhere():
    html = html_of(
        "<b>x</b>", 'Hello <script>alert(1)</script>,\n\nhttp://x"onclick="y\n\nhttps://example.org/a'
    )

    assert "<script>" not in html
    assert 'onclick="' not in html
    assert '<a class="way" href="https://example.org/a">' in squeezed(html)


def directives(policy):
    """What a content policy says, whatever the order it says it in: {directive: sources}."""
    parts = (part.split() for part in policy.split(";"))
    return {name: set(sources) for name, *sources in parts}


@pytest.mark.django_db
def test_the_therapist_sees_each(as_therapist):
    page = as_therapist.get(reverse("admin:desk_mail_samples")).content.decode()

    for sample in SAMPLES:
        assert sample.rendered()["subject"] in page
    response = as_therapist.get(reverse("admin:desk_mail_sample", args=["reminder"]))
    assert "Open my page" in response.content.decode()
    policy = directives(response["Content-Security-Policy"])
    assert policy["style-src"] == {"'self'", "'unsafe-inline'"}
    assert policy["script-src"] == {"'self'"}
    assert policy["default-src"] == {"'none'"}
    assert as_therapist.get(reverse("admin:desk_mail_sample", args=["none"])).status_code == 404


@pytest.mark.django_db
def test_nobody_else_does(as_mother, client):
    assert as_mother.get(reverse("admin:desk_mail_samples")).status_code in (302, 403)
