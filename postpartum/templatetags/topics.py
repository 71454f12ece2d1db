"""Links between articles and exercises: a topic and a focus that share a slug."""

from typing import Any

from django import template
from django.utils import timezone

from blog.models import Article, Topic
from common.prepared import Parameter, PreparedQuery
from programs.pages.catalogue import matching, published_plan
from programs.pages.needs import TOPIC_OF_NEED
from programs.rules.vocabulary import Focus

register = template.Library()

MAX_LINKS = 3
_FOCUS_OF_TOPIC = {focus.replace("_", "-"): focus for focus in Focus}
_TOPIC_OF: dict[str, str] = {focus: topic for topic, focus in _FOCUS_OF_TOPIC.items()}
_TOPIC_OF.update(TOPIC_OF_NEED)


@register.simple_tag
def exercises_on(topic: Topic | None) -> list[Any]:
    """Return up to three exercises about the topic, the gentlest first (one query, or none)."""
    focus = _FOCUS_OF_TOPIC.get(topic.slug) if topic else None
    if focus is None:
        return []
    plan = published_plan()
    return matching(plan.exercises.values(), focus=focus)[:MAX_LINKS] if plan else []


@register.simple_tag
def articles_on(subject: str) -> list[Article]:
    """Return up to three articles about a focus or need, the newest first (one query, or none for an unknown one)."""
    topic = _TOPIC_OF.get(subject)
    if topic is None:
        return []
    return _NEWEST_ON(topic=topic, now=timezone.now())


_NEWEST_ON = PreparedQuery(
    lambda: (
        Article.objects.published(Parameter("now"))
        .filter(topic__slug=Parameter("topic"))
        .newest_first()
        .only("kind", "title", "slug", "reading_minutes")[:MAX_LINKS]
    )
)
