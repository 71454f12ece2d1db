"""What a new passkey is called before its owner names it."""

import pytest
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator

pytestmark = pytest.mark.django_db
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604.1"
)


def test_a_passkey_has_the_name_of_browser_and_device_and_a_number_from_the_second_on(mother, rf):
    kind = Authenticator.Type.WEBAUTHN
    with context.request_context(rf.get("/", headers={"User-Agent": IPHONE})):
        assert get_adapter().generate_authenticator_name(mother, kind) == "Safari, iPhone"
        Authenticator.objects.create(user=mother, type=kind, data={"name": "Safari, iPhone"})
        assert get_adapter().generate_authenticator_name(mother, kind) == "Safari, iPhone 2"
