"""A browser driven by WebDriver (https://www.w3.org/TR/webdriver2/), as far as the tests in other engines need it.

The commands travel by HTTP to a driver, or by Firefox's own protocol, Marionette, which needs no driver.
"""

import json
import socket
import time
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key under which the protocol names an element
PATIENCE = 120  # seconds one command may take

# Each command's method and path by HTTP; what a path names in braces is taken from what is given.
PATHS = {
    "Navigate": ("POST", "/url"),
    "Refresh": ("POST", "/refresh"),
    "Back": ("POST", "/back"),
    "GetCurrentURL": ("GET", "/url"),
    "SetWindowRect": ("POST", "/window/rect"),
    "AddCookie": ("POST", "/cookie"),
    "ExecuteScript": ("POST", "/execute/sync"),
    "FindElement": ("POST", "/element"),
    "ElementClick": ("POST", "/element/{id}/click"),
    "ElementSendKeys": ("POST", "/element/{id}/value"),
}


class HttpProtocol:
    """A session with the driver at `address`, such as "http://127.0.0.1:4444"."""

    def __init__(self, address, capabilities):
        self._session = f"{address}/session"
        started = self._send("POST", "", {"capabilities": {"alwaysMatch": capabilities}})
        self._session += f"/{started['sessionId']}"

    def ask(self, command, **given):
        """What the driver answers to a command."""
        method, path = PATHS[command]
        return self._send(method, path.format(**given), given if method == "POST" else None)

    def quit(self):
        """End the browser."""
        self._send("DELETE", "")

    def _send(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self._session + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as response:
                return json.load(response)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(error.read().decode()[:500]) from None


class MarionetteProtocol:
    """A session with the Firefox that listens at `port`: JSON messages, each after its length and a colon."""

    def __init__(self, port):
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self._stream = self._socket.makefile("rb")
        self._number = 0
        self._receive()  # it introduces itself
        self._send("WebDriver:NewSession", {})

    def ask(self, command, **given):
        """What Firefox answers to a command."""
        answer = self._send(f"WebDriver:{command}", given)
        return answer.get("value", answer) if answer else None

    def quit(self):
        """End the browser."""
        self._send("Marionette:Quit", {"flags": ["eForceQuit"]})
        self._socket.close()

    def _send(self, command, given):
        self._number += 1
        message = json.dumps([0, self._number, command, given]).encode()
        self._socket.sendall(b"%d:%b" % (len(message), message))
        _, _, error, answer = self._receive()
        if error:
            raise AssertionError(f"{error['error']}: {error['message']}"[:500])
        return answer

    def _receive(self):
        digits = iter(lambda: self._stream.read(1), b":")
        return json.loads(self._stream.read(int(b"".join(digits))))


class WebDriver:
    """A browser that takes commands by `protocol`."""

    def __init__(self, protocol):
        self._ask, self.quit = protocol.ask, protocol.quit

    def open(self, address):
        """Go to a page and wait until it is loaded."""
        self._ask("Navigate", url=address)

    def reload(self):
        """Load the page anew."""
        self._ask("Refresh")

    def back(self):
        """Press Back."""
        self._ask("Back")

    @property
    def address(self):
        """Where it is."""
        return self._ask("GetCurrentURL")

    def resize(self, width, height):
        """Give the window this size, in pixels."""
        self._ask("SetWindowRect", width=width, height=height)

    def cookie(self, name, value):
        """Set a cookie for the site that is open."""
        self._ask("AddCookie", cookie={"name": name, "value": value})

    def run(self, script, *given):
        """What the body of a function returns, once it has settled."""
        return self._ask("ExecuteScript", script=script, args=list(given))

    def click(self, selector):
        """Press what is shown there."""
        self._ask("ElementClick", id=self._find(selector))

    def type(self, selector, text):
        """Type into a field."""
        self._ask("ElementSendKeys", id=self._find(selector), text=text)

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

    def _find(self, selector):
        return self._ask("FindElement", using="css selector", value=selector)[ELEMENT]
