"""Optional spam check of guest comments by Akismet, enabled by AKISMET_KEY.

It receives the public text of a guest's comment and the sender's network address, never an email address. A failure is
logged and counts as "not spam", so that the filter can never block commenting.
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.conf import settings

TIMEOUT_SECONDS = 3  # the longest a guest has to wait for the verdict

log = logging.getLogger(__name__)
# Requests run in threads because urlopen's timeout covers neither the DNS lookup nor the whole request.
_threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="akismet")


def is_spam(*, name: str, website: str, body: str, page: str, address: str, user_agent: str) -> bool:
    """Return whether Akismet classifies a comment as spam; False if it is disabled, fails or times out.

    Blocks for up to TIMEOUT_SECONDS, so do not call it inside a transaction.
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
    except Exception as error:  # the message may quote the comment, so only the type is logged
        log.warning("The request to Akismet failed: %s", type(error).__name__)
        return False
    if verdict not in (b"true", b"false"):
        log.warning("Akismet returned no verdict; check AKISMET_KEY.")
    return verdict == b"true"


def _ask(fields: dict[str, str]) -> bytes:
    request = Request(settings.AKISMET_URL, data=urlencode(fields).encode())  # noqa: S310 - the operator's address
    with urlopen(request, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310
        return response.read(10).strip()
