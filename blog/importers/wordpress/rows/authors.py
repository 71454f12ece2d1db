"""Maps authors of the old blog to accounts."""

import hashlib

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q

from blog.models import ImportRun
from common.members import User

from ..planning.rules import public_name
from ..planning.survey import Post, Survey
from ..reporting.lines import Outcome, Outcomes
from ..reporting.reasons import Reason

UNDELIVERABLE = "@old-blog.invalid"  # reserved domain (RFC 2606)


class Authors:
    """The accounts that represent the authors of the old blog.

    An author is matched to staff by email address, else to a new inactive account with a pen name, no password and an
    undeliverable address. Members are never matched, because their names would become public. With `run.author` every
    author is that person.
    """

    def __init__(self, run: ImportRun, survey: Survey) -> None:
        self._run, self._survey = run, survey
        emails = [author.email.lower() for author in survey.authors.values() if author.email]
        known = Q(is_staff=True, is_active=True) | Q(email__endswith=UNDELIVERABLE)
        users = get_user_model().objects.filter(known, email__in=emails)
        self._accounts = {user.email.lower(): user for user in users}
        self._by_login: dict[str, User | None] = {}
        self._new: set[str] = set()
        self._writers = {post.creator for post in survey.posts.values()}

    @transaction.atomic
    def settle(self) -> None:
        """Find or create the accounts of authors with imported posts, and record their outcomes."""
        outcomes = Outcomes(self._run)
        for login in sorted(self._writers - {""}):
            self._by_login[login] = self._account(login)
        for login, author in self._survey.authors.items():
            known = self._known(login)
            if known is not None:
                outcomes.set(author.number, Outcome.UNCHANGED, [Reason.KNOWN_HERE])
            elif login in self._writers:
                outcome = Outcome.IMPORTED if login in self._new else Outcome.UNCHANGED
                outcomes.set(author.number, outcome, [Reason.NAME_ONLY])
            else:
                outcomes.set(author.number, Outcome.SKIPPED, [Reason.WROTE_NOTHING])
        outcomes.flush()

    def author_of(self, post: Post) -> User | None:
        """Return the author of a post, or None."""
        return self._by_login.get(post.creator) if post.creator else self._run.author

    def staff_by_number(self) -> dict[int, User]:
        """Return the staff among the authors by number on the old blog, to attribute their comments."""
        found = {author.wp_id: self._known(login) for login, author in self._survey.authors.items()}
        return {number: user for number, user in found.items() if number and user and user.is_staff}

    def _known(self, login: str) -> User | None:
        author = self._survey.authors.get(login)
        return self._run.author or (self._accounts.get(author.email.lower()) if author else None)

    def _account(self, login: str) -> User | None:
        known = self._known(login)
        if known is not None:
            return known
        users, address = get_user_model().objects, self._made_up_address(login)
        user = users.filter(email=address).first()
        if user is None:
            self._new.add(login)
        if user is None and not self._run.dry_run:
            author = self._survey.authors.get(login)
            name = author.name if author else public_name(login)
            user = users.create_user(address, None, pen_name=name[:60], is_active=False)
        return user

    def _made_up_address(self, login: str) -> str:
        """Return an undeliverable address that is the same in every run."""
        digest = hashlib.sha256(f"{self._run.site}\n{login}".encode()).hexdigest()[:16]
        return f"author-{digest}{UNDELIVERABLE}"
