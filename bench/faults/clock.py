"""The clock of a site is set forward and back by hours while people write, sign in and get mail."""

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.faults.kept import kept
from bench.faults.site import Site, a_site
from bench.faults.writers import Told, write_at_once
from bench.people import MEMBER, sign_in
from tests.smoke.visitor import Visitor

SHIM = Path(__file__).with_name("clock.c")
JUMPS = (3600, 0, -3600, 0, 90_000, 0)  # seconds off; between them:
BETWEEN = 6
PATIENCE = 60  # seconds for the worker to send what waits


def set_back_and_forth(_: str, writers: int) -> dict[str, object]:
    """Set the clock of web, worker and database forward and back. Nothing may be lost, doubled, late or shut."""
    if not shutil.which("cc"):
        sys.exit("This needs a C compiler: apt-get install gcc libc6-dev")
    with tempfile.TemporaryDirectory(prefix="tend-clock-") as folder:
        Path(folder).chmod(0o755)
        library, clock = Path(folder) / "clock.so", Path(folder) / "offset"
        subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", library, SHIM, "-ldl"], check=True)
        _set(clock, 0)
        with a_site(LD_PRELOAD=str(library), CLOCK_OFFSET=str(clock)) as site:
            return _jump(site, clock, writers)


def _jump(site: Site, clock: Path, writers: int) -> dict[str, object]:
    told, member, errors = Told(), sign_in(site.address, MEMBER), 0
    with write_at_once(site.address, "cesarean-scar", writers, told):
        for offset in JUMPS:
            _set(clock, offset)
            time.sleep(BETWEEN)
            errors += _signed_out(member) + (sign_in(site.address, MEMBER).path != "/today/")
    end = time.monotonic() + PATIENCE
    while (waiting := _waiting(site)) and time.monotonic() < end:
        time.sleep(1)
    found = kept(site, told)
    failed = sum(number for status, number in told.statuses.items() if status >= 500)
    return {
        **found,
        "jumps": len(JUMPS),
        "answers": told.statuses,
        "mails that wait": waiting,
        "refused members": errors,
        "errors": failed + errors + waiting,
    }


def _set(clock: Path, seconds: int) -> None:
    """Set the clock so many seconds off: in place, since each process looks at this very file."""
    clock.touch(mode=0o644)
    with clock.open("r+b") as file:
        file.write(seconds.to_bytes(8, sys.byteorder, signed=True))


def _signed_out(member: Visitor) -> bool:
    """Return whether a member has to sign in again."""
    return member.open("/today/").path != "/today/"


def _waiting(site: Site) -> int:
    """Return how many mails are due and not sent."""
    return site.ask("SELECT count(*) FROM postpartum_mail WHERE state = 'waiting'")[0][0]
