"""pyproject.toml is the one list of what is needed; the requirements files are made from it."""

import re

import pytest

from script.lib import requirements
from script.lib.environment import ROOT


def names_in(file):
    """The packages a requirements file names, in small letters."""
    return set(re.findall(r"(?m)^[a-z0-9.-]+(?===)", (ROOT / file).read_text()))


def test_the_files_have_what_the_list_has():
    assert requirements.stale(requirements.FILES) == []


def test_a_file_that_lacks_a_version_is_named():
    assert requirements.stale({"requirements-production.txt": ["test"]}) == ["requirements-production.txt"]


@pytest.mark.parametrize("file", requirements.FILES)
def test_every_package_is_locked_with_hashes(file):
    packages = re.split(r"(?m)^(?=[a-z0-9])", (ROOT / file).read_text())[1:]
    assert len(packages) > 30
    assert [one.splitlines()[0] for one in packages if "==" not in one or "--hash=sha256:" not in one] == []


def test_production_installs_no_test_tools():
    assert not {name for name in names_in("requirements-production.txt") if "pytest" in name}
    for script in ("server", "manage"):
        assert "requirements=requirements-production.txt\n" in (ROOT / "script" / script).read_text()


def test_the_tests_that_open_no_browser_need_requirements_txt_alone():
    needed = {"django", "django-crispy-forms", "pillow", "psycopg2-binary", "pytest", "pytest-django"}
    assert needed <= names_in("requirements.txt")
    assert names_in("requirements-production.txt") <= names_in("requirements.txt")


def test_the_tests_that_the_security_table_names_are_there():
    named = set(re.findall(r"`(tests/[\w/.]+)`", (ROOT / "docs" / "security.md").read_text()))

    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
