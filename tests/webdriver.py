"""A browser driven by WebDriver (https://www.w3.org/TR/webdriver2/), as far as the tests in a second engine need it."""

import json
import time
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key under which the protocol names an element


class WebDriver:
    """One session with a driver at `address`, such as "http://127.0.0.1:4444"."""

    def __init__(self, address, capabilities):
        self._address = address
        started = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": capabilities}})
        self._session = f"/session/{started['sessionId']}"
        self.version = started["capabilities"]["browserVersion"]

    def open(self, address):
        """Go to a page and wait until it is loaded."""
        self._post("/url", {"url": address})

    def reload(self):
        """Load the page anew."""
        self._post("/refresh")

    def back(self):
        """Press Back."""
        self._post("/back")

    @property
    def address(self):
        """Where it is."""
        return self._ask("GET", f"{self._session}/url")

    def resize(self, width, height):
        """Give the window this size, in pixels."""
        self._post("/window/rect", {"width": width, "height": height})

    def cookie(self, name, value):
        """Set a cookie for the site that is open."""
        self._post("/cookie", {"cookie": {"name": name, "value": value}})

    def run(self, script, *given):
        """What the body of a function returns, once it has settled."""
        return self._post("/execute/sync", {"script": script, "args": list(given)})

    def click(self, selector):
        """Press what is shown there."""
        self._post(f"/element/{self._find(selector)}/click")

    def type(self, selector, text):
        """Type into a field."""
        self._post(f"/element/{self._find(selector)}/value", {"text": text})

    def text(self, selector):
        """The text that is shown there; "" where nothing is."""
        return self.run("return document.querySelector(arguments[0])?.innerText ?? ''", selector)

    def wait_for(self, question, seconds=30):
        """Ask until there is an answer, and return it."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if answer := question():
                return answer
            time.sleep(0.05)
        raise AssertionError(f"in vain, at {self.address}: {self.text('main')[:500]}")

    def quit(self):
        """End the browser."""
        self._ask("DELETE", self._session)

    def _find(self, selector):
        return self._post("/element", {"using": "css selector", "value": selector})[ELEMENT]

    def _post(self, path, body=None):
        return self._ask("POST", self._session + path, body or {})

    def _ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self._address + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as response:
                return json.load(response)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(error.read().decode()[:500]) from None
