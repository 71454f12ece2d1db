"""The drawn files: up to date, small, safe under the strictest policy, told to who cannot see them."""

import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.core.management import CommandError, call_command

from programs.figures import WOMEN, draw
from programs.figures.files import Drawing, drawings, has_baby, name_of
from programs.figures.picture import palette
from programs.figures.picture.palette import GROUNDS, contrast
from programs.figures.women import Cloth
from programs.files import CONTENT
from programs.management.commands.figures import contact_sheet, draw_all, files_of, first_tempo, out_of_date
from programs.pages.figures import FOLDER

LARGEST = 12_000  # bytes
SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {"svg", "title", "g", "path", "circle", "ellipse", "rect", "text", "use", "clipPath"} | {
    "radialGradient",
    "stop",
}
MOVES = {"animate", "animateTransform"}


@pytest.fixture(scope="module")
def drawn():
    """Name and pictures of every exercise, drawn anew."""
    return draw_all(Path(CONTENT) / "exercises")


@pytest.fixture
def two_exercises(tmp_path):
    """A folder with only two of the exercises."""
    folder = tmp_path / "exercises"
    folder.mkdir()
    for slug in ("bridge", "pf-knack"):
        shutil.copy(Path(CONTENT) / "exercises" / f"{slug}.yaml", folder)
    return folder


@pytest.fixture(scope="module")
def trees():
    """Every file in static/figures, by its name such as ines/bridge-still, without .svg."""
    return {
        path.relative_to(FOLDER).as_posix().removesuffix(".svg"): ElementTree.parse(path).getroot()
        for path in sorted(FOLDER.rglob("*.svg"))
    }


def slug_of(name):
    """The exercise a file shows."""
    return name.split("/")[1].removesuffix("-still")


def test_the_files_are_those_the_exercises_say_now(drawn):
    """`manage.py figures` brings them up to date."""
    assert out_of_date(files_of(drawn), FOLDER) == []


def test_drawing_again_draws_the_same(exercises, drawn):
    for slug in ("bird-dog", "pf-knack", "log-roll"):
        said = exercises[slug]
        assert (
            draw(said["name"], said["figure"], first_tempo(said["doses"])) == drawn[slug][1][Drawing("ines")]
        )


def test_every_exercise_has_its_two_pictures_of_each_woman(exercises, trees):
    assert len(exercises) == 66
    assert {f"{name}.svg" for name in trees} == {
        name_of(slug, drawing, kind)
        for slug, said in exercises.items()
        for drawing in drawings(said["figure"])
        for kind in ("moving", "still")
    }


def test_every_file_is_small(trees):
    sizes = {name: (FOLDER / f"{name}.svg").stat().st_size for name in trees}
    assert {name: size for name, size in sizes.items() if size >= LARGEST} == {}


def test_the_line_around_all_is_seen_on_both_grounds(trees):
    """3:1 at least (WCAG 2.2, 1.4.11), for skin, hair, clothes and things alike, on paper and in the dark."""
    lines = {
        cloth.line for woman in WOMEN.values() for cloth in (woman.skin, woman.hairs, woman.top, woman.legs)
    }
    lines |= {value.line for value in vars(palette).values() if isinstance(value, Cloth)}
    lines |= {palette.FLOOR, palette.ARROW, palette.AIR}
    assert {(line, ground) for line in lines for ground in GROUNDS if contrast(line, ground) < 3} == set()
    for name, tree in trees.items():
        strokes = {element.get("stroke") for element in tree.iter() if element.get("stroke")}
        plain = strokes - lines - {"none"}
        assert all(_is_within(colour) for colour in plain), name


def _is_within(colour):
    """Whether a line's colour is one of what lies within a line that is seen: a face's, a fill's, the section's."""
    cloths = [value for value in vars(palette).values() if isinstance(value, Cloth)]
    women = [cloth for woman in WOMEN.values() for cloth in (woman.skin, woman.hairs, woman.top, woman.legs)]
    known = {part for cloth in [*cloths, *women] for part in cloth}
    known |= {part for woman in WOMEN.values() for part in (woman.ink, woman.lips)}
    return colour in known | {value for value in vars(palette).values() if isinstance(value, str)}


def test_the_grounds_are_those_of_the_site():
    tokens = Path("static/css/tokens.css").read_text()
    assert tuple(re.findall(r"--figure-ground: (#\w{6})", tokens)[:2]) == GROUNDS


def test_a_baby_is_only_where_it_may_be_shown(exercises, trees):
    """The file that shows one is in a folder of its own; every other is free of it, whatever the figure says."""
    assert {slug_of(name) for name in trees if "-with-baby/" in name} == {
        slug for slug, said in exercises.items() if has_baby(said["figure"])
    }
    for name, tree in trees.items():
        fills = {element.get("fill") for element in tree.iter()}
        assert bool(fills & {palette.ONESIE.near, palette.SEAT.near}) == ("-with-baby/" in name), name


def test_nothing_in_them_needs_leave(trees):
    """No script, no style, no handler, nothing loaded: only shapes and, in the moving ones, SMIL."""
    for name, tree in trees.items():
        allowed = ELEMENTS | (set() if name.endswith("-still") else MOVES)
        for element in tree.iter():
            assert element.tag.removeprefix(SVG) in allowed, name
            for attribute, value in element.attrib.items():
                assert attribute != "style", name
                assert not attribute.startswith("on"), name
                assert not re.search(r"https?:|data:|javascript:", value), name
                assert attribute != "href" or value.startswith("#"), name


def test_ids_are_their_own_and_what_is_pointed_at_is_there(trees):
    for name, tree in trees.items():
        ids = [element.get("id") for element in tree.iter() if element.get("id")]
        text = ElementTree.tostring(tree, encoding="unicode")
        assert len(ids) == len(set(ids)), name
        assert set(re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', text)) <= {
            pair for one in ids for pair in ((one, ""), ("", one))
        }, name


def test_each_is_an_image_named_after_the_exercise(exercises, trees):
    for name, tree in trees.items():
        assert tree.get("role") == "img"
        assert tree.find(f"{SVG}title").text == exercises[slug_of(name)]["name"]


def test_every_exercise_moves_and_its_still_does_not(trees):
    moving = {
        name for name, tree in trees.items() if any(e.tag.removeprefix(SVG) in MOVES for e in tree.iter())
    }
    assert moving == {name for name in trees if not name.endswith("-still")}


def test_every_move_goes_on_for_the_whole_loop(trees, scenes):
    for slug, scene in scenes.items():
        for move in trees[f"ines/{slug}"].iter():
            if move.tag.removeprefix(SVG) in MOVES:
                times = [float(time) for time in move.get("keyTimes").split(";")]
                assert float(move.get("dur").removesuffix("s")) == pytest.approx(scene.seconds, abs=0.01), (
                    slug
                )
                assert (times[0], times[-1]) == (0, 1), slug
                assert times == sorted(times), slug
                assert len(move.get("values").split(";")) == len(times), slug
                splines = move.get("keySplines", "").split(";")
                assert move.get("calcMode") != "spline" or len(splines) == len(times) - 1, slug
                assert move.get("values").split(";")[0] == move.get("values").split(";")[-1], slug


def test_a_shape_that_changes_keeps_its_commands(trees):
    """Browsers ease between outlines only where these are of one pattern."""
    for name, tree in trees.items():
        for move in tree.iter(f"{SVG}animate"):
            if move.get("attributeName") == "d":
                patterns = {re.sub(r"[-\d. ]+", " ", value) for value in move.get("values").split(";")}
                assert len(patterns) == 1, name


def test_the_root_tells_the_tempo_as_prescribed(exercises, trees):
    for slug, said in exercises.items():
        tempo = first_tempo(said["doses"])
        if tempo and "tempo" not in said["figure"]:
            assert [float(one) for one in trees[f"ines/{slug}"].get("data-tempo").split()] == list(tempo), (
                slug
            )
        assert trees[f"noor/{slug}"].get("data-rounds") == (
            "2" if said["figure"].get("alternate") else "1"
        ), slug


def test_alternating_exercises_show_both_sides(exercises):
    for slug, said in exercises.items():
        if "alternate sides" in said.get("tags", ()):
            assert said["figure"].get("alternate") is True, slug


def test_breathing_and_pelvic_floor_are_also_seen_from_inside(exercises):
    inside = {slug for slug, said in exercises.items() if said["focus"] in ("breathing", "pelvic_floor")}
    assert inside <= {slug for slug, said in exercises.items() if said["figure"].get("section")}


def test_the_sheet_shows_all_of_them(drawn):
    page = contact_sheet(drawn, "noor")
    count = sum(drawing.woman == "noor" for _, ways in drawn.values() for drawing in ways)
    assert page.count("<section>") == count >= 66
    assert page.count("<img ") == count * 6
    assert "Squeeze Before You Sneeze" in page


def test_the_command_writes_a_sheet(two_exercises, tmp_path, capsys):
    sheet = tmp_path / "sheet.html"
    call_command("figures", folder=two_exercises, sheet=sheet)
    assert sheet.read_text(encoding="utf-8").count("<section>") == 2 * 3
    assert "2 figures" in capsys.readouterr().out


def test_the_command_writes_what_changed_and_removes_what_is_gone(two_exercises, tmp_path, capsys):
    into = tmp_path / "figures"
    into.mkdir()
    (into / "cartwheel.svg").write_text("old")
    with pytest.raises(
        CommandError, match=r"Not up to date: amara/bridge-still.svg, amara/bridge.svg, .* cartwheel.svg"
    ):
        call_command("figures", folder=two_exercises, into=into, check=True)
    call_command("figures", folder=two_exercises, into=into)
    call_command("figures", folder=two_exercises, into=into, check=True)
    for woman in WOMEN:
        names = sorted(path.name for path in (into / woman).iterdir())
        assert names == ["bridge-still.svg", "bridge.svg", "pf-knack-still.svg", "pf-knack.svg"]
    assert [path.name for path in into.glob("*.svg")] == []


def test_the_command_says_what_is_wrong_with_a_figure(two_exercises, tmp_path):
    path = two_exercises / "bridge.yaml"
    path.write_text(path.read_text().replace("from: crook_lying", "from: flying"))
    with pytest.raises(CommandError, match="Bridge: pose 1: from: no “flying”"):
        call_command("figures", folder=two_exercises, into=tmp_path)
    path.write_text(path.read_text().split("figure:")[0])
    with pytest.raises(CommandError, match=r"bridge\.yaml has no figure"):
        call_command("figures", folder=two_exercises, into=tmp_path)
