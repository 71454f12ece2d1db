"""Browser and device names from a User-Agent header, for people to read."""

from django.utils.translation import gettext as _

# In this order: most browsers also claim to be the later ones.
BROWSERS = [
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
]
DEVICES = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
]


def device_words(user_agent: str) -> str:
    """Return a name such as "Safari, iPhone"; "A browser" where nothing is recognized."""
    known = [
        next((words for sign, words in signs if sign in user_agent), None) for signs in (BROWSERS, DEVICES)
    ]
    return ", ".join(filter(None, known)) or _("A browser")
