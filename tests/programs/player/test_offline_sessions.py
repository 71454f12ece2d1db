"""What her phone may keep: the sessions open to her and nobody else's, the manifest, the worker, the shell."""

import json
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.templatetags.static import static
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programs.models import Enrollment, SafetyHold
from tests.cast import make_enrollment

from .conftest import message
from .test_session_page import make_logs

MODULES = Path(settings.BASE_DIR, "static", "js", "player")


def kept(client):
    """The answer of the address that tells what to keep."""
    return client.get(reverse("kept_sessions"))


def keys_kept(client):
    """The keys of the sessions to keep."""
    return [session["key"] for session in kept(client).json()["sessions"]]


def test_todays_session_the_next_the_daily_practice_and_rest_are_kept(enrollment, as_mother):
    response = kept(as_mother)
    assert response["Cache-Control"] == "private, no-store"
    assert keys_kept(as_mother) == ["w01-a", "w01-b", "w01-daily", "rest"]
    assert reverse("check_in_before", args=["w01-a"]) in response.json()["pages"]


def test_what_is_done_gives_way_to_what_comes(enrollment, put_log, as_mother):
    put_log(message(exercises_planned=2), key="w01-a")
    assert keys_kept(as_mother)[:2] == ["w01-b", "w01-c"]


@pytest.mark.parametrize(
    ("change", "keys"),
    [
        (lambda: Enrollment.objects.update(birth_date=timezone.localdate()), ["rest", "early-recovery"]),
        (
            lambda: Enrollment.objects.update(safety_flags=["pf_tension"]),
            ["w01-a", "w01-b", "relaxation", "rest"],
        ),
    ],
)
def test_only_what_is_open_to_her_is_kept(enrollment, as_mother, change, keys):
    change()
    assert sorted(keys_kept(as_mother)) == sorted(keys)


@pytest.mark.parametrize("outcome", ["pause_clinician", "emergency"])
def test_in_a_hold_no_session_is_kept(enrollment, as_mother, outcome):
    SafetyHold.objects.create(
        participant=enrollment.participant, enrollment=enrollment, outcome=outcome, began_at=timezone.now()
    )
    assert not [key for key in keys_kept(as_mother) if key.startswith("w")]


def test_an_account_is_told_apart_without_naming_it(enrollment, other_mother, as_mother):
    make_enrollment(other_mother)
    other = Client()
    other.force_login(other_mother)
    marks = [kept(client).json()["account"] for client in (as_mother, as_mother, other)]
    assert marks[0] == marks[1] != marks[2]
    assert not {str(other_mother.pk), other_mother.email} & set(marks)


def test_a_stranger_keeps_nothing(client, program):
    assert kept(client).status_code == 302


def test_who_is_in_no_program_keeps_no_session_and_may_send_what_waits(as_mother, program):
    answer = kept(as_mother).json()
    assert (answer["sessions"], answer["pages"]) == ([], [])
    assert answer["account"]
    assert answer["token"]


def test_what_has_not_changed_is_not_sent_again(enrollment, put_log, other_mother, as_mother):
    make_enrollment(other_mother)
    first = kept(as_mother)
    known = {"If-None-Match": first["ETag"]}

    same = as_mother.get(reverse("kept_sessions"), headers=known)
    assert (same.status_code, same.content) == (304, b"")
    assert same["Cache-Control"] == "private, no-store"
    log = as_mother.put(
        reverse("session_log", args=["w01-a"]),
        message(exercises_planned=2),
        content_type="application/json",
        headers={"X-CSRFToken": same["X-CSRFToken"]},
    )
    assert log.status_code == 200

    changed = as_mother.get(reverse("kept_sessions"), headers=known)
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]
    other = Client()
    other.force_login(other_mother)
    assert other.get(reverse("kept_sessions"), headers=known).status_code == 200


@pytest.mark.parametrize("logs", [0, 3, 30])
def test_it_takes_the_same_queries_however_much_there_is(
    enrollment, as_mother, logs, django_assert_num_queries
):
    kept(as_mother)  # the plan is read
    make_logs(enrollment, logs)
    with django_assert_num_queries(8):
        kept(as_mother)


@pytest.mark.parametrize("name", ["offline", "manifest", "service_worker"])
def test_the_files_of_the_app_know_nobody(client, enrollment, mother, name, django_assert_num_queries):
    with django_assert_num_queries(0):
        anonymous = client.get(reverse(name))
    assert anonymous.status_code == 200
    assert not anonymous.cookies
    client.force_login(mother)
    assert client.get(reverse(name)).content == anonymous.content


def test_the_manifest_makes_an_app(client):
    response = client.get(reverse("manifest"))
    assert response["Content-Type"] == "application/manifest+json"
    described = json.loads(response.content)
    assert (described["start_url"], described["scope"], described["display"]) == (
        "/today/",
        "/",
        "standalone",
    )
    assert {(icon["sizes"], icon["purpose"]) for icon in described["icons"]} == {
        (f"{size}x{size}", purpose) for size in (192, 512) for purpose in ("any", "maskable")
    }
    for icon in described["icons"]:
        assert client.get(icon["src"])["Content-Type"] == "image/png"


def test_the_worker_keeps_every_file_the_shell_needs(client):
    response = client.get("/sw.js")
    assert response["Content-Type"] == "text/javascript"
    assert "no-cache" in response["Cache-Control"]
    assets = set(re.findall(r'"(/static/[^"]+)"', response.text.replace(r"\u002D", "-")))
    shell = client.get(reverse("offline")).content.decode()
    asked = set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', shell))
    assert asked
    assert asked | imported_by(client, asked) <= assets


def imported_by(client, addresses, least=5):
    """The addresses of all modules that these files import, and those, and so on."""
    found, left = set(), {address for address in addresses if address.endswith(".js")}
    while left:
        address = left.pop()
        script = b"".join(client.get(address).streaming_content).decode()
        names = re.findall(r'\b(?:import|export)\b[^;]*?from"(\./[^"]+)"', script)
        imported = {urljoin(address, name) for name in names}
        left |= imported - found
        found |= imported
    assert len(found) >= least
    return found


def test_the_worker_is_another_when_what_it_keeps_is_another(client, settings):
    first = client.get("/sw.js").content
    assert client.get("/sw.js").content == first
    settings.PRACTICE = settings.PRACTICE | {"name": "Another name"}
    assert client.get("/sw.js").content != first


def test_signing_out_has_the_browser_forget(enrollment, as_mother):
    response = as_mother.post(reverse("account_logout"))
    assert response.status_code == 302
    assert response["Clear-Site-Data"] == '"storage"'
    assert kept(as_mother).status_code == 302


def test_looking_at_the_sign_out_page_forgets_nothing(enrollment, as_mother):
    assert "Clear-Site-Data" not in as_mother.get(reverse("account_logout"))
    assert kept(as_mother).status_code == 200


def test_every_module_is_imported_by_one_of_the_entries():
    found, todo = (
        set(),
        ["main.js", "phone.js", "offline.js", "background.js", "first-breath.js", "preview.js"],
    )
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += re.findall(r'from "\./([\w-]+\.js)"', (MODULES / name).read_text())
    assert found == {path.name for path in MODULES.glob("*.js")}


@pytest.mark.parametrize(
    ("name", "args", "entry", "number"),
    [("session", ["rest"], "js/player/main.js", 5), ("breathe", [], "js/player/first-breath.js", 2)],
)
def test_a_page_asks_for_all_scripts_of_its_player_at_once(enrollment, as_mother, name, args, entry, number):
    page = as_mother.get(reverse(name, args=args)).text
    asked = re.findall(r'<link rel="modulepreload" href="([^"]+)">', page)
    assert set(asked) == imported_by(as_mother, {static(entry)}, number)
    assert len(asked) == number


def test_the_player_is_light(client):
    """The budget: 30 KB compressed, with all modules that a session's page loads."""
    entries = {static("js/player/main.js"), static("js/player/phone.js")}
    assert (
        sum(compressed_size(client, address) for address in entries | imported_by(client, entries)) < 30_000
    )


def compressed_size(client, address):
    """The bytes on the way to a browser that takes gzip."""
    response = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    return len(b"".join(response.streaming_content))


def test_scripts_are_served_without_their_comments(client):
    script = b"".join(client.get(static("js/player/player.js")).streaming_content).decode()
    assert "makePlayer" in script
    assert "/**" not in script
