"""A practice of any size, written by COPY: believable in shape, and made within minutes.

Each row is one that the models made, with its own keys, times and states. What is encrypted was encrypted once and is
written again and again: its length is what counts here.
"""

import io
import random
import uuid
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, models, transaction

from accounts.models import User
from bench import names
from bench.many import make_one
from bench.pages import SUGGESTED
from blog.models import Article, Comment
from blog.services import refresh_thread
from common.encryption import encrypt
from common.sessions import SessionStore
from postpartum.models import Reminder
from programs.models import CheckIn, Decision, Enrollment, Participant, Screening, SessionLog

LOGS, CHECK_INS = 20, 5  # of each member, on average; from none to twice as many
MEMBERS_AN_ARTICLE = 500
STATES = ["active"] * 9 + ["completed"] * 6 + ["withdrawn"] * 4 + ["paused"]
ZONES = ["America/New_York"] * 5 + ["America/Chicago"] * 3 + ["America/Los_Angeles"] * 3 + ["Europe/Madrid"]
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1"
NULL = r"\N"  # as COPY has it
CHUNK = 4_000_000  # characters sent at once

Row = Mapping[str, object]


@transaction.atomic
def make_members(count: int, now: datetime, first: int = 1) -> dict[str, int]:
    """Add `count` members, numbered from `first`, with all that is theirs, articles and comments.

    Return the rows by table.
    """
    pattern = patterns(now)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # all keys are right as made
    people = People(range(first, first + count), now)
    made = {
        model._meta.db_table: copy(model, pattern[model], rows)
        for model, rows in (
            (User, people.users()),
            (EmailAddress, people.addresses()),
            (UserSession, people.sign_ins()),
            (Participant, people.participants()),
            (Screening, people.screenings()),
            (Enrollment, people.enrollments()),
            (SessionLog, people.logs()),
            (CheckIn, people.check_ins()),
            (Decision, people.decisions()),
        )
    }
    make_sessions(now)
    made[Reminder._meta.db_table] = copy(Reminder, pattern[Reminder], people.reminders())
    made |= make_articles(pattern[Article], pattern[Comment], people.numbers, now)
    return made


def patterns(now: datetime) -> dict[type[models.Model], Any]:
    """Return a row of each model, made by the models; those of the first time, if there was one."""
    user = User.objects.filter(email="pattern@example.org").first()
    if user is None:
        rows = make_one(now)
        user = rows[0]
        Reminder.objects.create(user=user, days=[0, 2, 4], at="20:00", by_mail=True, next_at=now)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        UserSession.objects.create(user=user, ip="192.0.2.1", session_key="pattern", user_agent=PHONE)
    place = Enrollment.objects.get(participant__user=user)
    found: list[models.Model] = [
        user,
        place,
        place.participant,
        place.screening,
        user.reminder,
        EmailAddress.objects.get(user=user),
        UserSession.objects.get(user=user),
        *(model.objects.get(enrollment=place) for model in (SessionLog, CheckIn, Decision)),
        Article.objects.get(slug="pattern"),
        Comment.objects.get(email="pattern@example.net"),
    ]
    return {type(row): row for row in found}


class People:
    """The rows of members by their numbers: their keys follow those that exist."""

    def __init__(self, numbers: range, now: datetime) -> None:
        self.numbers, self.now = numbers, now
        self.chance = random.Random(numbers.start)
        self.user, self.participant, self.screening, self.enrollment = (
            last_key(model) - numbers.start + 1 for model in (User, Participant, Screening, Enrollment)
        )
        self.feeling = [encrypt(answers) for answers in _answers()]

    def began(self, number: int) -> datetime:
        """Return when a member began: any day of two years."""
        return self.now - timedelta(days=1 + number * 7919 % 730, minutes=number % 1440)

    def week(self, number: int) -> int:
        """Return the week of the program a member is in."""
        return 1 + min(11, number % 13)

    def users(self) -> Iterator[Row]:
        for number in self.numbers:
            yield {
                "id": self.user + number,
                "email": names.address(number),
                "name": names.name(number),
                "time_zone": ZONES[number % len(ZONES)],
                "date_joined": self.began(number),
                "last_login": self.now - timedelta(days=number % 60),
            }

    def addresses(self) -> Iterator[Row]:
        for number in self.numbers:
            yield {"user_id": self.user + number, "email": names.address(number)}

    def sign_ins(self) -> Iterator[Row]:
        """Every second member is signed in on a phone."""
        for number in self.numbers[::2]:
            yield {"user_id": self.user + number, "session_key": f"{number:032}"}

    def participants(self) -> Iterator[Row]:
        for number in self.numbers:
            yield {"id": self.participant + number, "user_id": self.user + number}

    def screenings(self) -> Iterator[Row]:
        for number in self.numbers:
            began = self.began(number)
            yield {
                "id": self.screening + number,
                "participant_id": self.participant + number,
                "birth_date": (began - timedelta(days=90)).date(),
                "started_at": began,
                "completed_at": began,
            }

    def enrollments(self) -> Iterator[Row]:
        for number in self.numbers:
            began, week = self.began(number), self.week(number)
            yield {
                "id": self.enrollment + number,
                "participant_id": self.participant + number,
                "screening_id": self.screening + number,
                "birth_date": (began - timedelta(days=90)).date(),
                "started_at": began,
                "state": STATES[number % len(STATES)],
                "week": week,
                "week_started_at": min(self.now, began + timedelta(weeks=week - 1)),
                "completed_at": self.now if STATES[number % len(STATES)] == "completed" else NULL,
            }

    def logs(self) -> Iterator[Row]:
        for number in self.numbers:
            began = self.began(number)
            for one in range(number * 37 % (2 * LOGS + 1)):
                ended = began + timedelta(days=2.3 * one, hours=9)
                if ended > self.now:
                    break
                week = 1 + min(11, one // 3)
                yield {
                    "enrollment_id": self.enrollment + number,
                    "client_id": self.key(),
                    "session_key": f"w{week:02}-{'abc'[one % 3]}",
                    "week": week,
                    "started_at": ended - timedelta(minutes=12),
                    "finished_at": ended,
                    "recorded_at": ended,
                }

    def check_ins(self) -> Iterator[Row]:
        for number in self.numbers:
            began = self.began(number)
            for one in range(number * 13 % (2 * CHECK_INS + 1)):
                made = began + timedelta(days=2.3 * one, hours=8, minutes=40)
                if made > self.now:
                    break
                yield {
                    "enrollment_id": self.enrollment + number,
                    "client_id": self.key(),
                    "kind": "before",
                    "outcome": "go",
                    "mode": "go",
                    "week": 1 + min(11, one // 3),
                    "made_at": made,
                    "recorded_at": made,
                    "answers": self.feeling[(number + one) % len(self.feeling)],
                }

    def decisions(self) -> Iterator[Row]:
        for number in self.numbers:
            began = self.began(number)
            for week in range(1, self.week(number)):
                yield {
                    "enrollment_id": self.enrollment + number,
                    "made_at": min(self.now, began + timedelta(weeks=week)),
                    "from_week": week,
                    "to_week": week + 1,
                }

    def reminders(self) -> Iterator[Row]:
        """Every third member is reminded, all of them within the next week."""
        for number in self.numbers[2::3]:
            minutes = 10 + number * 7919 % 10_000
            yield {"user_id": self.user + number, "next_at": self.now + timedelta(minutes=minutes)}

    def key(self) -> uuid.UUID:
        """Return a key as a phone makes them; the same ones in each run."""
        return uuid.UUID(int=self.chance.getrandbits(128), version=4)


def make_sessions(now: datetime) -> None:
    """Add the session of each sign-in that has none."""
    signed_in = SessionStore().encode(
        {SESSION_KEY: "0", BACKEND_SESSION_KEY: "-", HASH_SESSION_KEY: "0" * 64}
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_session SELECT session_key, %s, %s FROM usersessions_usersession"
            " ON CONFLICT DO NOTHING",
            [signed_in, now + timedelta(days=60)],
        )


def make_articles(article: Article, comment: Comment, members: range, now: datetime) -> dict[str, int]:
    """Add an article for every MEMBERS_AN_ARTICLE members and as many comments as members, half of them on a tenth."""
    number_of, first = max(20, len(members) // MEMBERS_AN_ARTICLE), last_key(Article)
    body = "".join(f"<h2>Part {part}</h2><p>{_PARAGRAPH}</p>" for part in range(8))
    article.body = article.rendered = body
    article.words = _PARAGRAPH * 8
    article.save()

    def articles() -> Iterator[Row]:
        for number in range(1, number_of + 1):
            published = now - timedelta(hours=9 * number)
            yield {
                "id": first + number,
                "slug": f"many-{first + number}",
                "title": f"What changes in week {number}",
                "published_at": published,
                "created_at": published,
            }

    def comments() -> Iterator[Row]:
        for number in members:
            among = number_of if number % 2 else max(1, number_of // 10)
            yield {
                "article_id": first + 1 + number * 7919 % among,
                "name": names.name(number),
                "email": f"reader{number}@example.net",
                "status": "pending" if number % 20_000 == 0 else "approved",
                "created_at": now - timedelta(minutes=number % 500_000),
            }

    made = {
        model._meta.db_table: copy(model, pattern, rows)
        for model, pattern, rows in ((Article, article, articles()), (Comment, comment, comments()))
    }
    for pk in range(first + 1, first + number_of + 1):
        refresh_thread(pk, now)
    return made


def copy(model: type[models.Model], pattern: models.Model, rows: Iterator[Row]) -> int:
    """Write a row of `model` for each of `rows`: the pattern's values but for theirs. Return how many."""
    table, columns = model._meta.db_table, stored_columns(model)
    encoded = _encoded(table, columns, pattern)
    key, sent, buffer = last_key(model), 0, io.StringIO()
    with connection.cursor() as cursor:
        for row in rows:
            key, sent = key + 1, sent + 1
            own = {"id": key} | dict(row)
            line = "\t".join(str(own[name]) if name in own else encoded[name] for name in columns)
            buffer.write(f"{line}\n")
            if buffer.tell() > CHUNK:
                buffer = _send(cursor, table, columns, buffer)
        _send(cursor, table, columns, buffer)
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
        )
    return sent


def stored_columns(model: type[models.Model]) -> list[str]:
    """Return the columns of a model but for those the database computes."""
    return [field.column for field in model._meta.concrete_fields if not field.generated]


def last_key(model: type[models.Model]) -> int:
    """Return the highest primary key in use."""
    return model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0


def _encoded(table: str, columns: list[str], pattern: models.Model) -> dict[str, str]:
    """Return the values of a stored row as COPY writes them."""
    out = io.StringIO()
    with connection.cursor() as cursor:
        cursor.copy_expert(
            f"COPY (SELECT {_quoted(columns)} FROM {table} WHERE id = {int(pattern.pk)}) TO STDOUT", out
        )
    return dict(zip(columns, out.getvalue().rstrip("\n").split("\t"), strict=True))


def _quoted(columns: list[str]) -> str:
    return ", ".join(map(connection.ops.quote_name, columns))  # one of allauth's is called "primary"


def _send(cursor: Any, table: str, columns: list[str], buffer: io.StringIO) -> io.StringIO:
    buffer.seek(0)
    cursor.copy_expert(f"COPY {table} ({_quoted(columns)}) FROM STDIN", buffer)
    return io.StringIO()


def _answers() -> Iterator[dict[str, Any]]:
    """Yield the answers of check-ins before a session: all well, with differing energy and sleep."""
    fine = SUGGESTED | {"redFlags": [], "mood": "ok", "bleeding": "none", "scar": "na"}
    for energy in range(3):
        for sleep in ("gt6", "4to6"):
            yield fine | {"energy": energy, "sleep": sleep}


_PARAGRAPH = "Breathe in and feel your ribs widen; breathe out and let them come back. " * 8
