"""pyproject.toml is the one list of what is needed; the requirements files are made from it."""

import re

from script.lib import requirements
from script.lib.environment import ROOT


def names_in(file):
    """The packages a requirements file names, in small letters."""
    lines = (ROOT / file).read_text().splitlines()
    return {re.split(r"[\[=]", line)[0].lower() for line in lines if line[:1] not in ("#", "-")}


def test_the_files_are_as_the_list_has_it():
    assert {name: (ROOT / name).read_text() for name in requirements.files()} == requirements.files()


def test_production_installs_no_test_tools():
    assert not {name for name in names_in("requirements-production.txt") if "pytest" in name}
    for script in ("server", "manage"):
        assert "requirements=requirements-production.txt\n" in (ROOT / "script" / script).read_text()


def test_the_tests_that_open_no_browser_need_requirements_txt_alone():
    needed = {"django", "django-crispy-forms", "pillow", "psycopg2-binary", "pytest", "pytest-django"}
    assert needed <= names_in("requirements.txt")
    assert names_in("requirements-production.txt") <= names_in("requirements.txt")
