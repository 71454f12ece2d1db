"""Fill one database with many members and one with a few, and measure the same pages on both; leave nothing behind."""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import comparing
from bench.measure import ROOT, secrets_of, served


def main() -> None:
    """Fill, measure, print and keep; exit with 1 if anything grows with members."""
    options = parse_arguments()
    with tempfile.TemporaryDirectory(prefix="postpartum-bench-", dir=options.parent) as directory:
        Path(directory).chmod(0o711)  # root's database account must pass through
        few, many = Path(directory) / "few", Path(directory) / "many"
        with served(few) as (_port, of_few), served(many) as (_port, of_many):
            of_few, of_many = secrets_of(of_few) | of_few, secrets_of(of_many) | of_many
            fill(of_few, options.few)
            report = fill(of_many, options.members)
            print(report, flush=True)
            with comparing.measuring(of_few) as on_few, comparing.measuring(of_many) as on_many:
                rows = comparing.compare(on_few, on_many)
    table = comparing.table(rows, options)
    print(table)
    if options.keep:
        path = comparing.keep(rows, f"{report}\n{table}", options)
        print(f"Kept in {path.relative_to(ROOT)}.")
    sys.exit(1 if any(row.grows for row in rows) else 0)


def parse_arguments() -> argparse.Namespace:
    """Parse how many members there are many and few, and where the databases are to be."""
    parser = argparse.ArgumentParser(
        prog="bench/fill", description="Compare pages with many members and with a few."
    )
    parser.add_argument("--members", type=int, default=1_000_000)
    parser.add_argument("--few", type=int, default=100, help="members of the other database")
    parser.add_argument("--in", dest="parent", help="directory of the databases, on the disk to measure")
    parser.add_argument("--keep", action="store_true", help="keep the table under bench/results/members/")
    return parser.parse_args()


def fill(environment: dict[str, str], members: int) -> str:
    """Fill a running site's database. Return what fill_members prints."""
    command = [sys.executable, "manage.py", "fill_members", "--members", str(members)]
    ended = subprocess.run(command, env=environment, stdout=subprocess.PIPE, cwd=ROOT, text=True)
    if ended.returncode:
        sys.exit("The database could not be filled; why stands above.")
    return ended.stdout


if __name__ == "__main__":
    main()
