"""Somebody who follows every link of a site."""

import re
from collections import Counter
from urllib.parse import urldefrag, urljoin, urlsplit

import requests

from bench.people import sign_in
from tests.smoke.visitor import Visitor

LEFT_OUT = re.compile(r"/accounts/logout/|/media/|/static/|/feed/|/dev/mail/")
SAME = re.compile(r"\d+|[0-9a-f-]{36}")
ALIKE = 4  # pages that differ in numbers or queries only


def crawl(address: str, email: str, begin: list[str], most: int = 400) -> tuple[Counter, list[str]]:
    """Open what can be reached from `begin`, signed in where an email is given. Return statuses, and what failed."""
    visitor = sign_in(address, email) if email else Visitor(address)
    session = visitor._browser.session
    linked_from, alike = dict.fromkeys(begin, ""), Counter[str]()
    statuses, failed = Counter[int](), []
    waiting = list(begin)
    while waiting and statuses.total() < most:
        path = waiting.pop(0)
        answer = session.get(address + path, headers={"X-Forwarded-For": "10.9.8.7"})
        statuses[answer.status_code] += 1
        if answer.status_code != 200:
            failed.append(f"{path} answers {answer.status_code}; a link of {linked_from[path]}")
        for link in _links(answer, address):
            kind = SAME.sub("0", urlsplit(link).path)
            if link not in linked_from and alike[kind] < ALIKE:
                alike[kind] += 1
                linked_from[link] = path
                waiting.append(link)
    return statuses, failed


def _links(answer: requests.Response, address: str) -> list[str]:
    """Return the paths of the site that a page links to."""
    if "html" not in answer.headers.get("Content-Type", ""):
        return []
    found = re.findall(r'<a\b[^>]*?\bhref="([^"]+)"', answer.text)
    whole = [urldefrag(urljoin(answer.url, link.replace("&amp;", "&")))[0] for link in found]
    ours = [link.removeprefix(address) for link in whole if link.startswith(address + "/")]
    return [link for link in ours if not LEFT_OUT.search(link)]
