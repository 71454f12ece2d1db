"""Somebody with a browser: opens pages, follows links, fills in the forms that pages hold, keeps the cookies."""

import re

from mechanicalsoup import StatefulBrowser


class Visitor:
    """A browser of one's own. What is not answered with the expected status ends the walk with the page's words."""

    def __init__(self, address):
        self._address = address
        self._browser = StatefulBrowser(soup_config={"features": "lxml"})
        self.answer = None

    def open(self, where, status=200):
        """Go to a path of the site or to the whole address out of a mail; redirects are followed."""
        self._look_at(self._browser.open(self._address + where if where.startswith("/") else where), status)
        return self

    def send(self, fields=None, form="main form", button=None, status=200):
        """Fill in the form that this CSS selector finds on the page, and press its button (or that of its selector)."""
        chosen = self._browser.select_form(form)
        for name, value in (fields or {}).items():
            chosen.set(name, value)
        if button:
            chosen.choose_submit(chosen.form.select_one(button))
        self._look_at(self._browser.submit_selected(), status)
        return self

    def put(self, where, body, status=200):
        """Send JSON as a page's script does, with the token that the page holds; the answer as JSON."""
        token = self.page.find("input", {"name": "csrfmiddlewaretoken"})["value"]
        headers = {"X-CSRFToken": token, "Referer": self._browser.url}
        answer = self._browser.session.put(self._address + where, json=body, headers=headers)
        assert answer.status_code == status, answer.text
        return answer.json()

    def get(self, where, **headers):
        """The bare answer of an address, no redirect followed, for what is no page."""
        return self._browser.session.get(self._address + where, headers=headers, allow_redirects=False)

    @property
    def page(self):
        """The page as parsed by Beautiful Soup."""
        return self._browser.page

    @property
    def path(self):
        """Where she is: the path of the page."""
        return self._browser.url.removeprefix(self._address)

    @property
    def words(self):
        """What the page says, spaces made one."""
        return re.sub(r"\s+", " ", self.page.get_text(" ")).strip()

    def links(self, beginning):
        """The paths of the page's links that begin so."""
        found = [link["href"].removeprefix(self._address) for link in self.page.select("a[href]")]
        return [path for path in found if path.startswith(beginning)]

    def _look_at(self, answer, status):
        self.answer = answer
        said = self.words if self.page else answer.text[:500]
        assert answer.status_code == status, f"{answer.url} answers {answer.status_code}: {said}"
