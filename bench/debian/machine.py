"""A bare Debian with its own systemd in a container, on the network of this machine."""

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil

OWN_AUTHORITIES = Path("/usr/local/share/ca-certificates")  # of this machine: its proxy's, for example
PACKAGES = "systemd-sysv,dbus,ca-certificates"
ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "SSL_CERT_FILE": "/etc/ssl/certs/ca-certificates.crt",
    "REQUESTS_CA_BUNDLE": "/etc/ssl/certs/ca-certificates.crt",  # certbot's own list is another
}
PATIENCE = 60  # seconds to boot or to stop
NEEDED = {"debootstrap": "debootstrap", "systemd-nspawn": "systemd-container", "nsenter": "util-linux"}


def check_tools() -> None:
    """Exit with advice where this machine lacks a tool."""
    missing = [package for tool, package in NEEDED.items() if not shutil.which(tool)]
    if missing:
        sys.exit(f"This needs root and Debian's packages: apt-get install {' '.join(missing)}")


class Machine:
    """A machine `name` of the release `suite` under `folder`; `versions` is seen there as /root/versions."""

    def __init__(self, folder: Path, name: str, suite: str, versions: Path) -> None:
        self.name, self.suite = name, suite
        self.root, self._base, self._versions = folder / name, folder / f"base-{suite}", versions
        self._nspawn = self._first = None

    def __enter__(self) -> "Machine":
        if not self._base.exists():
            self._bootstrap()
        subprocess.run(["cp", "--archive", self._base, self.root], check=True)
        (self.root / "etc/apt/apt.conf.d/yes").write_text(
            'APT::Get::Assume-Yes "true";\n'
        )  # as somebody types it
        self._boot()
        return self

    def __exit__(self, *_: object) -> None:
        self._shut_down()
        shutil.rmtree(self.root)

    def reboot(self) -> None:
        """Shut down and boot again."""
        self._shut_down()
        self._boot()

    def run(self, *command: str, check: bool = True) -> str:
        """Run a command as root inside. Return what it said, errors included; exit where it fails."""
        ended = subprocess.run(
            self._enter(*command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if check and ended.returncode:
            sys.exit(f"{self.name}: {' '.join(command)} ended with {ended.returncode}:\n{ended.stdout}")
        return ended.stdout

    def sql(self, query: str) -> str:
        """Return the answer of the site's database."""
        return self.run("runuser", "-u", "postgres", "--", "psql", "-qtA", "tend", "-c", query).strip()

    def _bootstrap(self) -> None:
        """Make the smallest Debian that boots, once."""
        draft = self._base.with_suffix(".draft")
        shutil.rmtree(draft, ignore_errors=True)
        command = ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", self.suite, str(draft)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        (draft / "etc" / "hosts").write_text("127.0.0.1 localhost\n::1 localhost\n")
        for file in OWN_AUTHORITIES.glob("*.crt"):
            shutil.copy(file, draft / OWN_AUTHORITIES.relative_to("/"))
        subprocess.run(["chroot", str(draft), "update-ca-certificates"], check=True, capture_output=True)
        draft.rename(self._base)

    def _shut_down(self) -> None:
        self._nspawn.send_signal(signal.SIGTERM)  # to a container that has booted, a shutdown in order
        try:
            self._nspawn.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._nspawn.kill()
            self._nspawn.wait()

    def _boot(self) -> None:
        log = (self.root.parent / f"{self.name}.log").open("w")
        options = [
            "--quiet",
            "--boot",
            "--register=no",
            "--keep-unit",
            "--resolv-conf=copy-host",
            "--console=pipe",
        ]
        where = [
            f"--directory={self.root}",
            f"--machine={self.name}",
            f"--bind-ro={self._versions}:/root/versions",
        ]
        self._nspawn = subprocess.Popen(
            ["systemd-nspawn", *options, *where], stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        end = time.monotonic() + PATIENCE
        while not self._is_up():
            if time.monotonic() > end or self._nspawn.poll() is not None:
                sys.exit(f"{self.name} does not boot; see {log.name}")
            time.sleep(0.2)

    def _is_up(self) -> bool:
        children = psutil.Process(self._nspawn.pid).children()
        if not children:
            return False
        self._first = children[0].pid
        asked = self._enter("systemctl", "is-system-running")
        return subprocess.run(asked, capture_output=True, text=True).stdout.strip() in ("running", "degraded")

    def _enter(self, *command: str) -> list[str]:
        variables = [f"{name}={value}" for name, value in ENVIRONMENT.items()]
        namespaces = ["--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup"]
        return [
            "nsenter",
            f"--target={self._first}",
            *namespaces,
            "env",
            "--ignore-environment",
            *variables,
            *command,
        ]
