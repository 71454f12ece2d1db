"""A database as after a good year: members with their logs, articles with their comments."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from bench.pages import ARTICLES as COUNTED
from bench.pages import SESSION
from blog.models import Article, Comment
from blog.services import publish_article, refresh_thread
from programs.models import Enrollment, Participant, Release, Screening, SessionLog

MEMBERS, LOGS_EACH = 200, 30
ARTICLES, COMMENTS_EACH = 50, 20
PARAGRAPH = "<p>" + "Breathe in and feel your ribs widen; breathe out and let them come back. " * 8 + "</p>"
WORDS = "This helped me more than I thought it would. I did it lying down while she slept. " * 3


def make_members(now: datetime, count: int = MEMBERS) -> list[User]:
    """Create `count` members in week 1, each with a month of logs. Return their users."""
    birth_date = (now - timedelta(days=360)).date()
    shared = {"birth_date": birth_date, "started_at": now - timedelta(days=60)}
    users = User.objects.bulk_create(
        User(email=f"member{number}@example.org", name=f"Member {number}", password="!")
        for number in range(count)
    )
    participants = Participant.objects.bulk_create(Participant(user=user) for user in users)
    screenings = Screening.objects.bulk_create(
        Screening(participant=one, completed_at=now, disposition="start", highest_phase=4, **shared)
        for one in participants
    )
    release = Release.objects.latest("published_at")
    enrollments = Enrollment.objects.bulk_create(
        Enrollment(
            participant=screening.participant,
            release=release,
            screening=screening,
            consent_text="Yes.",
            birth_type="vaginal",
            week_started_at=now - timedelta(days=3),
            **shared,
        )
        for screening in screenings
    )
    SessionLog.objects.bulk_create(
        SessionLog(
            enrollment=enrollment,
            session_key=SESSION,
            kind="session",
            week=1,
            started_at=now - timedelta(days=day, minutes=12),
            finished_at=now - timedelta(days=day),
            steps_done={f"{exercise}.1.1": 60 for exercise in range(1, 6)},
            exercises_done=5,
            exercises_planned=5,
            seconds_done=300,
            counts_as_done=True,
        )
        for enrollment in enrollments
        for day in range(LOGS_EACH)
    )
    return users


@transaction.atomic
def make_articles(now: datetime) -> None:
    """Create articles of about 900 words with their comments."""
    for number in range(1, ARTICLES + 1):
        article = publish_article(
            slug=f"bench-article-{number}",
            title=f"What changes in week {number}",
            summary="What happens, why it happens, and what helps.",
            body="".join(f"<h2>Part {part}</h2>{PARAGRAPH}" for part in range(1, 9)),
            topic=(f"topic-{number % 5}", f"Topic {number % 5}"),
            now=now - timedelta(days=number),
        )
        make_comments(article, COUNTED.get(article.slug, COMMENTS_EACH), now)
        refresh_thread(article.pk, now)


def make_comments(article: Article, count: int, now: datetime) -> None:
    """Create approved comments, every second a reply to the one before it."""
    parent = None
    for number in range(count):
        comment = Comment.objects.create(
            article=article,
            parent=parent,
            name=f"Reader {number}",
            email=f"reader{number}@example.net",
            body=WORDS,
            html=f"<p>{WORDS}</p>",
            status="approved",
            created_at=now - timedelta(minutes=count - number),
        )
        parent = None if number % 2 else comment
