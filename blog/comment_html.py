"""Renders one comment as HTML. String formatting instead of a template: a moderation decision renders the whole thread again."""

from datetime import UTC

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext as _

from blog.models import Comment
from blog.threads import Line

# As few elements as possible: a page has up to a hundred. The end tag is missing because replies are nested inside.
_SHOWN = (
    '<article class="comment" id="comment-{pk}" itemprop="comment" itemscope itemtype="https://schema.org/Comment">'
    '{name}{badge} <a href="#comment-{pk}"><time itemprop="dateCreated" datetime="{moment}">{day}</time></a>{answers}'
    '{words}<a class="comment-reply" href="comment/?parent={pk}" rel="nofollow" aria-label="{reply_to}">{reply}</a> '
    '<a class="comment-report" href="comments/{pk}/report/" rel="nofollow">{report}</a>'
)
_REMOVED = '<article class="comment" id="comment-{pk}"><p class="meta">{removed}</p>'


def comment_card(
    comment: Comment, line: Line, answered: Comment | None, article_author_id: int | None
) -> str:
    """Return the HTML of a comment without its end tag, so that `threads.nest` can put the replies inside.

    `answered` is the parent comment where the card has to name it, else None.
    """
    if not line.shown:
        return _REMOVED.format(pk=comment.pk, removed=_("This comment was removed."))
    created = comment.created_at.astimezone(UTC)
    return _SHOWN.format(
        pk=comment.pk,
        name=_name(comment),
        badge=_badge(comment, article_author_id),
        moment=f"{created:%Y-%m-%d}",
        day=date_format(created, "DATE_FORMAT"),
        answers=_answers(answered),
        words=comment.html.replace("<p>", '<p itemprop="text" dir="auto">'),
        reply=_("Reply"),
        reply_to=escape(_("Reply to %(name)s") % {"name": comment.name}),
        report=_("Report"),
    )


def _name(comment: Comment) -> str:
    name = f'<b itemprop="author" dir="auto">{escape(comment.name)}</b>'
    if not comment.website:
        return name
    return f'<a class="comment-name" href="{escape(comment.website)}" rel="nofollow ugc noopener">{name}</a>'


def _badge(comment: Comment, article_author_id: int | None) -> str:
    """Return a badge for the article's author or another member of staff, else an empty string."""
    if not (comment.author and comment.author.is_staff):
        return ""
    words = _("Author") if comment.author_id == article_author_id else _("Team")
    return f' <span class="pill pill-accent">{words}</span>'


def _answers(answered: Comment | None) -> str:
    if answered is None:
        return ""
    link = f'<a href="comments/{answered.pk}/" dir="auto">{escape(answered.name)}</a>'
    return f" <span>{_('answers %(name)s') % {'name': link}}</span>"
