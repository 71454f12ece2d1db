"""Firefox as the machine has it, such as Debian's firefox-esr, driven without a screen and without a driver."""

import shutil
import subprocess
from contextlib import suppress

import pytest

from tests.servers import a_free_port, wait_for_port
from tests.webdriver import MarionetteProtocol, WebDriver

NAMES = ("firefox-esr", "firefox")
MISSING = "needs Firefox, such as Debian's firefox-esr, which script/test installs where it may"


def find_firefox():
    """The path of Firefox; None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture
def firefox(live_server, tmp_path):
    """A Firefox of this test's own, without any history, at the site's first page."""
    path = find_firefox()
    if not path:
        pytest.skip(MISSING)
    port = a_free_port()
    (tmp_path / "user.js").write_text(f'user_pref("marionette.port", {port});\n')
    command = [path, "--headless", "--marionette", "--no-remote", "--profile", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for_port(port)
        browser = WebDriver(MarionetteProtocol(port))
        browser.open(f"{live_server.url}/safety/")
        yield browser
        with suppress(OSError, AssertionError, ValueError):
            browser.quit()
    finally:
        process.terminate()
        process.wait()
