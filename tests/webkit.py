"""WebKit, the engine of every browser on an iPhone, where the machine has it: Debian's WebKitGTK with its driver.

It is not Safari: what iOS adds (its audio session, its seven days of storage, standalone mode) is not in it.
"""

import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

from tests.servers import a_free_port, wait_for_port
from tests.webdriver import HttpProtocol, WebDriver

DRIVER = "WebKitWebDriver"
BROWSERS = ("/usr/lib", "/usr/libexec")  # below one of them lies the MiniBrowser that the driver starts
MISSING = "needs Debian's webkit2gtk-driver and xvfb, which script/test installs where it may"


def find_webkit():
    """The paths of the driver, its browser and a screen nobody sees (none is needed where there is a real one); None
    where one is missing."""
    driver, screen = shutil.which(DRIVER), shutil.which("Xvfb")
    browser = next((path for folder in BROWSERS for path in Path(folder).glob("**/MiniBrowser")), None)
    if not (driver and browser and (screen or os.environ.get("DISPLAY"))):
        return None
    return driver, str(browser), screen


@pytest.fixture(scope="session")
def webkit_driver():
    """The address of a driver that runs, and the capabilities it is to start the browser with."""
    found = find_webkit()
    if not found:
        pytest.skip(MISSING)
    driver, browser, screen = found
    started, environment = [], dict(os.environ)
    with tempfile.TemporaryDirectory() as home:
        environment |= {"HOME": home, "XDG_RUNTIME_DIR": home, "LIBGL_ALWAYS_SOFTWARE": "1"}
        if screen:
            environment["DISPLAY"] = _screen(screen, started)
        port = a_free_port()
        started.append(
            subprocess.Popen([driver, f"--port={port}"], env=environment, stderr=subprocess.DEVNULL)
        )
        wait_for_port(port)
        options = {"binary": browser, "args": ["--automation"]}
        yield f"http://127.0.0.1:{port}", {"webkitgtk:browserOptions": options}
        for process in reversed(started):
            process.terminate()
            process.wait()


@pytest.fixture
def webkit(webkit_driver, live_server):
    """A WebKit of this test's own, without any history, at the site's first page."""
    browser = WebDriver(HttpProtocol(*webkit_driver))
    browser.open(f"{live_server.url}/safety/")
    yield browser
    with suppress(OSError, AssertionError):
        browser.quit()


def _screen(program, started):
    """Start a screen; it chooses a free number and tells it."""
    reader, writer = os.pipe()
    command = [program, "-displayfd", str(writer), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    started.append(subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL))
    os.close(writer)
    with os.fdopen(reader) as told:
        return f":{told.readline().strip()}"
