"""What an email address alone reveals. Hints only: people do have unusual addresses."""

from difflib import get_close_matches

from disposable_email_domains import blocklist

# Common providers; a domain that is nearly one of these is likely a typo.
COMMON_DOMAINS = [
    "aol.com", "bell.net", "bigpond.com", "btinternet.com", "comcast.net", "email.com", "fastmail.com", "free.fr",
    "gmail.com", "gmx.at", "gmx.ch", "gmx.com", "gmx.de", "gmx.net", "googlemail.com", "hotmail.co.uk", "hotmail.com",
    "hotmail.fr", "icloud.com", "live.ca", "live.com", "live.co.uk", "mac.com", "mail.com", "me.com", "msn.com",
    "orange.fr", "outlook.com", "pm.me", "proton.me", "protonmail.com", "sky.com", "t-online.de", "verizon.net",
    "web.de", "yahoo.ca", "yahoo.co.uk", "yahoo.com", "yahoo.com.au", "yahoo.fr", "ymail.com", "zoho.com",
]  # fmt: skip
LIKENESS = 0.8


def likely_meant(email: str) -> str:
    """Return the address probably meant, such as "a@gmail.com" for "a@gmial.com"; "" where nothing is close."""
    name, at, domain = email.rpartition("@")
    domain = domain.lower()
    if not at or domain in COMMON_DOMAINS:
        return ""
    near = get_close_matches(domain, COMMON_DOMAINS, n=1, cutoff=LIKENESS)
    return f"{name}@{near[0]}" if near else ""


def is_short_lived(email: str) -> bool:
    """Return whether the address belongs to a provider of disposable mailboxes."""
    return email.rpartition("@")[2].lower() in blocklist
