"""Each command of docs/operating.md was given, as it stands there, on a bare Debian: bench/install --keep says so."""

import re

import pytest
from django.core.management import get_commands

from bench.debian.documented import PAGE, ROOT, commands

GIVEN = re.compile(r"(?m)^ +\$ (.*?)(?:  # as: .*)?$")
TRANSCRIPTS = sorted((ROOT / "bench" / "results").glob("install-*.txt"))
# What is a command, and so must stand on a line of its own, where it is given by the proof.
LOOKS_LIKE_A_COMMAND = re.compile(
    r"`((?:apt-get|git|systemctl|journalctl|nft|cp|rm|mkdir|certbot) \S[^`]*|[\w/]*deploy/\w+ [^`]+)`"
)


def test_a_new_command_is_seen_and_a_setting_is_none():
    page = "Text with `code`:\n\n    deploy/backup --now\n    EMAIL_URL=smtp://x\n\n1. More:\n\n       deploy/status\n"
    assert commands(page) == ["deploy/backup --now", "deploy/status"]


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda path: path.stem)
def test_each_command_was_given_on_a_bare_debian(transcript):
    given = set(GIVEN.findall(transcript.read_text()))
    assert [command for command in commands(PAGE.read_text()) if command not in given] == []


def test_there_is_a_transcript():
    assert TRANSCRIPTS


def test_commands_stand_on_lines_of_their_own():
    assert LOOKS_LIKE_A_COMMAND.findall(PAGE.read_text()) == []


def test_commands_name_what_there_is():
    page = commands(PAGE.read_text())
    scripts = {
        name for command in page for name in re.findall(r"^(?:/opt/tend/current/)?deploy/(\w+)", command)
    }
    assert scripts
    assert [name for name in sorted(scripts) if not (ROOT / "deploy" / name).is_file()] == []
    managed = {name for command in page for name in re.findall(r"deploy/manage (\w+)", command)}
    assert managed
    assert managed - get_commands().keys() == set()
