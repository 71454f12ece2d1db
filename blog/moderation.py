"""What happens to a comment that comes in. Pure rules: facts and the therapist's policy in, a verdict out.

Nothing here reads a clock, a row or a request, and nothing is worded for people: reasons are codes.
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
# Sent from one address, counted by the front of the form.
MAX_PER_ADDRESS, PER_SECONDS = 20, 600


class Status(StrEnum):
    """Where a comment stands. Only an approved one is ever read by others."""

    PENDING = "pending"
    APPROVED = "approved"
    SPAM = "spam"
    TRASH = "trash"


class Mode(StrEnum):
    """Whom the therapist wants to read before others do."""

    HOLD_ALL = "hold_all"
    HOLD_FIRST = "hold_first"
    APPROVE_ALL = "approve_all"


class Reason(StrEnum):
    """Why a comment was held or taken for spam."""

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
    """What the therapist has set. `max_links` is the largest number of links that is not yet held."""

    mode: Mode = Mode.HOLD_ALL
    max_links: int = 1
    hold_words: tuple[str, ...] = ()
    spam_words: tuple[str, ...] = ()
    close_after_days: int | None = None


@dataclass(frozen=True)
class Facts:
    """What is known of a comment when it is sent.

    `seconds` is how long its form was open, None where its stamp is missing or forged. `approved_before`
    tells whether the same person already has an approved comment; `members_address` that a guest used the
    address of somebody with an account; `filter_says_spam` is what an outside filter said, where one is
    used.
    """

    body: str
    name: str = ""
    email: str = ""
    website: str = ""
    by_staff: bool = False
    honeypot: str = ""
    seconds: float | None = None
    approved_before: bool = False
    barred: bool = False
    members_address: bool = False
    filter_says_spam: bool = False


@dataclass(frozen=True)
class Verdict:
    """The status a new comment gets, with every reason that led to it and the red flags its words match."""

    status: Status
    reasons: tuple[Reason, ...] = ()
    red_flags: tuple[str, ...] = field(default=())


_LINK = re.compile(r"https?://|\bwww\.|<a\s|\[url", re.IGNORECASE)


def link_count(text: str) -> int:
    """How many links a text holds, written out or as markup."""
    return len(_LINK.findall(text))


def matches(text: str, words: Iterable[str]) -> bool:
    """Whether one of the words stands in the text, in any letter case, as a whole word or phrase.

    Works for scripts without spaces too: there, standing anywhere is enough.
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
    """The status of a comment that has just been sent.

    Nothing a person wrote is thrown away: what looks like spam is kept as spam, where the therapist can
    find it. A red flag always waits for her, whatever else holds.
    """
    flags = red_flags(facts.body)
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
        Reason.FILTER: facts.filter_says_spam,
        Reason.TOO_FAST: _too_fast(facts) and link_count(facts.body) > 0,
    }
    return tuple(reason for reason, holds in found.items() if holds)


def _hold_reasons(facts: Facts, policy: Policy) -> tuple[Reason, ...]:
    found = {
        Reason.HELD_ALL: policy.mode == Mode.HOLD_ALL,
        Reason.FIRST: policy.mode == Mode.HOLD_FIRST and not facts.approved_before,
        Reason.LINKS: link_count(facts.body) > policy.max_links,
        Reason.WORD: matches(_all_text(facts), policy.hold_words),
        Reason.TOO_FAST: _too_fast(facts),
        Reason.MEMBERS_ADDRESS: facts.members_address,
    }
    return tuple(reason for reason, holds in found.items() if holds)


def _all_text(facts: Facts) -> str:
    return "\n".join((facts.body, facts.name, facts.email, facts.website))


def _too_fast(facts: Facts) -> bool:
    return facts.seconds is None or facts.seconds < SECONDS_TOO_FAST
