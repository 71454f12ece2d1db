"""The scripts of deploy/ refuse what they do not know before they touch anything, and are without common mistakes.

What they do is proved on bare Debians by bench/install.
"""

import shutil
import subprocess

import pytest

from script.lib.environment import ROOT

DEPLOY = ROOT / "deploy"
SCRIPTS = sorted(
    path for path in DEPLOY.iterdir() if path.is_file() and not path.suffix and path.name != "Containerfile"
)
SHELL = [*SCRIPTS, DEPLOY / "lib" / "site.sh"]


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="no shellcheck here: apt-get install shellcheck")
def test_shellcheck_finds_nothing():
    ended = subprocess.run(["shellcheck", "-x", *SHELL], cwd=ROOT, capture_output=True, text=True)
    assert ended.stdout == ""


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_each_script_stops_at_its_first_failure_and_says_what_it_is_for(script):
    first, second, *_ = script.read_text().splitlines()
    assert first == "#!/bin/bash"
    assert second.startswith("# ")
    assert '\n. "$(dirname "$0")/lib/site.sh"\n' in script.read_text()
    assert "set -euo pipefail" in (DEPLOY / "lib" / "site.sh").read_text()
    assert script.stat().st_mode & 0o111


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("install", "Usage: deploy/install"),
        ("install --domain tend.example.org", "Usage: deploy/install"),
        ("install --domain https://tend.example.org --self-signed", "Usage: deploy/install"),
        ("install --domain", "Usage: deploy/install"),
        ("update --quickly", "Usage: deploy/update"),
        ("uninstall --everything", "Usage: deploy/uninstall"),
        ("restore", "Usage: deploy/restore"),
        ("restore /no/such/file", "Usage: deploy/restore"),
    ],
)
def test_what_is_not_understood_is_refused_with_the_usage(command, words):
    name, *arguments = command.split()
    ended = subprocess.run([DEPLOY / name, *arguments], capture_output=True, text=True)
    assert ended.returncode != 0
    assert words in ended.stderr


def test_no_backup_is_kept_for_longer_than_members_are_told():
    ended = subprocess.run(
        [DEPLOY / "backup"],
        env={"KEEP_BACKUPS_DAYS": "36", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 1
    assert "nothing is kept longer than 35 days" in ended.stderr
