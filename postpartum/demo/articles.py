"""The demo's articles and their comments, from the YAML files beside this module."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from accounts.models import User
from blog.models import Article, Comment, ReadyPhrase
from blog.services import Sender, approve_comment, post_comment, publish_article

FOLDER = Path(__file__).parent
PHRASES = {
    "I can’t judge from here": (
        "I can’t judge that from here, and I don’t want to guess. Somebody should see you and feel what you feel."
    ),
    "Worth a visit": (
        "That is worth a visit to a pelvic health physical therapist. You don’t have to wait until it gets worse."
    ),
}


def seed_articles(therapist: User, now: datetime) -> None:
    """Publish the demo's articles by `therapist` with its comments and ready phrases. Idempotent."""
    if Article.objects.filter(kind=Article.Kind.ARTICLE).exists():
        return
    articles = {}
    for file in sorted((FOLDER / "articles").glob("*.yaml")):
        words = yaml.safe_load(file.read_text())
        articles[words["slug"]] = _publish(words, therapist, now)
    _seed_comments(articles, therapist, now)
    ReadyPhrase.objects.bulk_create(ReadyPhrase(name=name, text=text) for name, text in PHRASES.items())


def _publish(words: dict[str, Any], therapist: User, now: datetime) -> Article:
    return publish_article(
        slug=words["slug"],
        title=words["title"],
        summary=words["summary"],
        body=words["body"],
        topic=(words["topic"]["slug"], words["topic"]["name"]),
        author=therapist,
        sources=[(source["text"], source["url"]) for source in words["sources"]],
        published_at=now - timedelta(days=words["published_days_ago"]),
        now=now,
    )


def _seed_comments(articles: dict[str, Article], therapist: User, now: datetime) -> None:
    posted: dict[str, Comment] = {}
    for words in yaml.safe_load((FOLDER / "comments.yaml").read_text()):
        at = now - timedelta(days=words["days_ago"])
        sender = Sender(
            name=words["name"],
            email=words["email"],
            author=therapist if words["by_therapist"] else None,
            seconds=60,
        )
        comment, _ = post_comment(
            articles[words["article"]],
            sender=sender,
            body=words["body"],
            now=at,
            parent=posted.get(words["parent"]),
            notify=False,
        )
        if words["status"] == "approved" and comment.status != "approved":
            comment = approve_comment(comment, at, notify=False)
        posted[words["key"]] = comment
