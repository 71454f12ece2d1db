"""What the operator was promised: a start, a crash, keys, a backup and the way back, each command once."""

import os
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta

from cryptography.fernet import Fernet

from tests.servers import ROOT
from tests.smoke.joining import sign_in_by_code
from tests.smoke.promises import keeps

CASES = ROOT / "tests" / "programs" / "rules" / "cases" / "screening.json"


@keeps("Production")
def production(walk):
    """It starts on an empty folder: no debugging, no demo, secrets for its owner only; and not without secrets."""
    site = walk.site
    said = site.start("--production")
    assert "demo" not in said
    assert stat.S_IMODE(site.secrets.stat().st_mode) == 0o600
    guest = site.visitor()
    assert "URLconf" not in guest.open("/no-such-page/", status=404).words
    assert guest.get("/dev/mail/").status_code == 404
    guest.open("/accounts/login/")
    guest.send(
        {"login": "therapist@example.org", "password": "demo-only-password"},
        "form[action='/accounts/login/']",
    )
    assert guest.path == "/accounts/login/"
    _gunicorn_refuses_without_secrets()


@keeps("Health")
def health(walk):
    """A watcher asks whether the site and its database answer."""
    assert walk.site.visitor().get("/healthz").json()["status"] == "ok"


@keeps("Static files")
def static_files(walk):
    """They travel compressed, and under names that may be kept for ever."""
    guest = walk.site.visitor().open("/")
    [sheet, *_] = [link["href"] for link in guest.page.select("link[rel=stylesheet]")]
    answer = guest.get(sheet, **{"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]


@keeps("Crash")
def crash(walk):
    """Every process is killed at once; started again, everybody is signed in and everything is there."""
    site = walk.site
    site.kill_everything()
    walk.old_key = site.setting("FIELD_KEYS")
    walk.letter_at = datetime.now(UTC) + timedelta(minutes=1)
    site.set(
        FIELD_KEYS=f"{Fernet.generate_key().decode()},{walk.old_key}",
        NEWSLETTER_AT=f"{walk.letter_at:%a %H:%M}",
    )
    site.start("--production")
    assert "1 practice" in walk.ines.open("/progress/").words
    assert "May I run?" in site.visitor().open("/articles/stairs/").words


@keeps("Key rotation")
def new_keys(walk):
    """Everything is encrypted with the key that came in front; the old one leaves the file."""
    walk.site.command("rotate_keys")
    walk.site.set(FIELD_KEYS=walk.site.setting("FIELD_KEYS").removesuffix(f",{walk.old_key}"))


def other_commands(walk):
    """What is left of the table of commands, as part of the running site."""
    site, exported = walk.site, walk.folder / "export.xml"
    site.command("loadprogram", "--check")
    assert "There are pages already" in site.command("create_pages")
    assert "0 failed" in site.command("check_rules", str(CASES))
    assert "0 files changed" in site.command("figures")
    site.command("check_decisions")
    assert "0 findings" in site.command("simulate", "--mothers", "1", "--weeks", "1")
    site.command("words", str(walk.folder / "words.txt"))
    site.command("refresh_articles")
    site.command("send_reminders")
    site.command("worker", "--once")
    site.command("export_wordpress", str(exported))
    site.command("import_wordpress", str(exported), "--dry-run")


@keeps("Backup")
def backup(walk):
    """Database and uploads in one file for its owner, made while the site runs; none is ever replaced."""
    walk.backup = walk.folder / "backup.zip"
    walk.site.command("backup", str(walk.backup))
    assert stat.S_IMODE(walk.backup.stat().st_mode) == 0o600
    assert "is there already" in walk.site.refused("backup", str(walk.backup))
    walk.site.command("restore_drill", str(walk.backup))


@keeps("Restore")
def restore(walk):
    """Over the demo of another folder, the keys brought along: refused, then whole; the erased are erased again."""
    other = walk.other
    other.start()
    other.command("seed_demo")
    other.stop()
    other.set(FIELD_KEYS=walk.site.setting("FIELD_KEYS"))
    assert "There are people in this database" in other.refused("restore", str(walk.backup))
    other.command("restore", str(walk.backup), "--replace")
    other.start("--production")
    other.command("erase_account", "ines@example.net", "--at-once")
    other.command("worker", "--once")
    _is_whole(other)


def _is_whole(site):
    """Nora finds her answers, the conversation and the pictures are there; Ines, erased since the backup, is gone."""
    sign_in_by_code(site, "ines@example.net")
    site.mails.wait_for("ines@example.net", "No account with this address")
    nora = sign_in_by_code(site, "nora@example.net")
    nora.send({"code": site.mails.wait_for("nora@example.net", "Your code to sign in").code})
    assert "All set to continue" in nora.open("/start/result/").words
    assert "May I run?" in nora.open("/articles/stairs/").words
    picture = nora.open("/articles/breathing/").page.select_one("article img")["src"]
    assert nora.get(picture).status_code == 200
    assert nora.get("/2024/02/breathing/").status_code == 301


def _gunicorn_refuses_without_secrets():
    """As a supervisor would start it that gives it no environment."""
    ours = ("SECRET_KEY", "FIELD_KEYS", "ALLOWED_HOSTS", "DEBUG", "DJANGO_SETTINGS_MODULE")
    bare = {name: value for name, value in os.environ.items() if name not in ours}
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "postpartum.wsgi"]
    ended = subprocess.run(command, cwd=ROOT, env=bare, capture_output=True, text=True)
    assert ended.returncode != 0
    assert "Set SECRET_KEY in the environment" in ended.stderr
