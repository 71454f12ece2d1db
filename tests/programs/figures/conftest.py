"""All exercises' figures, read once for each woman."""

from pathlib import Path

import pytest
import yaml

from programs.figures import WOMEN, read_scene
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
def all_scenes(exercises):
    """The scene of every exercise for each woman, by slug and woman."""
    return {
        (slug, code): read_scene(exercise["name"], exercise["figure"], first_tempo(exercise["doses"]), woman)
        for slug, exercise in exercises.items()
        for code, woman in WOMEN.items()
    }


@pytest.fixture(scope="session")
def scenes(all_scenes):
    """The scene of every exercise as Ines shows it, by slug."""
    return {slug: scene for (slug, code), scene in all_scenes.items() if code == "ines"}


@pytest.fixture(scope="session")
def frames(all_scenes):
    """Every sampled body of every exercise, slender and fuller, as (slug, time, pose, body)."""
    return [
        (slug, *frame)
        for (slug, code), scene in all_scenes.items()
        if code in ("ines", "amara")
        for frame in scene.frames
    ]
