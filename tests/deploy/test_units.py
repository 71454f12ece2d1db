"""The units are valid and leave little open; the containers run the same commands."""

import json
import re
import shlex
import shutil
import subprocess

import pytest
import yaml

from script.lib.environment import ROOT

UNITS = ROOT / "deploy" / "units"
MOST_EXPOSED = 2.0
SERVICES = ["tend-web@x.service", "tend-worker.service", "tend-backup.service"]
AT_VERSION = re.compile(r"/opt/tend/(?:current|releases/%i)/([\w./-]+)")
has_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")


def values(unit, name):
    return re.findall(rf"(?m)^{name}=(.*)$", (UNITS / unit).read_text())


@has_systemd
def test_systemd_leaves_little_open(tmp_path):
    shutil.copytree(UNITS, tmp_path / "units")
    ended = subprocess.run(
        ["systemd-analyze", "security", "--no-pager", "--offline=yes", *SERVICES],
        env={"SYSTEMD_UNIT_PATH": f"{tmp_path / 'units'}:", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    exposure = dict(re.findall(r"Overall exposure level for (\S+): ([\d.]+)", ended.stdout))
    assert exposure.keys() == set(SERVICES), ended.stderr
    assert max(map(float, exposure.values())) <= MOST_EXPOSED


def test_every_service_is_hardened_by_the_one_file():
    """Drop-ins of tend-.service.d apply to each service whose name begins with tend-."""
    assert all(path.name.startswith("tend-") for path in UNITS.glob("*.service"))
    for path in UNITS.glob("*.service"):
        assert not values(path.name, "User"), f"{path.name} has another user than tend-.service.d gives"


@pytest.mark.parametrize("unit", sorted(path.name for path in UNITS.glob("*.service")))
def test_what_a_unit_starts_is_in_each_version(unit):
    [command] = values(unit, "ExecStart")
    for name in AT_VERSION.findall(command):
        assert name.startswith(".venv/") or (ROOT / name).is_file(), name


def test_containers_run_what_the_units_run():
    compose = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())["services"]
    containerfile = (ROOT / "deploy" / "Containerfile").read_text()
    web = json.loads(re.search(r"(?m)^CMD (.*)$", containerfile)[1])
    for unit, command in (("tend-web@.service", web), ("tend-worker.service", compose["worker"]["command"])):
        [started] = values(unit, "ExecStart")
        assert shlex.split(started)[1:] == command[1:]
