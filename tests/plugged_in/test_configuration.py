"""Every variable that is promised is read, every one that is read is promised; every setting is somebody's."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from django.conf import global_settings, settings

from tests.plugged_in.exceptions import NOT_OURS, check
from tests.plugged_in.product import ROOT, definitions
from tests.plugged_in.reaching import reach
from tests.plugged_in.variables import in_table, read

LIBRARIES = ("django.core", "allauth", "anymail", "crispy_forms", "csp", "django_prose_editor", "whitenoise")
PREFIXES = ("ACCOUNT_", "MFA_", "ALLAUTH_")  # django-allauth's settings are read without theirs


def test_every_variable_of_the_readme_is_read():
    check({name: f"nothing reads {name}" for name in in_table() - read().keys()}, {})


def test_every_variable_that_is_read_is_in_the_readme():
    unnamed = {name: f"{name} ({place}) is not in the README's table" for name, place in read().items()}
    lost = {name: message for name, message in unnamed.items() if name not in in_table()}
    check(lost, NOT_OURS)


def test_every_setting_is_read():
    """By us, by Django, or by a library, which asks for it without its prefix."""
    found = {}
    for one in definitions().values():
        if one.module.name == "postpartum.settings" and one.short.isupper() and not _is_read(one):
            found[one.short] = f"{one.short} ({one.place}) is read by nobody"
    check(found, {})


def test_every_folder_of_the_settings_is_there():
    """But for those below the data's folder, which are made when they are needed."""
    found = {}
    for name in dir(settings):
        value = getattr(settings, name) if name.isupper() else None
        paths = [path for path in (value if isinstance(value, list) else [value]) if isinstance(path, Path)]
        if any(ROOT in path.parents and ".data" not in path.parts and not path.exists() for path in paths):
            found[name] = f"{name} names a folder that is not there"
    check(found, {})


def _is_read(one) -> bool:
    asked = reach().asked
    if one.short in asked or any(asked.get(one.name, ())) or hasattr(global_settings, one.short):
        return True
    prefix = next((prefix for prefix in PREFIXES if one.short.startswith(prefix)), "")
    return any(
        one.short in code or (prefix and f'"{one.short[len(prefix) :]}"' in code)
        for code in _code_of_libraries()
    )


@cache
def _code_of_libraries() -> list[str]:
    folders = [Path(find_spec(name).submodule_search_locations[0]) for name in LIBRARIES]
    return [
        path.read_text()
        for folder in folders
        for path in folder.rglob("*.py")
        if "socialaccount" not in path.parts
    ]
