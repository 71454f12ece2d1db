"""Start the site on a database of its own, fill it by fill_members, and leave nothing behind."""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.measure import ROOT, secrets_of, served


def main() -> None:
    """Fill and report; exit with the command's code."""
    parser = argparse.ArgumentParser(prog="bench/fill", description="Fill a database with members by COPY.")
    parser.add_argument("--members", type=int, default=1_000_000)
    parser.add_argument("--in", dest="parent", help="directory of the database, on the disk to measure")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="postpartum-bench-", dir=options.parent) as directory:
        Path(directory).chmod(0o711)  # root's database account must pass through
        with served(Path(directory) / "data") as (_port, environment):
            command = [sys.executable, "manage.py", "fill_members", "--members", str(options.members)]
            ended = subprocess.run(command, env=secrets_of(environment) | environment, cwd=ROOT)
    sys.exit(ended.returncode)


if __name__ == "__main__":
    main()
