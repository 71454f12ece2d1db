"""The JavaScript's types and unit tests, where Node is at hand: `npm ci --prefix tests/js` brings the compiler."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from programs.wording.player import player_words

HERE = Path(__file__).parent
TSC = HERE / "node_modules" / ".bin" / "tsc"
NODE = shutil.which("node")


def node_version():
    """Node's (major, minor) version; (0, 0) where there is none."""
    if NODE is None:
        return 0, 0
    major, minor = subprocess.check_output([NODE, "--version"], text=True).lstrip("v").split(".")[:2]
    return int(major), int(minor)


# Below 20.19 Node reads a module only where a package.json beside it says so.
needs_node = pytest.mark.skipif(node_version() < (20, 19), reason="Node 20.19 or newer is not installed")


def run(*command):
    """Run `command` in this folder and return its exit code with all it printed."""
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@needs_node
@pytest.mark.skipif(not TSC.exists(), reason="TypeScript is not installed: npm ci --prefix tests/js")
def test_the_javascript_keeps_its_types():
    assert run(TSC, "--project", "../../jsconfig.json") == (0, "")


@needs_node
def test_the_pure_modules_of_the_player():
    code, printed = run(NODE, "--test")
    assert code == 0, printed


def test_the_types_know_every_sentence_of_the_player():
    types = (HERE.parents[1] / "types" / "player.d.ts").read_text()
    words = types.partition("type Words = Record<")[2].partition("string\n")[0]
    assert set(re.findall(r'"(\w+)"', words)) == set(player_words())
