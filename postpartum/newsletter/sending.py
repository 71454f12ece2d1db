"""Sending the newsletter: to each subscriber once a week, and only where there are new articles."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.models import Article
from postpartum.mail.writing import site_address, write
from postpartum.models import NewsletterSubscriber
from postpartum.newsletter.subscriptions import stop_token
from postpartum.newsletter.timing import newest_issue

MAX_ARTICLES = 10


def send_next_newsletter(now: datetime) -> bool:
    """Queue the newest issue for the next subscriber if it has articles. Return whether there was one."""
    issue = newest_issue(now, settings.NEWSLETTER_AT)
    with transaction.atomic():
        waiting = (
            NewsletterSubscriber.objects.filter(sent_until__lt=issue)
            .exclude(confirmed_at=None)
            .order_by("pk")
        )
        reader = waiting.select_for_update(skip_locked=True).first()
        if reader is None:
            return False
        new = Article.objects.published(now).filter(
            published_at__gt=reader.sent_until, published_at__lte=issue
        )
        articles = list(new.newest_first()[:MAX_ARTICLES])
        if articles:
            _write(reader, articles)
        reader.sent_until = issue
        reader.save(update_fields=["sent_until"])
    return True


def _write(reader: NewsletterSubscriber, articles: list[Article]) -> None:
    subject = ngettext("A new article", "%(count)d new articles", len(articles)) % {"count": len(articles)}
    context = {"articles": articles, "intro": _("here is something new to read:")}
    write(reader.email, subject, "letter", context, stop=site_address("letter_stop", stop_token(reader)))
