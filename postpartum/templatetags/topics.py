"""Where reading and moving meet: an article's topic and an exercise's focus that share a slug."""

from django import template
from django.utils import timezone

from blog.models import Article
from programs.pages.catalogue import matching, published_plan
from programs.rules.vocabulary import Focus

register = template.Library()

MOST = 3
_FOCUS_OF_TOPIC = {focus.replace("_", "-"): focus for focus in Focus}
_TOPIC_OF_FOCUS = {focus: topic for topic, focus in _FOCUS_OF_TOPIC.items()}


@register.simple_tag
def exercises_on(topic):
    """Up to three exercises that train what the topic (or None) is about, the gentlest first (one query, or none)."""
    focus = _FOCUS_OF_TOPIC.get(topic.slug) if topic else None
    plan = published_plan() if focus else None
    return matching(plan.exercises.values(), focus=focus)[:MOST] if plan else []


@register.simple_tag
def articles_on(focus):
    """Up to three articles about what is trained, the newest first (one query, or none for an unknown focus)."""
    topic = _TOPIC_OF_FOCUS.get(focus)
    if topic is None:
        return []
    readable = Article.objects.published(timezone.now()).filter(topic__slug=topic).newest_first()
    return list(readable.only("title", "slug", "reading_minutes")[:MOST])
