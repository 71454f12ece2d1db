"""Send the letter: to each reader once a week, and only where there is something new."""

from datetime import UTC, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.models import Article
from postpartum.mail.writing import site_address, write
from postpartum.models import NewsletterSubscriber
from postpartum.newsletter.subscriptions import stop_token

WEEKDAY, HOUR = 3, 9  # Thursdays at nine, UTC
MOST_ARTICLES = 10


def newest_issue(now):
    """The time of the newest letter: last Thursday's, or today's from nine on."""
    at = now.astimezone(UTC).replace(hour=HOUR, minute=0, second=0, microsecond=0)
    at -= timedelta(days=(at.weekday() - WEEKDAY) % 7)
    return at if at <= now else at - timedelta(days=7)


def send_next_newsletter(now):
    """Bring the next reader up to the newest issue, by a letter if anything was published. Whether there was one."""
    issue = newest_issue(now)
    with transaction.atomic():
        waiting = (
            NewsletterSubscriber.objects.filter(sent_until__lt=issue)
            .exclude(confirmed_at=None)
            .order_by("pk")
        )
        reader = waiting.select_for_update(skip_locked=True).first()
        if reader is None:
            return False
        articles = Article.objects.published(now).filter(
            published_at__gt=reader.sent_until, published_at__lte=issue
        )
        articles = list(articles.newest_first()[:MOST_ARTICLES])
        if articles:
            _write(reader, articles)
        reader.sent_until = issue
        reader.save(update_fields=["sent_until"])
    return True


def _write(reader, articles):
    subject = ngettext("A new article", "%(count)d new articles", len(articles)) % {"count": len(articles)}
    context = {"articles": articles, "intro": _("this is new to read:")}
    write(reader.email, subject, "letter", context, stop=site_address("letter_stop", stop_token(reader)))
