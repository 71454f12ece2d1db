"""Send the letter: to each reader once a week, and only where there is something new."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.models import Article
from postpartum.mail.writing import site_address, write
from postpartum.models import NewsletterSubscriber
from postpartum.newsletter.subscriptions import stop_token
from postpartum.newsletter.timing import newest_issue

MOST_ARTICLES = 10


def send_next_newsletter(now):
    """Bring the next reader up to the newest issue, by a letter if anything was published. Whether there was one."""
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
