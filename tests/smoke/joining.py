"""A mother comes: an account, the questions before the first movement, a reminder."""

from datetime import UTC, datetime, timedelta

from tests.smoke.promises import keeps

NOTHING_WRONG = {
    "country": "US",
    "now": ["none"],
    "today": ["none"],
    "self_safety": "no",
    "unreal": "no",
    "birth_date": f"{datetime.now(UTC) - timedelta(weeks=16):%Y-%m-%d}",
    "birth_mode": "vaginal",
    "tear": "none",
    "clearance": "ok",
    "bleeding": "none",
    "wound": "na",
    "bladder": "fine",
    "bowel": "fine",
    "heaviness": "none",
    "tension": "none",
    "pain": "p0_3",
    "belly": "no",
    "health": "none",
    "mood": "rarely",
}
EVERY_DAY = [str(day) for day in range(7)]
MOST_STEPS = 20


@keeps("First breath")
def first_breath(walk):
    """A stranger breathes for a minute, one link from the home page, and is led on; nothing is stored."""
    stranger = walk.site.visitor().open("/")
    assert "/breathe/" in stranger.links("/breathe/")
    stranger.open("/breathe/")
    assert "Breathe in while you count to 3." in stranger.words
    assert not stranger.answer.cookies
    assert stranger.open("/start/").path == "/accounts/signup/?next=/start/"


@keeps("Sign up")
def sign_up(walk):
    """Ines makes an account, which opens with the mailed code; whoever tries her address again learns nothing."""
    walk.ines = _member(walk.site, "Ines")
    assert walk.ines.path == "/start/1/"
    stranger = _sign_up(walk.site, "Ines")
    assert "Check your email" in stranger.words
    walk.site.mails.wait_for("ines@example.net", "You already have an account")
    assert "/accounts/login/" in walk.site.visitor().open("/today/").path


@keeps("Screening")
def screening(walk):
    """Ines answers, learns what it means, agrees, and is in week 1."""
    _begin(walk.ines)
    assert "Week 1 of 12" in walk.ines.words


@keeps("Reminder")
def reminder(walk):
    """Nora, who does nothing today, wants to be written to at the coming minute; her calendar knows it, too."""
    walk.nora = _member(walk.site, "Nora")
    _begin(walk.nora)
    walk.reminded_at = _coming_minute()
    nora = walk.nora.open("/reminders/")
    nora.send(
        {"days": EVERY_DAY, "at": f"{walk.reminded_at:%H:%M}", "by_mail": True}, "form[action='/reminders/']"
    )
    assert "Saved." in nora.words
    nora.send(form="form[action='/reminders/calendar/']")
    [calendar] = {path for path in nora.words.split() if path.endswith(".ics")}
    assert (
        f"{walk.reminded_at:T%H%M}" in walk.site.visitor().get(calendar.removeprefix(walk.site.address)).text
    )


def sign_in_by_code(site, email):
    """Somebody without a password, signed in with a mailed code; without an account no code comes."""
    visitor = site.visitor().open("/accounts/login/")
    visitor.send({"login": email}, "form[action='/accounts/login/']")
    assert "Check your email" in visitor.words
    return visitor


def prove_by_code(site, visitor, email):
    """Answer “Is it you?”, where it is asked, with a mailed code."""
    if "Is it you?" in visitor.words:
        visitor.send(form="main form:has([name=send])")
        visitor.send({"code": site.mails.wait_for(email, "Is it you?").code}, "main form:has([name=code])")


def _sign_up(site, name):
    """Somebody who has filled in the form, and looks at the page that waits for a code."""
    fields = {"email": f"{name.lower()}@example.net"}
    return site.visitor().open("/accounts/signup/").send(fields)


def _member(site, name):
    """Somebody with a confirmed account."""
    visitor = _sign_up(site, name)
    visitor.send({"code": site.mails.wait_for(f"{name.lower()}@example.net", "Your code").code})
    assert "Your address is confirmed" in visitor.words
    return visitor


def _begin(visitor):
    """Answer every question as somebody with whom nothing is wrong, agree, and begin."""
    visitor.open("/start/")
    for _ in range(MOST_STEPS):
        if visitor.path == "/start/result/":
            break
        asked = {field["name"] for field in visitor.page.select("main form [name]")}
        visitor.send(
            {name: NOTHING_WRONG[name] for name in asked & NOTHING_WRONG.keys()}, button="[value=on]"
        )
    assert "You can start" in visitor.words
    visitor.send(form="form[action='/start/enroll/']", button="[name=agreed]")
    assert visitor.path == "/today/"


def _coming_minute():
    """The next full minute that is not too near."""
    return (datetime.now(UTC) + timedelta(seconds=65)).replace(second=0, microsecond=0)
