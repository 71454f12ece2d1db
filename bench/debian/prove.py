"""Prove the scripts of deploy/ on bare Debians and print the figures.

One machine is installed, used by the people of the smoke test through nginx and TLS, rebooted, updated with a change of
schema and rolled back under a loop of requests, backed up and uninstalled; another one restores the backup, gets a
certificate by ACME and is uninstalled with its data.
"""

import argparse
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace

from bench.debian import acme
from bench.debian.checks import (
    MOST_EXPOSED,
    holds,
    is_next,
    nothing_is_left,
    refusals,
    reloads,
    timed,
    units_are_tight,
    wait_for_pages,
)
from bench.debian.documented import PLACE, Reader
from bench.debian.machine import Machine, check_tools
from bench.debian.transcript import KEPT, printed_too
from bench.debian.versions import make_versions, publish
from bench.debian.visits import ADDRESS, Loop, Site
from tests.smoke import desk, joining, practising, reading

CURRENT = "/opt/tend/current/deploy"
INSTALL = (f"{PLACE}/deploy/install", "--domain", "localhost", "--self-signed")
COPY = (
    "apt-get update",
    "apt-get install git",
    "git clone",
    "cd ",
)  # the page's way to a copy of the project
CERTIFICATE = "etc/tend/tls/fullchain.pem"
STEPS = [
    desk.first_owner, desk.second_step, joining.sign_up, joining.screening, practising.check_in, practising.session,
    desk.writing, reading.comment, desk.deciding_by_mail, reading.found,
]  # fmt: skip
CONTENT = """SELECT (SELECT count(*) FROM accounts_user), (SELECT count(*) FROM blog_comment),
    (SELECT count(*) FROM programs_checkin), (SELECT count(*) FROM programs_sessionlog)"""
WHOLE = "each command of the operator's page was given as it stands there"


def main() -> None:
    """Prove for each suite that is asked for; exit with a message at the first thing that does not hold."""
    parser = argparse.ArgumentParser(prog="bench/install", description=__doc__)
    parser.add_argument(
        "suites", nargs="*", default=["bookworm", "trixie"], help="Debian releases, such as trixie"
    )
    parser.add_argument(
        "--folder", type=Path, default=None, help="where the machines are made, and kept bare"
    )
    parser.add_argument(
        "--keep", action="store_true", help=f"keep what is printed as {KEPT.name}/install-SUITE.txt"
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
            with printed_too(suite if arguments.keep else ""):
                publish(versions, "first")
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
    print(f"\n{suite}, {time.strftime('%F %R', time.gmtime())} UTC", flush=True)
    reader = Reader()
    with Machine(folder, f"{suite}-site", suite, versions) as machine:
        site, settings = install(machine, reader)
        walk = SimpleNamespace(site=site)
        timed("used by owner, member and reader", lambda: [step(walk) for step in STEPS])
        wrong = refusals(machine)
        holds(
            not wrong,
            f"nginx does not refuse as it should: {wrong}" if wrong else "nginx refuses what it should",
        )
        timed("rebooted, and serving by itself", lambda: (machine.reboot(), wait_for_pages(site)))
        publish(versions, "next")
        change_versions(machine, site, reader)
        machine.run("systemctl", "start", "tend-backup.service")
        print(machine.run(f"{CURRENT}/status").rstrip(), flush=True)
        for title in ("Keep strangers out", "Look after it", "Back up"):
            reader.give_section(machine, title)
        backup = max((machine.root / "var/backups/tend").glob("*.zip")).read_bytes()
        content = machine.sql(CONTENT)
        machine.run("systemctl", "stop", "nginx", "tend-worker", "tend-web@*", "postgresql")
        with Machine(folder, f"{other}-restored", other, versions) as second:
            restore(second, reader, settings, backup, content)
        machine.run("systemctl", "start", "postgresql", "nginx")
        uninstall(machine, reader)
    holds(
        not reader.left(),
        f"of the page's commands were not given: {reader.left()}" if reader.left() else WHOLE,
    )


def install(machine: Machine, reader: Reader) -> tuple[Site, str]:
    """Get a copy of the project, install it twice, and do what the page says to do then. Return site and settings."""
    for beginning in COPY:
        reader.give(machine, beginning)
    timed("installed", lambda: machine.run(*INSTALL))
    holds(units_are_tight(machine), f"each unit's exposure is at most {MOST_EXPOSED}")
    file = machine.root / "etc/tend/tend.env"
    settings = file.read_text()
    timed("installed once more", lambda: machine.run(*INSTALL))
    holds(file.read_text() == settings, "no secret has changed")
    link = reader.give(machine, f"{CURRENT}/manage owner_link")
    reader.give(machine, "systemctl restart")
    reader.give(machine, f"{CURRENT}/manage sendtestemail")
    site = Site(machine, machine.root / CERTIFICATE, link)
    wait_for_pages(site)
    return site, settings


def change_versions(machine: Machine, site: Site, reader: Reader) -> None:
    """Update, update to what is broken, and roll back, each under the loop of requests."""
    reader.give(machine, "git pull")
    under_load(machine, site, "updated, schema changed", lambda: reader.give(machine, "deploy/update"))
    holds(is_next(site), "the new version serves")
    for name in ("failing", "stuck"):
        under_load(machine, site, f"refused the version “{name}”", partial(refuse, machine, name))
        holds(is_next(site), "the version before it serves")
    before = reloads(machine)
    under_load(machine, site, "rolled back", lambda: reader.give(machine, f"{CURRENT}/rollback"))
    holds(not is_next(site), "the first version serves, on the next one's schema")
    under_load(machine, site, "rolled forward", lambda: reader.give(machine, f"{CURRENT}/rollback"))
    holds(is_next(site), "the next version serves")
    holds(reloads(machine) == before, "nginx has closed no connection meanwhile")


def refuse(machine: Machine, version: str) -> None:
    """Try to update to a version that cannot serve."""
    said = machine.run("bash", "-c", f"/root/versions/{version}/deploy/update; echo ended with $?")
    holds(said.rstrip().endswith("ended with 1"), "the update ended with 1")


def under_load(machine: Machine, site: Site, words: str, act: Callable[[], object]) -> None:
    """Do something during requests, none of which may fail."""
    with Loop(site, machine.root / CERTIFICATE) as loop:
        time.sleep(2)
        timed(words, act)
        time.sleep(2)
    print(f"    {loop.told()}", flush=True)
    holds(not loop.failures, "\n".join(loop.failures[:20]) or "no request failed")
    stored = machine.sql("SELECT body FROM blog_comment").splitlines()
    holds(all(stored.count(one) == 1 for one in loop.acknowledged), "each comment is there once")


def restore(machine: Machine, reader: Reader, settings: str, backup: bytes, content: str) -> None:
    """Install with the settings of the other site, restore its backup, find its people, get a certificate; remove all."""
    (machine.root / "root/tend.env").write_text(settings)
    (machine.root / "root/backup.zip").write_bytes(backup)
    reader.give(machine, "install -D")
    reader.give(machine, "rm /root/tend.env")
    for beginning in COPY:
        reader.give(machine, beginning)
    machine.run(*INSTALL)
    timed(f"restored on {machine.suite}", lambda: reader.give(machine, f"{CURRENT}/restore"))
    holds(machine.sql(CONTENT) == content, f"the same accounts, comments, check-ins, sessions: {content}")
    site = Site(machine, machine.root / CERTIFICATE, "")
    wait_for_pages(site)
    ines = joining.sign_in_by_code(site, "ines@example.net")
    ines.send({"code": site.mails.wait_for("ines@example.net", "Your code to sign in").code})
    holds("1 practice" in ines.open("/progress/").words, "a member signs in and finds what she did")
    acme.start(machine)
    served = timed("certificate by ACME, and renewed", lambda: acme.get_and_renew(machine, reader))
    by_acme = len(set(served)) == 2 and all("Pebble" in one for one in served)
    holds(by_acme, f"nginx serves one, then the new one: {'; '.join(served)}")
    machine.run(f"{CURRENT}/uninstall", f"--delete-data={ADDRESS}")
    nothing_is_left(machine)


def uninstall(machine: Machine, reader: Reader) -> None:
    """Remove the programs, install beside the data, and remove both."""
    before = machine.sql(CONTENT)
    timed("uninstalled, data kept", lambda: reader.give(machine, f"{CURRENT}/uninstall"))
    holds(machine.sql(CONTENT) == before, "the data are as they were")
    timed("installed beside the data", lambda: machine.run(*INSTALL))
    holds(machine.sql(CONTENT) == before, "the data are as they were")
    timed("uninstalled with its data", lambda: reader.give(machine, f"{CURRENT}/uninstall --delete-data"))
    nothing_is_left(machine)


if __name__ == "__main__":
    main()
