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

from bench.wxr import BLEMISHES, write_big
from postpartum.embedded_postgres import Cluster

MOST_MEGABYTES = 300  # however large the file
ROOT = Path(__file__).resolve().parents[1]


def main():
    """Make the file, import it twice, compare; exits 1 if anything is lost, doubled or changed."""
    options = parse_arguments()
    with served() as directory:
        path = directory / "export.xml"
        write_big(
            path,
            posts=options.posts,
            comments=options.comments,
            depth=options.depth,
            body_bytes=options.body_bytes,
            comment_bytes=options.comment_bytes,
            blemishes=options.blemish,
        )
        blemishes = f", with {', '.join(options.blemish)}" if options.blemish else ""
        size = path.stat().st_size / 1e6
        print(
            f"A file of {size:.0f} MB: {options.posts} posts, {options.comments} comments up to {options.depth} "
            f"levels deep, in random order{blemishes}. {os.cpu_count()} cores, load before it {os.getloadavg()[0]:.1f}.",
            flush=True,
        )
        states = [state_after(path, name) for name in ("dry run", "first run", "second run")[options.quick :]]
        problems = list(find_problems(options, states[-2:]))
    print("\n".join(problems) or "Nothing lost, nothing doubled, no orphan; the second run changed nothing.")
    sys.exit(1 if problems else 0)


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


def find_problems(options, states):
    """Whatever is not as it should be, in words."""
    from blog.models import Article, Comment, ImportLine, ImportRun  # noqa: PLC0415 needs django.setup()

    run = ImportRun.objects.filter(dry_run=False).order_by("pk").first()
    replies = run.lines.filter(kind=ImportLine.Kind.COMMENT, parent_wp_id__gt=0).count()
    counts = {
        "articles": (Article.objects.count(), options.posts),
        "comments": (Comment.objects.count(), options.comments),
        "replies under what they answer": (Comment.objects.exclude(parent=None).count(), replies),
        "comments left out or failed": (
            run.lines.filter(kind="comment").exclude(outcome="imported").count(),
            0,
        ),
    }
    for name, (found, wanted) in counts.items():
        print(f"{name}: {found}")
        if found != wanted:
            yield f"{name}: {found}, but should be {wanted}."
    if states[0][0] != states[1][0]:
        yield "The second run changed something."
    if max(megabytes for _, megabytes in states) > MOST_MEGABYTES:
        yield f"It took more than {MOST_MEGABYTES} MB of memory."


if __name__ == "__main__":
    main()
