"""Pictures of pages to look through, on a phone and on a desk, by day and by night, and a page of all of them for each look.

`script/pictures sheets FOLDER` sets SHEETS to the folder. Without it a single page is taken, so that taking them goes
on working.
"""

import os
from html import escape
from pathlib import Path

import pytest

FOLDER = os.environ.get("SHEETS")
LOOKS = ("light", "dark")
HIGHEST = 3000  # pixels of a page; what is below looks like what is above
SECONDS = 3600  # for several hundred pages, on a busy machine

takes_all = pytest.mark.timeout(SECONDS if FOLDER else 300)


def take_sheets(page, folder, pages, sizes):
    """Take every page, {name: address}, in each of `sizes`, {name: viewport}, by day and by night; return the names taken."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = [name for name, address in pages.items() if _take(page, address, folder, name, sizes)]
    for size, viewport in sizes.items():
        for scheme in LOOKS:
            look = f"{size}-{scheme}"
            (folder / f"{look}.html").write_text(_sheet(look, viewport["width"], taken))
    return taken


def picture_of(folder, name, size, scheme):
    """Return where the picture of a page is."""
    return Path(folder) / f"{name}-{size}-{scheme}.png"


def _take(page, address, folder, name, sizes):
    """Take the pictures of one page, loaded anew for each size; return whether it is one."""
    for size, viewport in sizes.items():
        page.set_viewport_size(viewport)
        answer = page.goto(address)
        if answer.status != 200 or "html" not in answer.headers["content-type"] or answer.url != address:
            return False  # no page, or the way to another one
        _bring_in_what_is_lazy(page)
        for scheme in LOOKS:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            _shoot(page, picture_of(folder, name, size, scheme))
    return True


def _bring_in_what_is_lazy(page):
    """Have pictures come that are loaded only when they are scrolled to."""
    page.evaluate("for (const one of document.images) one.loading = 'eager'")
    page.wait_for_load_state("networkidle")


def _shoot(page, path):
    width, height = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    clip = {"x": 0, "y": 0, "width": width, "height": min(height, HIGHEST)}
    page.screenshot(path=path, clip=clip, full_page=True)


def _sheet(look, width, names):
    """A page with all pictures of one look."""
    shown = "".join(
        f'<figure><img src="{escape(name)}-{look}.png" width="{width // 2}" loading="lazy" alt="">'
        f"<figcaption>{escape(name)}</figcaption></figure>"
        for name in names
    )
    return f'<!doctype html><title>{look}</title><body style="display: flex; flex-wrap: wrap">{shown}</body>'
