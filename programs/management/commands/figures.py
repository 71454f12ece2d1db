"""manage.py figures [--check] [--sheet FILE.html [--woman ines]]"""

import base64
from argparse import ArgumentParser
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from programs.figures import WOMEN, Drawn, FigureError, Tempo, draw
from programs.figures.files import Drawing, drawings, name_of
from programs.files import CONTENT
from programs.pages.figures import FOLDER

EXERCISES = Path(CONTENT) / "exercises"
All = dict[str, tuple[str, dict[Drawing, Drawn]]]


class Command(BaseCommand):
    """Draw the figure of every exercise; needs the content files only, no database."""

    help = "Draws the exercises' figures into static/figures, or shows all of them on one sheet."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --check, which writes nothing, --sheet, which writes a page for a reviewer instead, and the folders."""
        parser.add_argument("--check", action="store_true", help="only say which figures are not up to date")
        parser.add_argument("--folder", type=Path, default=EXERCISES, help="where the exercises' files are")
        parser.add_argument("--into", type=Path, default=FOLDER, help="where the figures go")
        parser.add_argument(
            "--sheet", metavar="FILE.html", type=Path, help="write one page that shows them all"
        )
        parser.add_argument("--woman", choices=WOMEN, help="only one woman, on the sheet")

    def handle(
        self,
        *,
        check: bool,
        sheet: Path | None,
        woman: str | None,
        folder: Path,
        into: Path,
        **options: Any,
    ) -> None:
        """Draw the figures. Raise CommandError if one cannot be drawn or, with --check, is out of date."""
        try:
            drawn = draw_all(folder)
        except FigureError as error:
            raise CommandError(str(error)) from error
        if sheet:
            sheet.write_text(contact_sheet(drawn, woman), encoding="utf-8")
            self.stdout.write(_("%(count)d figures on %(file)s.") % {"count": len(drawn), "file": sheet})
            return
        wanted = files_of(drawn)
        stale = out_of_date(wanted, into)
        if check and stale:
            raise CommandError(_("Not up to date: %(names)s") % {"names": ", ".join(stale)})
        for name in stale:
            write(into / name, wanted.get(name))
        self.stdout.write(
            _("%(count)d figures, %(changed)d files changed.") % {"count": len(drawn), "changed": len(stale)}
        )


def draw_all(folder: Path) -> All:
    """Return name and pictures of every exercise in the folder, by slug. Raise FigureError if one has no figure."""
    drawn: All = {}
    for path in sorted(folder.glob("*.yaml")):
        exercise = yaml.safe_load(path.read_text(encoding="utf-8"))
        if "figure" not in exercise:
            raise FigureError(_("%(file)s has no figure") % {"file": path.name})
        drawn[path.stem] = (exercise["name"], draw_each(exercise))
    return drawn


def draw_each(exercise: Mapping[str, Any]) -> dict[Drawing, Drawn]:
    """Return every drawing of an exercise, given the content of its file. Raise FigureError if one cannot be drawn."""
    name, figure, tempo = exercise["name"], exercise["figure"], first_tempo(exercise["doses"])
    return {
        drawing: draw(name, figure, tempo, WOMEN[drawing.woman], drawing.with_baby)
        for drawing in drawings(figure)
    }


def first_tempo(doses: Mapping[str, Mapping[str, Any]]) -> Tempo | None:
    """Return the tempo of the lowest phase that has the exercise; None if it is timed."""
    lowest = min(doses, key=lambda phase: int(phase.removeprefix("phase ")))
    written = doses[lowest].get("tempo")
    return Tempo(*map(float, written.split("-"))) if written else None


def files_of(drawn: All) -> dict[str, str]:
    """Return the text of every file in static/figures, by file name."""
    return {
        name_of(slug, drawing, kind): text
        for slug, (_name, ways) in drawn.items()
        for drawing, pictures in ways.items()
        for kind, text in pictures._asdict().items()
    }


def out_of_date(wanted: dict[str, str], folder: Path) -> list[str]:
    """Return the names of files that are missing in the folder, differ, or no longer belong to an exercise."""
    there = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*.svg")
    }
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def write(path: Path, text: str | None) -> None:
    """Write a figure's file, or remove it if `text` is None."""
    if text is None:
        path.unlink()
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def contact_sheet(drawn: All, woman: str | None = None) -> str:
    """Return one self-contained HTML page with all figures: moving and still, small and large, light and dark."""
    rows = "".join(
        _row(slug, name, drawing, pictures)
        for slug, (name, ways) in drawn.items()
        for drawing, pictures in ways.items()
        if woman in (None, drawing.woman)
    )
    return SHEET % {"title": _("The figures of all exercises"), "count": len(drawn), "rows": rows}


def _row(slug: str, name: str, drawing: Drawing, pictures: Drawn) -> str:
    moving, still = (
        f'<img alt="" src="data:image/svg+xml;base64,{base64.b64encode(text.encode()).decode()}">'
        for text in pictures
    )
    sizes = " + ".join(f"{len(text.encode()) / 1000:.1f} kB" for text in pictures)
    small = moving.replace("<img", '<img class="small"')
    return (
        f"<section><h2>{escape(name)}</h2><p>{name_of(slug, drawing, 'moving')} · {sizes}</p>"
        f'<div>{moving}{still}{small}</div><div class="dark">{moving}{still}{small}</div></section>'
    )


SHEET = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>%(title)s</title>
<style>
body { margin: 2rem; font: 16px/1.4 system-ui, sans-serif; background: #f8f4ec; color: #2a2723; }
main { display: grid; gap: 2rem; grid-template-columns: repeat(auto-fill, minmax(min(100%%, 56rem), 1fr)); }
h2 { margin: 0; font-size: 1.1rem; } p { margin: 0 0 .5rem; color: #5d554b; font-size: .85rem; }
div { display: flex; align-items: end; gap: .5rem; padding: .5rem; border-radius: .75rem; background: #f3ecdf; }
div.dark { background: #1a1715; margin-top: .5rem; }
img { width: 360px; aspect-ratio: 4 / 3; object-fit: contain; } img.small { width: 120px; }
</style>
<h1>%(title)s: %(count)d</h1><main>%(rows)s</main></html>
"""
