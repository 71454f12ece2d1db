"""Long tasks of the player while figure, ring and breath move, in a Chromium slowed down to a cheap phone.

A long task is one that keeps the page from answering for 50 ms or more, as browsers count it.
"""

import argparse
import json
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.measure import fill, served
from bench.pages import SESSION
from tests.browser import PHONE
from tests.chromium import LAUNCH_ARGUMENTS, environment_for, find_chromium

OBSERVE = """() => {
  window.tasks = [];
  new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((task) => Math.round(task.duration))))
    .observe({ type: "longtask" });
  window.frames = 0;
  (function count() { window.frames += 1; requestAnimationFrame(count); })();
}"""


def main():
    """Serve, open a session, let it run, print a line for each of its first exercises."""
    options = parse_arguments()
    with tempfile.TemporaryDirectory(prefix="postpartum-bench-") as directory:
        Path(directory).chmod(0o711)  # root's database account must pass through
        with served(Path(directory) / "data") as (port, environment):
            cookies = fill(environment)["cookies"][0]
            with sync_playwright() as playwright:
                run(playwright, port, cookies, options)


def parse_arguments():
    """How long and how slow."""
    parser = argparse.ArgumentParser(prog="bench/smooth", description="Measure how smoothly a session moves.")
    parser.add_argument("--seconds", type=int, default=10, help="for each exercise")
    parser.add_argument("--exercises", type=int, default=4)
    parser.add_argument("--slower", type=float, default=4, help="times slower than this machine")
    return parser.parse_args()


def run(playwright, port, cookies, options):
    """Play the session's first exercises, and print what each took."""
    path = find_chromium()
    browser = playwright.chromium.launch(
        executable_path=path, args=LAUNCH_ARGUMENTS, env=environment_for(path)
    )
    context = browser.new_context(**PHONE, extra_http_headers={"Cookie": cookies})
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{port}/sessions/{SESSION}/")
    steps = json.loads(page.locator("#player-data").inner_text())["steps"][: 2 * options.exercises]
    again = page.locator("[data-player=again]")  # the filled database knows a sitting of hers already
    (again if again.is_visible() else page.locator("[data-player=begin]")).tap()
    page.wait_for_timeout(1000)  # it has opened; from here on it moves
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": options.slower})
    page.evaluate(OBSERVE)
    print(f"{'step':32}{'long tasks':>12}{'longest ms':>12}{'frames/s':>10}")
    for step in steps:
        page.evaluate("window.tasks.length = window.frames = 0")
        page.wait_for_timeout(1000 * options.seconds)
        tasks, frames = page.evaluate("[window.tasks, window.frames]")
        print(f"{step['id']:32}{len(tasks):>12}{max(tasks, default=0):>12}{frames / options.seconds:>10.1f}")
        page.keyboard.press(
            "ArrowRight"
        )  # a click of Playwright looks at the page first, which takes its time
    browser.close()


if __name__ == "__main__":
    main()
