"""A mother practises: check-in, session, check-in; and what follows from what she reports."""

import json
import uuid
from datetime import UTC, datetime, timedelta

from tests.smoke.promises import keeps

FINE = {"redFlags": ["none"], "mood": "ok", "energy": "0", "sleep": "gt6"}
FINE_AFTER = {"redFlags": ["none"], "effort": "4"}


@keeps("Check-in")
def check_in(walk):
    """Ines says how she is, is told what follows and why, and may begin."""
    ines = walk.ines.open("/today/")
    ines.send(form=".now-body").send(FINE)
    assert "Good to go" in ines.words
    assert "Your answers look fine for today" in ines.words


@keeps("Session")
def session(walk):
    """Ines does the session; her phone sends it twice, and it is kept once. Without a script it is a list to tick."""
    ines = walk.ines
    assert len(ines.page.select("main input[name=done]")) == 7
    planned = json.loads(ines.page.select_one("#player-data").string)
    done = _as_done(planned)
    answers = [ines.put(planned["addresses"]["log"], done) for _ in range(2)]
    assert answers[0] == answers[1]
    assert answers[0]["steps"] == done["steps"]
    ines.open(planned["addresses"]["after"]).send(FINE_AFTER)
    assert "1 practice" in ines.open("/progress/").words


@keeps("Warning sign")
def warning_sign(walk):
    """Ines has a fever: she is told whom to call, the sessions close, breathing stays; the therapist writes to her."""
    ines, therapist = walk.ines, walk.therapist
    ines.open("/check-in/").send(FINE | {"groups": ["ill"], "redFlags": ["fever", "none"]})
    assert "get advice today" in ines.words
    assert ines.links("tel:911")
    ines.open("/sessions/w01-b/", status=403).open("/sessions/rest/")
    therapist.open("/admin/")
    assert "A sign that needs advice the same day" in therapist.words
    note = {
        "note": "Please call your doctor now. I will ask tomorrow.",
        "resolve": True,
        "follows": "nothing",
    }
    therapist.send(note, "form[action*='/care/']")
    walk.site.mails.wait_for("ines@example.net", "Your therapist has written to you")
    assert note["note"] in ines.open("/progress/decisions/").words
    assert "Nobody so far" not in ines.open("/my-data/").words


@keeps("Offline")
def offline(walk):
    """What a phone keeps for a place without network: the pages' worker, this week's sessions, the shell."""
    kept = walk.nora.get("/sessions/").json()
    assert [one["key"] for one in kept["sessions"]][:1] == ["w01-a"]
    for path in ("/sw.js", "/manifest.webmanifest", "/offline/"):
        assert walk.site.visitor().get(path).status_code == 200


def _as_done(planned):
    """What a phone sends when every step of a session is done."""
    ended = datetime.now(UTC)
    return {
        "id": str(uuid.uuid4()),
        "started_at": (ended - timedelta(minutes=planned["minutes"])).isoformat(),
        "finished_at": ended.isoformat(),
        "exercises_planned": len(planned["exercises"]),
        "steps": {step["id"]: step["seconds"] for step in planned["steps"]},
    }
