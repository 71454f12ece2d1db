"""Writing: an article is cleaned and finished once, when it is saved, and read many times."""

import re
from math import ceil

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.text import slugify

from blog.models import Article, Source, Topic
from blog.prose import clean_article, plain_text

WORDS_A_MINUTE = 220
HEADINGS_FOR_CONTENTS = 3
_HEADING = re.compile(r"<h([23])>(.*?)</h\1>", re.DOTALL)


@transaction.atomic
def publish_article(*, slug, title, summary, body, topic, now, author=None, sources=(), **fields):
    """An article readers can open, made or brought up to date by its slug.

    `topic` is a Topic or a pair (slug, name); `sources` are pairs (text, url) in order; `fields` may hold
    published_at (else `now`), reviewed_by and reviewed_on.
    """
    if isinstance(topic, tuple):
        topic, _ = Topic.objects.get_or_create(slug=topic[0], defaults={"name": topic[1]})
    words = {"title": title, "summary": summary, "body": body, "topic": topic, "author": author}
    article, _ = Article.objects.update_or_create(
        slug=slug, defaults={"published_at": now, **fields, **words, "status": Article.Status.PUBLISHED}
    )
    article.sources.all().delete()
    Source.objects.bulk_create(
        Source(article=article, position=position, text=text, url=url)
        for position, (text, url) in enumerate(sources, start=1)
    )
    return finish_article(article, now)


@transaction.atomic
def finish_article(article, now):
    """Clean what was written and make the page's HTML from it; wanted after every change of its words."""
    article.body = clean_article(article.body)
    body, contents = with_anchors(article.body)
    article.finished = render_to_string(
        "blog/_finished.html",
        {"body": body, "contents": contents, "sources": list(article.sources.all())},
    )
    article.words = plain_text(article.body)
    article.reading_minutes = reading_minutes(article.words)
    article.changed_at = article.words_changed_at = now
    article.save(
        update_fields=["body", "finished", "words", "reading_minutes", "changed_at", "words_changed_at"]
    )
    return article


def with_anchors(html):
    """The same HTML with an id on every h2 and h3, and the h2 as [(id, words)] where there are enough of
    them.

    Expects cleaned HTML, whose headings carry no attributes.
    """
    taken, contents = {"contents", "sources", "comments", "main"}, []

    def anchored(match):
        level, words = match[1], plain_text(match[2])
        anchor = _free(slugify(words)[:60].strip("-") or "part", taken)
        if level == "2":
            contents.append((anchor, words))
        return f'<h{level} id="{anchor}">{match[2]}</h{level}>'

    anchored_html = _HEADING.sub(anchored, html)
    return anchored_html, contents if len(contents) >= HEADINGS_FOR_CONTENTS else []


def _free(anchor, taken):
    """The anchor, numbered if another heading has it; comments and sources own theirs."""
    number, free = 1, anchor
    while free in taken or re.fullmatch(r"(comment|source)-\d+", free):
        number += 1
        free = f"{anchor}-{number}"
    taken.add(free)
    return free


def reading_minutes(words):
    """Whole minutes an adult needs for these words, at least one."""
    return max(1, ceil(len(words.split()) / WORDS_A_MINUTE))
