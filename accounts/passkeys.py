"""What a new passkey is called before its owner names it."""

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator

from accounts.devices import device_words
from accounts.models import User


class PasskeyAdapter(DefaultMFAAdapter):
    """Names a passkey after the browser and device it is made on; allauth would say "Master key"."""

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """Return a name such as "Safari, iPhone", with a number from the second one on."""
        words = device_words(context.request.headers.get("User-Agent", ""))
        same = Authenticator.objects.filter(user_id=user.pk, type=type, data__name__startswith=words).count()
        return f"{words} {same + 1}" if same else words
