"""All exercises' figures, read once."""

from pathlib import Path

import pytest
import yaml

from programs.figures import read_scene
from programs.files import CONTENT
from programs.files.documents import LOADER
from programs.management.commands.figures import first_tempo


@pytest.fixture(scope="session")
def exercises():
    """What every exercise's file says, by slug."""
    folder = Path(CONTENT) / "exercises"
    return {
        path.stem: yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)
        for path in sorted(folder.glob("*.yaml"))
    }


@pytest.fixture(scope="session")
def scenes(exercises):
    """The scene of every exercise, by slug."""
    return {
        slug: read_scene(exercise["name"], exercise["figure"], first_tempo(exercise["doses"]))
        for slug, exercise in exercises.items()
    }


@pytest.fixture(scope="session")
def frames(scenes):
    """Every sampled body of every exercise, as (slug, time, pose, body)."""
    return [(slug, *frame) for slug, scene in scenes.items() for frame in scene.frames]
