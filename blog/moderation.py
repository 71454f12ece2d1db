"""Moderation rules: the facts about a comment and the therapist's policy give a verdict.

Pure functions: no clock, no database, no request. Reasons are codes; other modules word them for people.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from blog.red_flags import red_flags

BODY_MAX_LENGTH = 8_000
SECONDS_TOO_FAST = 3
EDIT_MINUTES = 15
# Rate limit per network, enforced by the views.
MAX_PER_ADDRESS, PER_SECONDS = 20, 600


class Status(StrEnum):
    """The moderation status of a comment. Only approved comments are public."""

    PENDING = "pending"
    APPROVED = "approved"
    SPAM = "spam"
    TRASH = "trash"


class Mode(StrEnum):
    """Which comments the therapist reviews before publication."""

    HOLD_ALL = "hold_all"
    HOLD_FIRST = "hold_first"
    APPROVE_ALL = "approve_all"


class Reason(StrEnum):
    """Why a comment was held or classified as spam."""

    RED_FLAG = "red_flag"
    HONEYPOT = "honeypot"
    SPAM_WORD = "spam_word"
    BARRED = "barred"
    HELD_ALL = "held_all"
    FIRST = "first"
    LINKS = "links"
    WORD = "word"
    TOO_FAST = "too_fast"
    MEMBERS_ADDRESS = "members_address"
    FILTER = "filter"


@dataclass(frozen=True)
class Policy:
    """The therapist's settings. A comment with more than `max_links` links is held."""

    mode: Mode = Mode.HOLD_ALL
    max_links: int = 1
    hold_words: tuple[str, ...] = ()
    spam_words: tuple[str, ...] = ()
    close_after_days: int | None = None


@dataclass(frozen=True)
class Facts:
    """What is known about a comment on submission.

    `seconds` is how long the form was open, None if its timestamp is missing or forged. `approved_before` is whether the
    same person already has an approved comment, `trusted` whether the therapist trusts this person, `members_address`
    whether a guest used the email address of an account, `filter_says_spam` the result of the external spam filter,
    where one is enabled.
    """

    body: str
    name: str = ""
    email: str = ""
    website: str = ""
    by_staff: bool = False
    honeypot: str = ""
    seconds: float | None = None
    approved_before: bool = False
    trusted: bool = False
    barred: bool = False
    members_address: bool = False
    filter_says_spam: bool = False


@dataclass(frozen=True)
class Verdict:
    """The status for a new comment, every reason for it, and the red flags its text matches."""

    status: Status
    reasons: tuple[Reason, ...] = ()
    red_flags: tuple[str, ...] = field(default=())


_LINK = re.compile(r"https?://|\bwww\.|<a\s|\[url", re.IGNORECASE)


def link_count(text: str) -> int:
    """Count the links in a text, plain or as markup."""
    return len(_LINK.findall(text))


def matches(text: str, words: Iterable[str]) -> bool:
    """Return whether the text contains one of the words or phrases, ignoring case, as a whole word.

    Scripts that do not separate words by spaces match anywhere in the text.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return any(_contains(plain, unicodedata.normalize("NFKC", word).casefold().strip()) for word in words)


def _contains(plain: str, word: str) -> bool:
    if not word:
        return False
    left = r"(?<!\w)" if word[0].isascii() and word[0].isalnum() else ""
    right = r"(?!\w)" if word[-1].isascii() and word[-1].isalnum() else ""
    return re.search(left + re.escape(word) + right, plain) is not None


def judge(facts: Facts, policy: Policy) -> Verdict:
    """Decide the status of a comment that was just submitted.

    Nothing is discarded: suspected spam is stored as spam, where the therapist can find it. A comment with a red flag
    always waits for the therapist, whatever other rules apply. One by a trusted writer waits for red flags, the
    therapist's own words, and signs that somebody else wrote it.
    """
    flags = red_flags(f"{facts.name}\n{facts.body}")
    if facts.by_staff:
        return Verdict(Status.APPROVED)
    if flags:
        return Verdict(Status.PENDING, (Reason.RED_FLAG,), flags)
    if spam := _spam_reasons(facts, policy):
        return Verdict(Status.SPAM, spam)
    held = _hold_reasons(facts, policy)
    return Verdict(Status.PENDING if held else Status.APPROVED, held)


def _spam_reasons(facts: Facts, policy: Policy) -> tuple[Reason, ...]:
    everything = _all_text(facts)
    found = {
        Reason.HONEYPOT: bool(facts.honeypot),
        Reason.BARRED: facts.barred,
        Reason.SPAM_WORD: matches(everything, policy.spam_words),
        Reason.FILTER: facts.filter_says_spam and not facts.trusted,
        Reason.TOO_FAST: _too_fast(facts) and link_count(facts.body) > 0,
    }
    return tuple(reason for reason, holds in found.items() if holds)


def _hold_reasons(facts: Facts, policy: Policy) -> tuple[Reason, ...]:
    found = {
        Reason.HELD_ALL: policy.mode == Mode.HOLD_ALL and not facts.trusted,
        Reason.FIRST: policy.mode == Mode.HOLD_FIRST and not (facts.approved_before or facts.trusted),
        Reason.LINKS: link_count(facts.body) > policy.max_links and not facts.trusted,
        Reason.WORD: matches(_all_text(facts), policy.hold_words),
        Reason.TOO_FAST: _too_fast(facts),
        Reason.MEMBERS_ADDRESS: facts.members_address,
    }
    return tuple(reason for reason, holds in found.items() if holds)


def _all_text(facts: Facts) -> str:
    return "\n".join((facts.body, facts.name, facts.email, facts.website))


def _too_fast(facts: Facts) -> bool:
    return facts.seconds is None or facts.seconds < SECONDS_TOO_FAST
