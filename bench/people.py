"""People of the demo, signed in."""

from tests.smoke.visitor import Visitor

MEMBER, THERAPIST = "mother@example.org", "therapist@example.org"
PASSWORD = "demo-only-password"


def sign_in(address: str, email: str) -> Visitor:
    """Return a browser in which one of them is signed in."""
    visitor = Visitor(address)
    visitor.open("/accounts/login/")
    form = "form[action='/accounts/login/']"
    return visitor.send({"login": email, "password": PASSWORD}, form, button="details button")
