"""Akismet, for practices that choose it: what a guest writes, and from where, is then sent to its makers.

Nothing here is used unless the front door registers it with a key.
"""

import logging
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

CHECK = "https://rest.akismet.com/1.1/comment-check"
SECONDS = 3

logger = logging.getLogger(__name__)


class Akismet:
    """A spam filter for `hooks.use_spam_filter`. When it cannot be reached, nothing is taken for spam."""

    def __init__(self, key, site_url, check=CHECK):
        self.key, self.site_url, self.check = key, site_url, check

    def __call__(self, *, name, email, website, body, address, user_agent, page):
        fields = {
            "api_key": self.key,
            "blog": self.site_url,
            "permalink": page,
            "comment_type": "comment",
            "comment_author": name,
            "comment_author_email": email,
            "comment_author_url": website,
            "comment_content": body,
            "user_ip": address,
            "user_agent": user_agent,
        }
        request = Request(self.check, data=urlencode(fields).encode())  # noqa: S310 - a fixed https address
        try:
            with urlopen(request, timeout=SECONDS) as response:  # noqa: S310 - see above
                return response.read(10) == b"true"
        except (URLError, TimeoutError, OSError) as error:
            logger.warning("The spam filter did not answer: %s", type(error).__name__)
            return False
