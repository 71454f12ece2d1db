"""Who wrote on the old blog, and who that is here."""

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

NOWHERE = "@old-blog.invalid"  # no mail ever arrives there


class Authors:
    """The accounts that stand for the authors of the old blog.

    An author is the member of staff with her e-mail address, else somebody new who has a pen name and nothing else:
    no address that exists, no password, not active. Members are never taken for authors, or their names would show.
    With `run.author` every author is that person.
    """

    def __init__(self, run: ImportRun, survey: Survey) -> None:
        self._run, self._survey = run, survey
        emails = [author.email.lower() for author in survey.authors.values() if author.email]
        known = Q(is_staff=True, is_active=True) | Q(email__endswith=NOWHERE)
        users = get_user_model().objects.filter(known, email__in=emails)
        self._accounts = {user.email.lower(): user for user in users}
        self._by_login: dict[str, User | None] = {}
        self._new: set[str] = set()
        self._writers = {post.creator for post in survey.posts.values()}

    @transaction.atomic
    def settle(self) -> None:
        """Find or make everybody who wrote something that is taken over, and say so in the authors' lines."""
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
        """Who wrote a post, or None."""
        return self._by_login.get(post.creator) if post.creator else self._run.author

    def staff_by_number(self) -> dict[int, User]:
        """The members of staff among the old blog's authors, by their number there: their comments are theirs."""
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
        """An address that can never get mail and is the same in every run."""
        digest = hashlib.sha256(f"{self._run.site}\n{login}".encode()).hexdigest()[:16]
        return f"author-{digest}{NOWHERE}"
