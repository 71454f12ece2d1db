"""What a reader was promised, without an account: help, articles, a say, and a letter."""

from tests.smoke.promises import keeps


@keeps("Safety")
def safety(walk):
    """The stop signs and whom to call stand open to everybody."""
    guest = walk.site.visitor().open("/safety/")
    assert "Call the emergency number now" in guest.words
    assert {"tel:911", "tel:999", "tel:112"} <= {link["href"] for link in guest.page.select("a[href^=tel]")}


@keeps("Newsletter")
def asking_for_the_letter(walk):
    """Rosa asks for the letter of new articles, and confirms it from her mailbox."""
    rosa = walk.site.visitor().open("/letter/").send({"email": "rosa@example.net"})
    rosa.open(
        walk.site.mails.wait_for("rosa@example.net", "confirm your address").link("/letter/confirm/")
    ).send()
    assert "The next new article will come to you by email" in rosa.words


@keeps("Comment")
def comment(walk):
    """Rosa asks something under an article; nobody sees it before the therapist lets it through."""
    rosa = walk.site.visitor().open("/articles/stairs/")
    rosa.open(rosa.links("/articles/stairs/comment/")[0])
    rosa.send({"name": "Rosa", "email": "rosa@example.net", "body": "May I run?"})
    assert "waiting for approval" in rosa.words
    assert "May I run?" not in walk.site.visitor().open("/articles/stairs/").words


@keeps("Found")
def found(walk):
    """Articles are in the site's search, the feed, the sitemap; what is for members is not."""
    guest = walk.site.visitor()
    assert "/articles/stairs/" in guest.open("/search/?q=heron").links("/articles/")
    for path in ("/articles/feed/", "/sitemap.xml"):
        answer = guest.get(path)
        assert "/articles/stairs/" in answer.text, path
        assert "/today/" not in answer.text
    assert "Sitemap:" in guest.get("/robots.txt").text
    assert "Set-Cookie" not in guest.get("/articles/stairs/").headers


def letter(walk):
    """At the hour that is set the worker writes to Rosa of the new article; one tap ends it."""
    mail = walk.site.mails.wait_for("rosa@example.net", "A new article", patience=90)
    assert "Stairs after birth" in mail.text
    rosa = walk.site.visitor().open(mail.link("/letter/stop/")).send()
    assert rosa.page.select_one("h1")
