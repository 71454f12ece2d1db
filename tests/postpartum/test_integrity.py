"""A browser runs a script of ours only if it is the file that was collected."""

import base64
import hashlib
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

SCRIPT = re.compile(r'src="{% static "([^"]+\.js)" %}"')
TAG = re.compile(r'<script[^>]*src="/static/([^"]+)"[^>]*integrity="sha256-([^"]+)"')


@pytest.mark.parametrize("template", sorted((settings.BASE_DIR / "templates").rglob("*.html")), ids=str)
def test_every_script_of_a_template_has_its_own(template):
    text = template.read_text()
    for name in SCRIPT.findall(text):
        assert f'{{% integrity "{name}" %}}' in text


@pytest.mark.django_db
def test_it_is_of_the_file_that_is_served(client, program):
    tags = TAG.findall(client.get("/safety/").content.decode())

    assert tags
    for name, digest in tags:
        with staticfiles_storage.open(name) as file:
            assert base64.b64decode(digest) == hashlib.sha256(file.read()).digest()
