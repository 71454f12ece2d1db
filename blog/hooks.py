"""Where the front door may plug in. This room knows no health records and no outside service; who does, registers."""

import logging

from django.db import transaction

log = logging.getLogger(__name__)
_red_flag_listeners = []
_spam_filters = []


def when_red_flag(listener):
    """Call `listener(comment, now)` inside the transaction that keeps a comment whose words match a red flag.

    A listener that fails is not called again. Registering the same listener again changes nothing. Usable as a
    decorator.
    """
    if listener not in _red_flag_listeners:
        _red_flag_listeners.append(listener)
    return listener


def tell_red_flag(comment, now):
    """Tell every listener; one that fails holds up neither the comment nor the help its writer is led to.

    What a failing one wrote is taken back, and it is logged by the comment's number, without a word of it.
    """
    for listener in _red_flag_listeners:
        try:
            with transaction.atomic():
                listener(comment, now)
        except Exception as error:
            log.error("nobody was told of comment %s in need: %s", comment.pk, type(error).__name__)


def use_spam_filter(spam_filter):
    """Ask `spam_filter(name=, email=, website=, body=, address=, user_agent=, page=)` about each guest's comment.

    It is asked before anything is kept, outside any transaction, and answers True for spam.
    """
    if spam_filter not in _spam_filters:
        _spam_filters.append(spam_filter)
    return spam_filter


def says_spam(**comment):
    """Whether a registered filter takes the comment for spam."""
    return any(spam_filter(**comment) for spam_filter in _spam_filters)
