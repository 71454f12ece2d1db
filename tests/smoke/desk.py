"""What the therapist was promised: a guarded desk, articles, comments by mail, the old blog, the program."""

import base64
import hmac
import io
import re
import struct
import time
import zipfile
from pathlib import Path

from PIL import Image

from tests.smoke.promises import keeps

OWNER = "elena@example.net"
PASSWORD = "three-calm-words"
SECRET = re.compile(r"\b[A-Z2-7]{32}\b")
OLD_BLOG = Path(__file__).parent / "old-blog.xml"
IMPORT_TAKES = 60  # seconds at most
PUBLISH_FORM = "main form[method=post]"


@keeps("First owner")
def first_owner(walk):
    """A new site prints a link on which its owner makes her account; it works once."""
    site = walk.site
    link = site.owner_link()
    owner = site.visitor().open(link)
    owner.send({"name": "Elena", "email": OWNER, "password1": PASSWORD})
    assert owner.path == "/accounts/2fa/totp/activate/"
    site.visitor().open(link, status=410)
    assert "This site has an owner" in site.command("owner_link")
    walk.owner = owner


@keeps("Desk")
def second_step(walk):
    """The desk stays closed until its owner has a second step, and opens with one ever after."""
    site, owner = walk.site, walk.owner
    assert "The desk needs a second step" in owner.open("/admin/").words
    assert owner.links("/accounts/2fa/webauthn/add/")
    secret = SECRET.search(owner.open("/accounts/2fa/totp/activate/").words)[0]
    owner.send({"code": _code(secret)})
    assert "Nobody waits for you" in owner.open("/admin/").words

    walk.therapist = site.visitor().open("/admin/")
    _sign_in(walk.therapist)
    walk.therapist.send({"code": _code(secret, later=1)})
    assert walk.therapist.path == "/admin/"


@keeps("Writing")
def writing(walk):
    """An article is written at the desk; nobody reads the draft, everybody what is published."""
    walk.therapist.open("/admin/blog/article/add/")
    words = {
        "title": "Stairs after birth",
        "slug": "stairs",
        "summary": "How to climb. Slowly.",
        "body": "<p>One step at a time, like a heron.</p>",
        "comments_open": True,
    }
    walk.therapist.send(words, "#article_form", button="[name=_continue]")
    walk.site.visitor().open("/articles/stairs/", status=404)
    walk.therapist.send({"status": "published"}, "#article_form", button="[name=_save]")
    walk.site.shows("/articles/", "How to climb. Slowly.")
    walk.site.shows("/articles/stairs/", "like a heron")


@keeps("Deciding by mail")
def deciding_by_mail(walk):
    """The mail about Rosa's comment opens its page without a sign-in; the button there lets it through."""
    mail = walk.site.mails.wait_for(OWNER, "A comment is waiting")
    assert "May I run?" in mail.text
    at_the_kitchen_table = walk.site.visitor().open(mail.link("?do=approve"))
    at_the_kitchen_table.send(button="[value=approve]")
    walk.site.shows("/articles/stairs/", "May I run?")
    walk.site.mails.wait_for("rosa@example.net", "Your comment is public now")


@keeps("Import")
def bringing_in(walk):
    """A WordPress blog is uploaded with its pictures; it begins by itself, and every thing in it is accounted for."""
    therapist = walk.therapist.open("/admin/blog/importrun/add/")
    with OLD_BLOG.open("rb") as blog:
        files = {"file": blog, "pictures": _pictures(walk.folder / "uploads.zip")}
        therapist.send(files | {"keep_emails": "drop", "mine": True}, "#import-form", button="[name=import]")
    assert therapist.path.endswith("/change/"), therapist.words
    begun, progress = time.monotonic(), {"over": False}
    address = therapist.page.select_one("[data-address]")["data-address"]
    while not progress["over"]:
        assert time.monotonic() - begun < IMPORT_TAKES, progress
        time.sleep(0.2)
        progress = therapist.get(address).json()
    report = therapist.open(therapist.path).words
    assert "The uploaded file was removed" in report
    guest = walk.site.visitor().open("/articles/breathing/")
    assert "It helped me" in guest.words
    assert guest.get(guest.page.select_one("article img")["src"]).status_code == 200


@keeps("Old addresses")
def old_addresses(walk):
    """Where the old blog had its pages, lasting redirects lead to what stands for them."""
    for old, new in {
        "/2024/02/breathing/": "/articles/breathing/",
        "/?p=12": "/articles/breathing/",
        "/category/body/": "/articles/?topic=body",
        "/feed/": "/articles/feed/",
    }.items():
        answer = walk.site.visitor().get(old)
        assert (answer.status_code, answer.headers.get("Location")) == (301, new), old
    picture = walk.site.visitor().get("/wp-content/uploads/2024/02/ribs.jpg")
    assert picture.status_code == 301
    assert walk.site.visitor().get(picture.headers["Location"]).headers["Content-Type"].startswith("image/")


@keeps("Publishing")
def publishing(walk):
    """What is changed in the program reaches mothers when it is published, and not before."""
    therapist, address = walk.therapist, "/exercises/all-fours-belly-lift/"
    therapist.open("/admin/programs/exercise/?q=belly+lift")
    therapist.open(therapist.links("/admin/programs/exercise/")[1])
    therapist.send({"name": "Belly Lift like a Heron"}, "#exercise_form", button="[name=_save]")
    assert "like a Heron" not in walk.site.visitor().open(address).words
    therapist.open("/admin/program/publish/")
    assert "like a Heron" in therapist.words
    therapist.send(form=PUBLISH_FORM)
    walk.site.shows(address, "like a Heron")


def _sign_in(visitor):
    visitor.send({"login": OWNER, "password": PASSWORD}, "form[action='/accounts/login/']")


def _code(secret, later=0):
    """What an authenticator app shows for this secret (RFC 6238), now or some half minutes later."""
    moment = int(time.time()) // 30 + later
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", moment), "sha1")
    number = struct.unpack(">I", digest[digest[-1] & 15 :][:4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def _pictures(path):
    """A ZIP of the old blog's uploads."""
    picture = io.BytesIO()
    Image.new("RGB", (800, 600), "teal").save(picture, "JPEG")
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("uploads/2024/02/ribs.jpg", picture.getvalue())
    return path.open("rb")
