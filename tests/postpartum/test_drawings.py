"""Drawings beside the words: safe under any policy, small, told in words, light and dark, moving and still."""

import re
import runpy
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.utils import timezone

from blog.services import publish_article
from postpartum.demo.articles import seed_articles
from postpartum.templatetags.drawings import DRAWINGS, OF_NO_TOPIC, OF_TOPIC

PAINT = Path(settings.BASE_DIR) / "styles/drawings/paint"
PAINTED = Path(settings.BASE_DIR) / "static/img/drawings"
LARGEST = 4_000  # bytes
MOVES = {"animate", "animateTransform"}


def parts(path):
    """The names of the elements and of the attributes of an SVG."""
    elements = list(ElementTree.parse(path).getroot().iter())
    return {one.tag.split("}")[1] for one in elements}, {name for one in elements for name in one.attrib}


def test_the_files_are_those_painted_now():
    """`styles/drawings/paint` brings them up to date."""
    painted = dict(runpy.run_path(str(PAINT))["paintings"]())

    assert {path.name: path.read_text() for path in PAINTED.iterdir()} == painted


@pytest.mark.parametrize("path", sorted(PAINTED.iterdir()), ids=lambda path: path.stem)
def test_each_is_small_and_carries_neither_style_nor_script(path):
    elements, attributes = parts(path)

    assert path.stat().st_size <= LARGEST
    assert not elements & {"style", "script", "foreignObject", "image", "a"}
    assert not {name for name in attributes if name == "style" or name.startswith("on")}
    assert "var(" not in path.read_text()
    assert not ("-still" in path.stem and elements & MOVES)


@pytest.mark.parametrize("name", DRAWINGS)
def test_each_has_words_its_size_and_a_dark_form(name):
    root = ElementTree.parse(PAINTED / f"{name}.svg").getroot()

    assert DRAWINGS[name].alt
    assert (root.get("width"), root.get("height")) == (str(DRAWINGS[name].width), str(DRAWINGS[name].height))
    assert (PAINTED / f"{name}-dark.svg").exists()
    assert DRAWINGS[name].moves == bool(parts(PAINTED / f"{name}.svg")[0] & MOVES)


def test_every_topic_has_one_that_is_there():
    assert {*OF_TOPIC.values(), OF_NO_TOPIC} <= set(DRAWINGS)


@pytest.mark.parametrize(
    ("topic", "name"),
    [("back-pain", "trunk"), ("core", "trunk"), ("mood", "night"), ("other", "path"), (None, "path")],
)
def test_an_article_shows_the_one_of_its_topic_when_it_comes_near(client, therapist, topic, name):
    article = publish_article(
        slug="one",
        title="One",
        summary="",
        body="<p>x</p>",
        topic=(topic, topic) if topic else None,
        author=therapist,
        now=timezone.now(),
    )

    page = client.get(article.get_absolute_url()).text

    shown = page.split('<figure class="drawing')[1].split("</figure>")[0]
    assert re.search(rf'srcset="[^"]*/{name}-dark\.[^"]*svg"', shown)
    assert 'loading="lazy"' in shown
    assert 'alt=""' not in shown


def test_the_trunk_on_the_home_page_stands_still_for_who_asks(client, program):
    page = client.get("/").text

    assert re.search(r'media="\(prefers-reduced-motion: reduce\)" srcset="[^"]*/trunk-still\.[^"]*svg"', page)
    assert "4 pelvic floor" in page


def test_the_trunk_in_the_first_article_moves_only_for_who_does_not_mind(client, therapist):
    seed_articles(therapist, timezone.now())

    page = client.get("/articles/back-pain-after-birth/").text

    shown = page.split('<figure class="drawing drawing-trunk">')[1].split("</figure>")[0]
    assert re.search(
        r'media="\(prefers-reduced-motion: reduce\)"\s+srcset="[^"]*/trunk-still\.[^"]*svg"', shown
    )
    assert re.search(r'<img src="[^"]*/trunk\.[^"]*svg"', shown)
    assert 'loading="lazy"' in shown


def test_nothing_comes_before_help_for_a_low_mood(client, therapist):
    seed_articles(therapist, timezone.now())

    page = client.get("/articles/low-mood/").text

    assert page.index("tel:988") < page.index('<figure class="drawing')


@pytest.mark.parametrize("topic", ["cesarean", "closeness"])
def test_a_topic_shows_its_own(client, therapist, topic):
    seed_articles(therapist, timezone.now())

    assert re.search(rf"/{OF_TOPIC[topic]}-dark\.", client.get(f"/articles/?topic={topic}").text)
