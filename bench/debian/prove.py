"""Prove the scripts of deploy/ on bare Debians and print the figures.

One machine is installed, used by the people of the smoke test through nginx and TLS, rebooted, updated with a change of
schema and rolled back under a loop of requests, backed up and uninstalled; another one restores the backup.
"""

import argparse
import os
import re
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

from bench.debian import acme
from bench.debian.machine import Machine, check_tools
from bench.debian.versions import NEXT_EMAIL, make_versions
from bench.debian.visits import ADDRESS, Loop, Site
from tests.smoke import desk, joining, practising, reading

CURRENT = "/opt/tend/current/deploy"
INSTALL = ("/root/versions/first/deploy/install", "--domain", "localhost", "--self-signed")
INSTALL_NEXT = "/root/versions/next/deploy/install"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "operating.md"
# Commands of that page that are run in other words above, or that would change the network of this machine.
RUN_OTHERWISE = (
    "deploy/install ",
    "deploy/update",
    "nft ",
    "cp deploy/firewall.nft",
    "systemctl enable --now nftables",
)
CERTIFICATE = "etc/tend/tls/fullchain.pem"
STEPS = [
    desk.first_owner, desk.second_step, joining.sign_up, joining.screening, practising.check_in, practising.session,
    desk.writing, reading.comment, desk.deciding_by_mail, reading.found,
]  # fmt: skip
CONTENT = """SELECT (SELECT count(*) FROM accounts_user), (SELECT count(*) FROM blog_comment),
    (SELECT count(*) FROM programs_checkin), (SELECT count(*) FROM programs_sessionlog)"""
MOST_EXPOSED = 2.0


def main() -> None:
    """Prove for each suite that is asked for; exit with a message at the first thing that does not hold."""
    parser = argparse.ArgumentParser(prog="bench/install", description=__doc__)
    parser.add_argument(
        "suites", nargs="*", default=["bookworm", "trixie"], help="Debian releases, such as trixie"
    )
    parser.add_argument(
        "--folder", type=Path, default=None, help="where the machines are made, and kept bare"
    )
    arguments = parser.parse_args()
    check_machine()
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit("Stopped.")
    )  # which stops and removes the machines, too
    with tempfile.TemporaryDirectory(prefix="bench-install-") as scratch:
        folder = arguments.folder or Path(scratch)
        versions = Path(scratch) / "versions"
        make_versions(versions)
        for suite in arguments.suites:
            prove(folder, suite, arguments.suites[-1], versions)


def check_machine() -> None:
    """Exit unless machines can be made here and their ports are free."""
    check_tools()
    if os.geteuid():
        sys.exit("Containers are made by root.")
    for port in (80, 443):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("", port))
            except OSError:
                sys.exit(f"Port {port} is in use here, and the machines are to listen on it.")


def prove(folder: Path, suite: str, other: str, versions: Path) -> None:
    """Do everything on a machine of `suite`, and restore on one of `other`."""
    print(f"\n{suite}", flush=True)
    with Machine(folder, f"{suite}-site", suite, versions) as machine:
        said = timed("installed", lambda: machine.run(*INSTALL))
        holds(units_are_tight(machine), f"each unit's exposure is at most {MOST_EXPOSED}")
        settings = (machine.root / "etc/tend/tend.env").read_text()
        timed("installed once more", lambda: machine.run(*INSTALL))
        holds((machine.root / "etc/tend/tend.env").read_text() == settings, "no secret has changed")
        site = Site(machine, machine.root / CERTIFICATE, said)
        walk = SimpleNamespace(site=site)
        timed("used by owner, member and reader", lambda: [step(walk) for step in STEPS])
        holds(not refusals(machine), f"refused by nginx as it should be {refusals(machine)}")
        timed("rebooted, and serving by itself", lambda: (machine.reboot(), wait_for_pages(site)))
        change_versions(machine, site)
        machine.run("systemctl", "start", "tend-backup.service")
        print(machine.run(f"{CURRENT}/status").rstrip(), flush=True)
        run_documented(machine)
        backup = max((machine.root / "var/backups/tend").glob("*.zip")).read_bytes()
        content = machine.sql(CONTENT)
        machine.run("systemctl", "stop", "nginx", "tend-worker", "tend-web@*", "postgresql")
        with Machine(folder, f"{other}-restored", other, versions) as second:
            restore(second, settings, backup, content, walk)
        machine.run("systemctl", "start", "postgresql", "nginx")
        uninstall(machine)


def change_versions(machine: Machine, site: Site) -> None:
    """Update, update to what is broken, and roll back, each under the loop of requests."""
    under_load(machine, site, "updated, schema changed", "next")
    holds(is_next(site), "the new version serves")
    for name in ("failing", "stuck"):
        under_load(machine, site, f"refused the version “{name}”", name, refused=True)
        holds(is_next(site), "the version before it serves")
    under_load(machine, site, "rolled back", "")
    holds(not is_next(site), "the first version serves, on the next one's schema")
    under_load(machine, site, "rolled forward", "")


def under_load(machine: Machine, site: Site, words: str, version: str, refused: bool = False) -> None:
    """Update to a version, or roll back where it is "", during requests, none of which may fail."""
    command = f"/root/versions/{version}/deploy/update" if version else f"{CURRENT}/rollback"
    with Loop(site, machine.root / CERTIFICATE) as loop:
        time.sleep(2)
        said = timed(words, lambda: machine.run("bash", "-c", f"{command}; echo ended with $?"))
        time.sleep(2)
    print(f"    {loop.told()}", flush=True)
    holds(said.rstrip().endswith(f"ended with {int(refused)}"), said)
    holds(not loop.failures, "\n".join(loop.failures[:20]) or "no request failed")
    stored = machine.sql("SELECT body FROM blog_comment").splitlines()
    holds(all(stored.count(one) == 1 for one in loop.acknowledged), "each comment is there once")


def restore(machine: Machine, settings: str, backup: bytes, content: str, walk: SimpleNamespace) -> None:
    """Install beside the settings of the other site, restore its backup, and find its people."""
    (machine.root / "etc/tend").mkdir()
    (machine.root / "etc/tend/tend.env").write_text(settings)
    (machine.root / "root/backup.zip").write_bytes(backup)
    machine.run(INSTALL_NEXT, *INSTALL[1:])
    timed(f"restored on {machine.suite}", lambda: machine.run(f"{CURRENT}/restore", "/root/backup.zip"))
    holds(machine.sql(CONTENT) == content, f"the same accounts, comments, check-ins, sessions: {content}")
    site = Site(machine, machine.root / CERTIFICATE, "")
    wait_for_pages(site)
    ines = site.visitor().open("/accounts/login/")
    ines.send({"login": "ines@example.net", "password": joining.PASSWORD}, "form[action='/accounts/login/']")
    holds("1 practice" in ines.open("/progress/").words, "a member signs in and finds what she did")
    served = timed("certificate by ACME, and renewed", lambda: acme.get_and_renew(machine, INSTALL_NEXT))
    holds(len(set(served)) == 2 and all(served), f"nginx serves the new one: {', '.join(served)}")


def uninstall(machine: Machine) -> None:
    """Remove the programs, install beside the data, and remove both."""
    before = machine.sql(CONTENT)
    timed("uninstalled, data kept", lambda: machine.run(f"{CURRENT}/uninstall"))
    holds(machine.sql(CONTENT) == before, "the data are as they were")
    timed("installed beside the data", lambda: machine.run(INSTALL_NEXT, *INSTALL[1:]))
    holds(machine.sql(CONTENT) == before, "the data are as they were")
    timed(
        "uninstalled with its data", lambda: machine.run(f"{CURRENT}/uninstall", f"--delete-data={ADDRESS}")
    )
    left = machine.run("bash", "-c", "find /etc /opt /run /var -path /var/log -prune -o -name 'tend*' -print")
    holds(not left, left or "nothing is left of it but logs")


def run_documented(machine: Machine) -> None:
    """Run each command of the operator's page that stands on a line of its own, as it stands there."""
    lines = [line.strip() for line in PAGE.read_text().splitlines() if line.startswith("    ")]
    commands = [line for line in lines if re.match(r"[a-z/]+[ -]|/opt/|deploy/", line)]
    later = f"{CURRENT}/uninstall"
    for command in commands:
        if not command.startswith((*RUN_OTHERWISE, later, f"{CURRENT}/rollback")):
            machine.run("bash", "-c", f"cd /root/versions/next && {command}")
            print(f"    {command}", flush=True)


def units_are_tight(machine: Machine) -> bool:
    """Return whether systemd finds no fault with the units, and little open in each service."""
    machine.run("bash", "-c", "systemd-analyze verify tend-worker.service tend-backup.timer")
    rated = machine.run("bash", "-c", "systemd-analyze security --no-pager | grep ^tend-")
    exposure = {line.split()[0].partition("@")[0]: float(line.split()[1]) for line in rated.splitlines()}
    print(f"  exposure {exposure}", flush=True)
    return len(exposure) >= 2 and max(exposure.values()) <= MOST_EXPOSED


def refusals(machine: Machine) -> list[str]:
    """Return what nginx should refuse and does not."""
    asked = {
        "another host, HTTPS": (
            "--insecure --resolve other.example:443:127.0.0.1 https://other.example/",
            "000",
        ),
        "another host, HTTP": ("--header Host:other.example http://127.0.0.1/", "000"),
        "HTTP": ("http://localhost/", "301"),
        "TLS 1.1": (f"--tls-max 1.1 --ciphers DEFAULT@SECLEVEL=0 --insecure {ADDRESS}/", "000"),
        "3 MB for a page": (f"--insecure --data-binary @/root/3MB {ADDRESS}/search/", "413"),
    }
    machine.run("truncate", "--size=3M", "/root/3MB")
    wrong = []
    for words, (arguments, wanted) in asked.items():
        command = f"curl -s -o /dev/null -w '%{{http_code}}' {arguments} || true"
        got = machine.run("bash", "-c", command).strip()
        if got != wanted:
            wrong.append(f"{words}: {got}")
    return wrong


def wait_for_pages(site: Site) -> None:
    """Wait until the front page is served."""
    for _ in range(120):
        try:
            site.visitor().open("/")
            return
        except (AssertionError, OSError):
            time.sleep(0.5)
    sys.exit("The site does not come back.")


def is_next(site: Site) -> bool:
    """Return whether the version with the change serves."""
    return NEXT_EMAIL in site.visitor().open("/").words


def timed(words: str, act: Callable[[], object]) -> object:
    """Do it and print how long it took."""
    began = time.monotonic()
    result = act()
    print(f"  {words}: {time.monotonic() - began:.1f} s", flush=True)
    return result


def holds(condition: bool, words: str) -> None:
    """Print what holds; exit where it does not."""
    if not condition:
        sys.exit(f"  does not hold: {words}")
    print(f"    {words}", flush=True)


if __name__ == "__main__":
    main()
