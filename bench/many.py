"""A very large practice, by SQL: every member, log and comment is a copy of one made by the models."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from accounts.models import User
from blog.models import Comment
from blog.services import publish_article
from postpartum.models import Mail
from programs.models import (
    CheckIn,
    Concern,
    Decision,
    Enrollment,
    Participant,
    Release,
    Screening,
    SessionLog,
)

LOGS_EACH = COMMENTS_EACH = 10
WORDS = "This helped me more than I thought it would. I did it lying down while she slept."


def make_one(now: datetime) -> list[Any]:
    """Create one row of each model, for the database to copy. Return the rows."""
    long_ago = now - timedelta(days=30)
    born = (now - timedelta(days=120)).date()
    user = User.objects.create(email="pattern@example.org", name="Pattern", password="!")
    participant = Participant.objects.create(user=user)
    screening = Screening.objects.create(
        participant=participant, birth_date=born, completed_at=now, disposition="start", highest_phase=4
    )
    enrollment = Enrollment.objects.create(
        participant=participant, screening=screening, release=Release.objects.latest("published_at"),
        consent_text="Yes.", birth_date=born, birth_type="vaginal", week=2, week_started_at=long_ago,
    )  # fmt: skip
    log = SessionLog.objects.create(
        enrollment=enrollment, session_key="w02-a", kind="session", week=2, started_at=long_ago,
        finished_at=long_ago, exercises_done=5, exercises_planned=5, seconds_done=300, counts_as_done=True,
        steps_done={f"{number}.1.1": 60 for number in range(1, 6)},
    )  # fmt: skip
    check_in = CheckIn.objects.create(
        enrollment=enrollment, kind="before", week=2, made_at=long_ago, outcome="go", mode="go", answers={}
    )
    decision = Decision.objects.create(
        enrollment=enrollment, made_at=long_ago, outcome="advance_week", rule="PR-13", facts={}, from_week=2,
        to_week=3, rules_version="1",
    )  # fmt: skip
    concern = Concern.objects.create(
        participant=participant, code="low_mood", urgency="routine", opened_at=long_ago, note="Seen."
    )
    article = publish_article(
        slug="pattern", title="Pattern", summary="One.", body="<p>One.</p>", topic=("rest", "Rest"), now=now
    )
    comment = Comment.objects.create(
        article=article, name="Reader", email="pattern@example.net", body=WORDS, html=f"<p>{WORDS}</p>"
    )
    mail = Mail.objects.create(
        message_id="<pattern@x>", recipients=["a@example.org"], sender="b@example.org", subject="Hello",
        state="sent",
    )  # fmt: skip
    return [
        user,
        participant,
        screening,
        enrollment,
        log,
        check_in,
        decision,
        concern,
        article,
        comment,
        mail,
    ]


@transaction.atomic
def make_many(members: int, now: datetime) -> None:
    """Create `members` members, each with LOGS_EACH logs and check-ins; as many comments, and fewer concerns and mails."""
    pattern = {row._meta.db_table: row for row in make_one(now)}
    day = "now() - n * interval '1 minute'"
    of_user = "SELECT id, row_number() OVER (ORDER BY id) AS n FROM accounts_user WHERE email LIKE 'many%%'"
    of_place = f"SELECT e.id, e.participant_id, e.week_started_at, u.n FROM programs_enrollment e JOIN programs_participant p ON p.id = e.participant_id JOIN ({of_user}) u ON u.id = p.user_id"
    each = f"({of_place}) s, generate_series(1, {LOGS_EACH}) k"
    series = "generate_series(1, {}) n"
    copies = [
        ("accounts_user", {"email": "'many' || n || '@example.org'", "name": "'Member ' || md5(n::text)"}, series.format(members)),
        ("programs_participant", {"user_id": "s.id"}, f"({of_user}) s"),
        ("programs_screening", {"participant_id": "p.id"}, f"programs_participant p JOIN ({of_user}) u ON u.id = p.user_id"),
        (
            "programs_enrollment",
            {
                "participant_id": "c.participant_id", "screening_id": "c.id",
                "week_started_at": "now() - (u.n %% 90) * interval '1 day'", "week": "1 + u.n %% 12",
                "state": "CASE WHEN u.n %% 3 = 0 THEN 'withdrawn' ELSE 'active' END",
            },
            f"programs_screening c JOIN programs_participant p ON p.id = c.participant_id JOIN ({of_user}) u ON u.id = p.user_id",
        ),
        (
            "programs_sessionlog",
            {
                "enrollment_id": "s.id", "client_id": "gen_random_uuid()", "week": "1 + s.n %% 12",
                "finished_at": "s.week_started_at + k * interval '5 hours'",
                "started_at": "s.week_started_at + k * interval '5 hours' - interval '10 minutes'",
            },
            each,
        ),
        (
            "programs_checkin",
            {"enrollment_id": "s.id", "client_id": "gen_random_uuid()", "made_at": "s.week_started_at + k * interval '5 hours'"},
            each,
        ),
        (
            "programs_decision",
            {"enrollment_id": "s.id", "made_at": "s.week_started_at - k * interval '7 days'", "from_week": "k", "to_week": "k + 1"},
            f"({of_place}) s, generate_series(1, 5) k",
        ),
        (
            "programs_concern",
            {
                "participant_id": "s.participant_id", "opened_at": "now() - s.n * interval '5 minutes'",
                "resolved_at": "CASE WHEN s.n %% 10 = 0 THEN NULL ELSE now() END",
                "urgency": "(ARRAY['emergency', 'same_day', 'within_days', 'routine'])[1 + s.n %% 4]",
            },
            f"({of_place}) s WHERE s.n %% 4 = 0",
        ),
        ("blog_article", {"slug": "'many-' || n", "title": "'Article ' || n", "published_at": day, "comment_count": "n %% 200"}, series.format(max(1, members // 100))),
        (
            "blog_comment",
            {
                "article_id": "(SELECT min(id) FROM blog_article) + n %% (SELECT count(*) FROM blog_article)", "created_at": day,
                "email": "'many' || n || '@example.net'",
                "status": "CASE WHEN n %% 50 = 0 THEN 'pending' ELSE 'approved' END",
            },
            series.format(members),
        ),
        ("blog_report", {"comment_id": "s.id", "reason": "'other'", "note": "''", "created_at": "now()", "resolved_at": "CASE WHEN s.id %% 2 = 0 THEN now() END"}, "(SELECT id FROM blog_comment WHERE id %% 10 = 0) s"),
        (
            "postpartum_mail",
            {
                "message_id": "'<many' || n || '@x>'", "changed_at": day,
                "state": "CASE WHEN n %% 20 = 0 THEN 'failed' ELSE 'sent' END",
                "resolved_at": "CASE WHEN n %% 40 = 0 THEN now() END",
            },
            series.format(members),
        ),
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL session_replication_role = replica"
        )  # millions of foreign keys, right as made
        for table, own, source in copies:
            _copy(cursor, table, own, source, pattern.get(table))
        cursor.execute("ANALYZE")


def _copy(cursor: Any, table: str, own: dict[str, str], source: str, pattern: Any) -> None:
    """Insert a row for each row of `source`: the pattern's values, except the columns in `own`."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND column_name <> 'id'"
        " AND is_generated = 'NEVER'",
        [table],
    )
    columns = [name for (name,) in cursor.fetchall()]
    values = [own.get(name) or f"t.{name}" for name in columns if name in own or pattern]
    names = [name for name in columns if name in own or pattern]
    beside = f"(SELECT * FROM {table} WHERE id = %s) t, " if pattern else ""
    where = source.partition(" WHERE ")
    sql = f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} FROM {beside}{where[0]}{where[1]}{where[2]}"
    cursor.execute(sql.replace("%%", "%") if not pattern else sql, [pattern.pk] if pattern else None)
