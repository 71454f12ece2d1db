"""Versions of the site to install one after the other: this one, a next one with a change of schema, two broken ones."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_COPIED = (".git", ".venv", ".data", "node_modules", "__pycache__", ".*_cache")
MODEL = "postpartum/models/mail.py"
BEFORE = "    resolved_at = models.DateTimeField("
FIELD = '    added_by_update = models.TextField(db_default="", default="", blank=True)\n'
OF_NOBODY = ["-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "core.bare=false"]
EMAIL, NEXT_EMAIL = "hello@example.org", "next@example.org"  # at the foot of each page
BROKEN_MIGRATION = """from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("postpartum", "{before}")]
    operations = [migrations.RunSQL("SELECT 1 / 0", migrations.RunSQL.noop)]
"""


def make_versions(folder: Path) -> None:
    """Write the versions `first`, `next`, `failing` (its pages fail) and `stuck` (its migration does) into `folder`."""
    _copy(folder / "first")
    for name in ("next", "failing", "stuck"):
        make_next_version(folder / name)
    (folder / "failing" / "postpartum" / "wsgi.py").write_text("raise RuntimeError('not healthy')\n")
    migrations = folder / "stuck" / "postpartum" / "migrations"
    last = max(path.stem for path in migrations.glob("0*.py"))
    (migrations / "9999_stuck.py").write_text(BROKEN_MIGRATION.format(before=last))


def publish(folder: Path, version: str) -> None:
    """Make one of the versions the newest of the git repository `repository` beside them, which is made by the first."""
    repository = folder / "repository"
    git = ["git", f"--git-dir={repository}", f"--work-tree={folder / version}", *OF_NOBODY]
    if version == "first":
        shutil.rmtree(repository, ignore_errors=True)
        subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", repository], check=True)
    for command in (["add", "--all"], ["commit", "--quiet", f"--message={version}"]):
        subprocess.run([*git, *command], check=True)


def make_next_version(version: Path) -> None:
    """Write a version with a column more and its migration, and another address at the foot of each page."""
    _copy(version)
    model = version / MODEL
    model.write_text(model.read_text().replace(BEFORE, FIELD + BEFORE, 1))
    settings = version / "postpartum" / "settings.py"
    settings.write_text(settings.read_text().replace(EMAIL, NEXT_EMAIL))
    command = [sys.executable, "manage.py", "makemigrations", "postpartum", "--name", "added_by_update"]
    environment = os.environ | {
        "DEBUG": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "DATA_DIR": str(version / ".data"),
    }
    subprocess.run(command, cwd=version, env=environment, check=True, capture_output=True)


def _copy(version: Path) -> None:
    shutil.copytree(ROOT, version, ignore=shutil.ignore_patterns(*NOT_COPIED), symlinks=True)
