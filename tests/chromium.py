"""Where a Chromium is on this machine, and how the tests start it."""

import os
import shutil
from pathlib import Path

# The headless shell first: a page of its costs a third of one in a Chromium that also runs windows nobody sees.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
PLAYWRIGHT_HOMES = ("~/.cache/ms-playwright", "~/Library/Caches/ms-playwright")
PLAYWRIGHT_PATTERNS = (
    "chromium_headless_shell-*/*/*headless*shell",
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
)
UNPACKED = Path(__file__).parent.parent / ".venv" / "chromium" / "chromium"  # where script/test puts its own

# A page that asks to be alone with its like (COOP) is given a process of its own, although the tests start each page
# in an empty one, and a spare is started for the next: half of what opening a page costs. The last list wins, so those
# of Playwright's own that can touch a page here are named again.
NOT_NEEDED = (
    "CrossOriginOpenerPolicy",
    "SpareRendererForSitePerProcess",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "OptimizationHints",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
)

# Nothing but this machine can be reached, whatever a page or the browser itself would like to fetch.
LAUNCH_ARGUMENTS = [
    "--use-fake-device-for-media-stream",  # a microphone that hears a beep each second ...
    "--use-fake-ui-for-media-stream",  # ... and is allowed wherever the page itself may use it
    "--no-sandbox",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-domain-reliability",
    "--disable-features=" + ",".join(NOT_NEEDED),
    "--disable-sync",
    "--metrics-recording-only",
    "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def find_chromium(is_fit=bool):
    """The path of the first Chromium here that `is_fit`: the one CHROMIUM names, else the system's,
    else Playwright's, else the one script/test unpacked; None if there is none."""
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    return next(filter(is_fit, filter(None, _candidates())), None)


def environment_for(path):
    """The environment for the Chromium at `path`: the unpacked one brings its libraries and fonts along."""
    if Path(path) != UNPACKED:
        return dict(os.environ)
    home = UNPACKED.parent
    return os.environ | {"LD_LIBRARY_PATH": str(home / "lib"), "FONTCONFIG_PATH": str(home)}


def _candidates():
    yield from map(shutil.which, (*NAMES, *PLACES))
    for home in (os.environ.get("PLAYWRIGHT_BROWSERS_PATH"), *PLAYWRIGHT_HOMES):
        for pattern in PLAYWRIGHT_PATTERNS if home else ():
            yield from sorted(map(str, Path(home).expanduser().glob(pattern)), reverse=True)
    yield shutil.which(UNPACKED)
