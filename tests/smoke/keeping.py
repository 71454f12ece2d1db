"""What a mother was promised about her data: a reminder only where she wants it, a copy, and an end."""

import io
import json
import time
import zipfile

from tests.smoke.joining import prove_by_code, sign_in_by_code
from tests.smoke.promises import keeps

ERASED_WITHIN = 90  # seconds
KILLED = 5  # times in the first second is the worker killed while it erases


def reminded(walk):
    """Nora is written to at her minute; one tap ends it."""
    mail = walk.site.mails.wait_for("nora@example.net", "A few quiet minutes", patience=90)
    walk.site.visitor().open(mail.link("/reminders/off/")).send()
    assert not walk.nora.open("/reminders/").page.select_one("[name=by_mail]").has_attr("checked")


@keeps("Copy of my data")
def copy(walk):
    """Ines asks for all of it, proves that it is her, is told by mail, and holds what she did and answered."""
    ines = walk.ines.open("/my-data/")
    ines.send(form="form[action='/my-data/copy/']")
    prove_by_code(walk.site, ines, "ines@example.net")
    mail = walk.site.mails.wait_for("ines@example.net", "Your copy is ready")
    ines.open(mail.link("/my-data/copy/"))
    with zipfile.ZipFile(io.BytesIO(ines.answer.content)) as packed:
        data = json.loads(packed.read("data.json"))
        page = packed.read("read-me.html").decode()
    assert "ines@example.net" in json.dumps(data["account"])
    assert "Please call your doctor now" in page


@keeps("Deletion")
def erasing(walk):
    """Ines asks, may think again for a week; once it is over, nothing of hers is found anywhere."""
    site, ines = walk.site, walk.ines
    _ask_to_be_erased(site, ines)
    ines.send(form="form[action='/my-data/keep/']")
    assert "Your account stays" in ines.words
    _ask_to_be_erased(site, ines)
    site.mails.wait_for("ines@example.net", "Your account will be deleted")
    site.mails.wait_for("ines@example.net", "Your copy is ready")
    assert _places_that_know(site, "ines@example.net")
    site.command("erase_account", "ines@example.net", "--at-once")
    begun, kills = time.monotonic(), 0
    while ines.get("/today/").status_code == 200:
        assert time.monotonic() - begun < ERASED_WITHIN
        if kills < KILLED:
            site.kill_worker()
            kills += 1
        time.sleep(0.2)
    assert _places_that_know(site, "ines@example.net") == []
    sign_in_by_code(site, "ines@example.net")
    site.mails.wait_for("ines@example.net", "No account with this address")
    assert (
        "ines@example.net"
        not in walk.therapist.open("/admin/members/?q=ines").page.select_one("main").get_text()
    )


def _places_that_know(site, words):
    """The tables, files (mails, copies, uploads, previews) and the log in which these words stand."""
    found = site.tables_with(words)
    files = (path for path in site.data_dir.rglob("*") if path.is_file() and "postgres" not in path.parts)
    return found + [str(path) for path in (*files, site.log) if words.encode() in path.read_bytes()]


def _ask_to_be_erased(site, visitor):
    """Fill in the form, and read the day."""
    visitor.open("/my-data/erase/")
    prove_by_code(site, visitor, "ines@example.net")
    visitor.send({"sure": True})
    assert "Everything will be deleted on" in visitor.words
