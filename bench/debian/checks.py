"""What is asked of a machine and its site, and how the proof prints it."""

import sys
import time
from collections.abc import Callable

from bench.debian.machine import Machine
from bench.debian.versions import NEXT_EMAIL
from bench.debian.visits import ADDRESS, Site

MOST_EXPOSED = 2.0  # of 10, as systemd-analyze rates a unit


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


def reloads(machine: Machine) -> int:
    """Return how often nginx was reloaded, which closes connections that browsers keep open."""
    return machine.run("journalctl", "--unit=nginx", "--output=cat", "--no-pager").count("Reloaded")


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


def nothing_is_left(machine: Machine) -> None:
    """Exit if any file of the site's name is left, its certificate included."""
    left = machine.run("bash", "-c", "find /etc /opt /run /var -path /var/log -prune -o -name 'tend*' -print")
    holds(not left, left or "nothing is left of it but logs")
