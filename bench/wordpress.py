"""Measure taking over a large WordPress blog: time and memory, twice, and that nothing is lost or doubled.

The blog is made up: comments in random order under random posts, some levels deep. The importer runs as a process of
its own, the way an operator starts it, so its memory is its own.
"""

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

import django

from bench.wxr import BLEMISHES, read_pieces, write_big, write_pieces
from postpartum.embedded_postgres import Cluster

MOST_MEGABYTES = 300  # however large the file
ROOT = Path(__file__).resolve().parents[1]


def main():
    """Make the file, import it twice, compare; exits 1 if anything is lost, doubled or changed."""
    options = parse_arguments()
    variants = [(), *((name,) for name in BLEMISHES)] if options.each else [tuple(options.blemish)]
    with served() as directory:
        sound = directory / "sound.xml"
        write_big(
            sound,
            posts=options.posts,
            comments=options.comments,
            depth=options.depth,
            body_bytes=options.body_bytes,
            comment_bytes=options.comment_bytes,
        )
        print(
            f"{options.posts} posts, {options.comments} comments up to {options.depth} levels deep, in random order. "
            f"{os.cpu_count()} cores, load before it {os.getloadavg()[0]:.1f}.",
            flush=True,
        )
        problems = [problem for names in variants for problem in measure(options, directory, sound, names)]
    print("\n".join(problems) or "Nothing lost, nothing doubled, no orphan; the second run changed nothing.")
    sys.exit(1 if problems else 0)


def measure(options, directory, sound, blemishes):
    """Import the sound file with these blemishes twice, into empty tables, and print what it took; gives the problems."""
    path = directory / "export.xml"
    wanted = write_pieces(path, read_pieces(sound), blemishes)
    manage("flush", "--no-input", "--verbosity", "0")
    print(f"{', '.join(blemishes) or 'no blemish'}, {path.stat().st_size / 1e6:.0f} MB", flush=True)
    states = [state_after(path, name) for name in ("dry run", "first run", "second run")[options.quick :]]
    path.unlink()
    return [f"{', '.join(blemishes)}: {problem}" for problem in find_problems(wanted, states[-2:])]


def parse_arguments():
    """How large the blog is."""
    parser = argparse.ArgumentParser(prog="bench/wordpress", description="Measure the import from WordPress.")
    parser.add_argument("--posts", type=int, default=2_000)
    parser.add_argument("--comments", type=int, default=50_000)
    parser.add_argument("--depth", type=int, default=5)
    parser.add_argument("--body-bytes", type=int, default=4_000, help="of each post")
    parser.add_argument("--comment-bytes", type=int, default=300, help="of each comment")
    parser.add_argument(
        "--blemish", action="append", choices=BLEMISHES, default=[], help="may be given often"
    )
    parser.add_argument(
        "--each", action="store_true", help="without a blemish, then with each of them singly"
    )
    parser.add_argument("--quick", action="store_true", help="without the dry run")
    return parser.parse_args()


@contextlib.contextmanager
def served():
    """A throw-away database with our tables, which this process and those it starts use; gives its directory."""
    with tempfile.TemporaryDirectory(prefix="postpartum-bench-") as name:
        directory = Path(name)
        directory.chmod(0o711)  # root's database account must pass through
        os.environ.pop("DATABASE_URL", None)
        os.environ |= {"DATA_DIR": name, "DEBUG": "1", "DJANGO_SETTINGS_MODULE": "postpartum.settings"}
        cluster = Cluster(directory, throw_away=True)
        cluster.start()
        try:
            manage("migrate", "--verbosity", "0")
            django.setup()
            yield directory
        finally:
            cluster.remove()


def state_after(path, name):
    """Import once and print what it took; gives a digest of all that is there afterwards, and the megabytes."""
    began = time.perf_counter()
    used = manage("import_wordpress", str(path), *(["--dry-run"] if name == "dry run" else []))
    seconds = time.perf_counter() - began
    print(
        f"{name:>10}: {seconds:7.1f} s, of them {used.ru_utime + used.ru_stime:6.1f} s in the importer; "
        f"{used.ru_maxrss / 1024:5.0f} MB at most",
        flush=True,
    )
    return digest_of_rows(), used.ru_maxrss / 1024


def manage(*arguments):
    """Run a command of manage.py quietly; gives what it used. Ends this process if the command failed."""
    process = subprocess.Popen([sys.executable, "manage.py", *arguments], cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"manage.py {arguments[0]} failed.")
    return used


def digest_of_rows():
    """A digest of every row that an import makes and readers see.

    A few rows at a time: a process that is started counts the memory of the one that starts it as its own.
    """
    from blog.models import Article, Comment, ThreadPage  # noqa: PLC0415 needs django.setup()

    digest = sha256()
    for model in (Article, Comment, ThreadPage):
        for row in model.objects.order_by("pk").values_list().iterator(chunk_size=20):
            digest.update(repr(row).encode())
    return digest.hexdigest()


def find_problems(wanted, states):
    """Whatever is not as it should be, in words; `wanted` are the whole (posts, comments) of the file."""
    from blog.models import Article, Comment, ImportLine, ImportRun  # noqa: PLC0415 needs django.setup()

    runs = ImportRun.objects.filter(dry_run=False).order_by("pk")
    lines, again = (run.lines.filter(kind=ImportLine.Kind.COMMENT) for run in (runs[0], runs[1]))
    replies = lines.filter(outcome="imported", parent_wp_id__gt=0).count()
    counts = {
        "articles": (Article.objects.count(), wanted[0]),
        "comments": (Comment.objects.count(), wanted[1]),
        "replies under what they answer": (Comment.objects.exclude(parent=None).count(), replies),
        "comments taken over": (lines.filter(outcome="imported").count(), wanted[1]),
        "comments here already in the second run": (again.filter(outcome="unchanged").count(), wanted[1]),
    }
    print(", ".join(f"{name}: {found}" for name, (found, _) in counts.items()), flush=True)
    yield from (
        f"{name}: {found}, but should be {due}." for name, (found, due) in counts.items() if found != due
    )
    if states[0][0] != states[1][0]:
        yield "The second run changed something."
    if max(megabytes for _, megabytes in states) > MOST_MEGABYTES:
        yield f"It took more than {MOST_MEGABYTES} MB of memory."


if __name__ == "__main__":
    main()
