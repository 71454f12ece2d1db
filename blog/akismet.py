"""Akismet, an outside spam filter, for practices that choose it by AKISMET_KEY.

It is told what readers would see of a guest's comment, and from where it came; never an address for mail. Whatever
goes wrong with it is logged, and the comment goes its way as if there were no filter.
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.conf import settings

TIMEOUT_SECONDS = 3  # how long a guest may be kept waiting for its answer

log = logging.getLogger(__name__)
# A thread of its own for each question: the time to find and reach a server is not held to a timeout by urlopen alone.
_threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="akismet")


def is_spam(*, name: str, website: str, body: str, page: str, address: str, user_agent: str) -> bool:
    """Whether Akismet takes a comment for spam: False if it is not used, does not answer in time, or fails.

    Waits up to TIMEOUT_SECONDS, so it must not be called in a transaction.
    """
    if not settings.AKISMET_KEY:
        return False
    fields = {
        "api_key": settings.AKISMET_KEY,
        "blog": settings.SITE_URL,
        "permalink": page,
        "comment_type": "comment",
        "comment_author": name,
        "comment_author_url": website,
        "comment_content": body,
        "user_ip": address,
        "user_agent": user_agent,
    }
    try:
        verdict = _threads.submit(_ask, fields).result(timeout=TIMEOUT_SECONDS)
    except Exception as error:  # its words may quote the comment
        log.warning("Akismet was asked in vain: %s", type(error).__name__)
        return False
    if verdict not in (b"true", b"false"):
        log.warning("Akismet gave no verdict; is AKISMET_KEY right?")
    return verdict == b"true"


def _ask(fields: dict[str, str]) -> bytes:
    request = Request(settings.AKISMET_URL, data=urlencode(fields).encode())  # noqa: S310 - the operator's address
    with urlopen(request, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310
        return response.read(10).strip()
