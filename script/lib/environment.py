"""Create .venv and install a requirements file in it, unless that very file is installed there already.

Run by whatever Python the machine has, so it uses the standard library only. The file carries hashes, which pip and uv
check; `uv sync` would need uv on every machine, while pip comes with Python and serves those behind an index of their own.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MACHINES_PYTHON = os.path.realpath(sys.executable)  # sys.executable may lie in the .venv to replace
QUICK_INSTALLER = "uv==0.13.9"
# Python compiles what it needs when it needs it; all of it at once takes longer than the rest.
PIP_OPTIONS = ["--quiet", "--disable-pip-version-check", "--no-input", "--no-compile"]


def main(name: str) -> None:
    """Ensure that the requirements file `name` is installed; exit with a message where that fails."""
    requirements = ROOT / name
    stamp = VENV / f"installed-{name}"
    wanted = f"{fingerprint(requirements)} in {VENV}\n"
    if is_installed(stamp, wanted):
        return
    with open(__file__) as this:
        fcntl.flock(this, fcntl.LOCK_EX)  # script/server and script/test may be started side by side
        if is_installed(stamp, wanted):
            return
        if not os.access(PYTHON, os.X_OK) or was_moved(stamp):
            make_venv()
        install(requirements)
        stamp.write_text(wanted)


def fingerprint(requirements: Path) -> str:
    """Return a digest of the file."""
    return hashlib.sha256(requirements.read_bytes()).hexdigest()


def is_installed(stamp: Path, wanted: str) -> bool:
    """Return whether the stamp matches and the interpreter still exists: a system upgrade can remove it."""
    return os.access(PYTHON, os.X_OK) and stamp.exists() and stamp.read_text() == wanted


def was_moved(stamp: Path) -> bool:
    """Return whether this environment was created elsewhere and copied here: its programs still point there."""
    return stamp.exists() and not stamp.read_text().endswith(f" in {VENV}\n")


def make_venv() -> None:
    """Create .venv, without pip where the machine's own can install into it: pip takes ten seconds and a Debian package."""
    say("Making .venv …")
    if try_to_make_venv("--without-pip").returncode == 0 and has_pip():
        return
    made = try_to_make_venv()
    if made.returncode and install_system_package("python3-venv"):
        made = try_to_make_venv()
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(
            f"{(made.stdout + made.stderr).strip()}\n\n"
            f"Python cannot make a virtual environment here; its own words are above.\n"
            f"On Debian and Ubuntu this helps: sudo apt install python3-venv. Then start this again."
        )


def try_to_make_venv(*options: str) -> subprocess.CompletedProcess:
    """Try once, from scratch."""
    shutil.rmtree(VENV, ignore_errors=True)
    return subprocess.run([MACHINES_PYTHON, "-m", "venv", *options, VENV], capture_output=True, text=True)


def pip() -> list[str]:
    """Return the command that installs into .venv: its own pip if it has one, else the machine's."""
    if (VENV / "bin" / "pip").exists():
        return [str(PYTHON), "-m", "pip"]
    return [MACHINES_PYTHON, "-m", "pip", "--python", str(PYTHON)]


def has_pip() -> bool:
    """Return whether the machine's pip can install into .venv, which needs pip 22.3."""
    new_enough = "import pip, sys; sys.exit(tuple(map(int, pip.__version__.split('.')[:2])) < (22, 3))"
    return subprocess.run([MACHINES_PYTHON, "-c", new_enough], capture_output=True).returncode == 0


def install_system_package(name: str) -> bool:
    """Install a Debian package if this is Debian or a derivative, and we may. Return whether it is installed."""
    if os.geteuid() or not shutil.which("apt-get"):
        return False
    say(f"Installing the system's package {name}, once …")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for action in (["update"], ["install", "--yes", "--no-install-recommends", name]):
        ended = subprocess.run(["apt-get", "-qq", *action], stdout=sys.stderr, env=environment)
    return ended.returncode == 0


def install(requirements: Path) -> None:
    """Install with uv, else with pip, whose errors are clearer; exit with advice where both fail."""
    say(f"Installing what {requirements.name} lists, once; this takes a minute or two …")
    if install_quickly(requirements):
        return
    if subprocess.run([*pip(), "install", *PIP_OPTIONS, "-r", requirements]).returncode:
        sys.exit(
            f"\npip could not install {requirements.name}; its own words are above. If this machine is\n"
            f"offline or behind a proxy, connect it (pip reads HTTPS_PROXY), then start this again."
        )


def install_quickly(requirements: Path) -> bool:
    """Install with uv, in a third of pip's time. Return success; its errors are not shown, as pip then tries again.

    Where pip is configured for another index, or none, only pip is used: uv would not know.
    """
    if os.environ.keys() & {"PIP_INDEX_URL", "PIP_NO_INDEX"}:
        return False
    uv = VENV / "bin" / "uv"
    get = [*pip(), "install", *PIP_OPTIONS, "--retries=0", "--only-binary=uv", QUICK_INSTALLER]
    use = [str(uv), "pip", "install", "--quiet", "--python", str(PYTHON), "-r", str(requirements)]
    if not uv.exists() and subprocess.run(get, capture_output=True).returncode:
        return False
    return subprocess.run(use, capture_output=True, env=os.environ | {"UV_HTTP_RETRIES": "0"}).returncode == 0


def say(text: str) -> None:
    """Report progress on standard error, since a program may read the standard output."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
