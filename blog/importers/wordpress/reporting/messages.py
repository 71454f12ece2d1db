"""Messages for the reason codes of an import."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .reasons import Reason

REASONS: dict[str, Promise] = {
    Reason.NO_NUMBER: _("it has no number in the file"),
    Reason.TOO_LONG: _("its text is longer than any text should be"),
    Reason.TWICE: _("it is in the file twice"),
    Reason.DELETED_HERE: _("it was deleted here since it was first taken over"),
    Reason.CHANGED_HERE: _("it was changed here, so your words stay"),
    Reason.DECIDED_HERE: _("its status was decided here, so your decision stays"),
    Reason.NOT_KEPT: _("the database did not take it"),
    Reason.CUT_OFF: _(
        "the file ends in the middle of it. What came before is here. If WordPress stops at the same place again, "
        "export in parts (Tools → Export → Posts, some months at a time): nothing comes twice"
    ),
    Reason.CAME_BEFORE_CUT: _("it came in with the run that was cut off"),
    Reason.STRAY_BEFORE: _("words before its beginning were left out; most likely a note of your web server"),
    Reason.STRAY_BETWEEN: _("words between its parts were left out; most likely a note of your web server"),
    Reason.STRAY_AFTER: _("words after its end were left out; most likely a note of your web server"),
    Reason.OTHER_TYPE: _("it is neither a post nor a page"),
    Reason.IN_TRASH: _("it lay in the trash"),
    Reason.EMPTY: _("it was begun and never written"),
    Reason.PAGE_LEFT_OUT: _("pages were to be left out"),
    Reason.WAS_PRIVATE: _("it was private, so it is a draft now"),
    Reason.HAD_PASSWORD: _("it had a password, so it is a draft now"),
    Reason.NO_DATE: _("it has no date"),
    Reason.NO_TITLE: _("it has no title"),
    Reason.TITLE_CUT: _("its title was shortened"),
    Reason.NEW_ADDRESS: _("its address is a little different; the old one leads to it"),
    Reason.MORE_TOPICS: _(
        "it had more categories or tags; its main one is its topic, the others are kept as labels"
    ),
    Reason.FILES_MISSING: _(
        "it shows files of the media library by number that no export has named yet: bring in the one with the media "
        "too, in any order"
    ),
    Reason.COMPLETED: _("what it lacked in an earlier import is in it now"),
    Reason.PICTURE_MISSING: _("a picture in it is missing"),
    Reason.EMBED_LINKED: _("a video or another site's frame has become a link"),
    Reason.SHORTCODE_LEFT: _("something in square brackets stayed as text: please look"),
    Reason.SHORTCODE_DROPPED: _("a form or layout of a plugin is gone; its text stayed"),
    Reason.BLOCK_DROPPED: _("a block that WordPress fills by itself is gone"),
    Reason.LINK_UNKNOWN: _("a link leads to something of the old blog that did not come along"),
    Reason.NO_FILE: _("the file did not come along"),
    Reason.NOT_USED: _("no article shows it"),
    Reason.NOT_LINKED: _("no article links to it"),
    Reason.NOT_A_PICTURE: _(
        "it is neither a picture nor a document: links to it still lead to the old blog, so keep it somewhere else "
        "before you close that"
    ),
    Reason.DOCUMENT_MISSING: _(
        "it links to a document that did not come along and goes when the old blog is closed: bring in the same file "
        "again, with the media library"
    ),
    Reason.DOCUMENT_TOO_BIG: _("the file is larger than 50 MB"),
    Reason.DOCUMENT_KIND: _("it is not a kind of document we keep"),
    Reason.DOCUMENT_DAMAGED: _("it is not what its name says, so it may be damaged"),
    Reason.TOO_BIG: _("the file is larger than 20 MB"),
    Reason.TOO_LARGE: _("the picture has too many pixels"),
    Reason.UNREADABLE: _("it cannot be read as a picture"),
    Reason.KNOWN_HERE: _("is somebody with an account at this desk"),
    Reason.NAME_ONLY: _(
        "has no account at this desk: the name stays over the articles, nobody can sign in with it"
    ),
    Reason.WROTE_NOTHING: _("wrote nothing that was taken over"),
    Reason.LABEL_ONLY: _("is kept as a label: no article has it as its main topic"),
    Reason.OTHER_TAXONOMY: _("is neither a category nor a tag"),
    Reason.PING: _("it is a ping from another site, not a comment"),
    Reason.OTHER_COMMENT: _("it is a plugin's note, not a comment"),
    Reason.POST_LEFT_OUT: _("its post was left out"),
    Reason.PARENT_MISSING: _("what it answers is missing, so it begins a thread of its own"),
    Reason.RING: _("it answered itself in a ring, so it begins a thread of its own"),
    Reason.NO_NAME: _("it has no name"),
    Reason.NAME_WAS_ADDRESS: _("its name was an email address, of which only the beginning is shown"),
    Reason.NAME_CUT: _("its name was shortened"),
    Reason.NO_WORDS: _("it has no words, so it shows as removed"),
    Reason.WEBSITE_DROPPED: _("its website was no web address"),
    Reason.EMAIL_DROPPED: _("its email address was not one"),
    Reason.UNKNOWN_STATUS: _("its status is unknown, so it waits for you"),
}

REFUSALS = {
    "not_wordpress": _(
        "This is not an export from WordPress, Ghost or Substack. In WordPress choose Tools → Export → All content; if you were given a "
        "ZIP, unpack it first and choose the .xml file in it."
    ),
    "too_large": _("This export from Ghost is larger than 100 MB, more than can be read at once."),
    "entities": _("This file tries to make our reader do more than reading, so we do not touch it."),
}

STAGES = {
    "reading": _("Reading what is there"),
    "articles": _("Bringing in articles and pictures"),
    "comments": _("Bringing in comments"),
    "threads": _("Tying the threads"),
}


def reasons_in_words(codes: Iterable[str]) -> str:
    """Return the reasons as one text; unknown codes stay codes."""
    return "; ".join(str(REASONS.get(code, code)) for code in codes)


def refusal_in_words(code: str) -> str:
    """Return why a file could not be read."""
    return str(REFUSALS.get(code, code))
