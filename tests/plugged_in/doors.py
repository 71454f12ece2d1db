"""Where the product is entered from outside: what starts without our own code calling it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from gunicorn.config import KNOWN_SETTINGS

from tests.plugged_in.names import by_dotted
from tests.plugged_in.product import ROOT, Definition, modules
from tests.plugged_in.syntax import decorators_of, name_of, texts_in

SCRIPTS = [
    path
    for room in ("script", "deploy")
    for path in (ROOT / room).iterdir()
    if path.is_file() and not path.suffix
]
SHELL = [
    *SCRIPTS,
    *(path for room in ("script", "deploy") for path in (ROOT / room / "lib").glob("*.sh")),
]
# What frameworks ask a class of ours for by its name, without a class of theirs having it.
HOOKS = re.compile(
    r"__\w+__|Meta|Media|clean_\w+|save_m2m|from_db_value|create_superuser"  # Django's models and forms
    r"|process_view|item_\w+|feed_url|lastmod"  # its middleware, feeds and sitemaps
    r"|execute_sql|results_iter"  # its compilers of SQL
    r"|db_for_read|db_for_write|allow_relation|allow_migrate"  # its database routers
    r"|signup"  # django-allauth's sign-up form
)
OF_A_MODULE = re.compile(
    r"urlpatterns|handler\d+|SessionStore|__main__"
)  # what a text that names a module asks for


def is_hook(short: str) -> bool:
    """Whether a framework asks for members of this name."""
    return bool(HOOKS.fullmatch(short))


def open_doors() -> Iterator[str]:
    """The names of everything that is entered from outside."""
    settings = modules()["postpartum.settings"].definitions
    yield from settings
    yield from modules()["manage"].definitions
    for app in texts_in(settings["postpartum.settings:INSTALLED_APPS"].statements):
        if app in modules():
            yield from _app(app)
    for script in SHELL:
        for name in re.findall(r"-m ((?:script|deploy)\.[\w.]+)|script/(lib/[\w/]+)\.py", script.read_text()):
            yield from named_by(name[0] or "script." + name[1].replace("/", "."))
    # Django loads this module of a database's ENGINE.
    for engine in ("common.postgresql", "postpartum.postgresql"):
        yield from modules()[f"{engine}.base"].definitions
    formats = texts_in(settings["postpartum.settings:FORMAT_MODULE_PATH"].statements)[0]
    yield from modules()[f"{formats}.en.formats"].definitions
    yield from (f"deploy.gunicorn.conf:{setting.name}" for setting in KNOWN_SETTINGS)


def _app(app: str) -> Iterator[str]:
    """What Django finds in an app by itself; template tags count only where a template uses them."""
    yield f"{app}:"
    for name, module in modules().items():
        if name == f"{app}.apps" or name.startswith(f"{app}.management.commands."):
            yield from module.definitions
        elif name.startswith(f"{app}.templatetags."):
            yield from (f"{name}:", f"{name}:register")
        elif name in (f"{app}.admin", f"{app}.models"):
            yield f"{name}:"


@cache
def named_by(text: str) -> tuple[str, ...]:
    """What a text such as "blog.urls" or "postpartum.logs.LineFormatter" names."""
    if not re.fullmatch(r"[a-z_]+(\.\w+)+", text):
        return ()
    found = by_dotted(text)
    if not found:
        return ()
    inside = modules()[found[:-1]].definitions.values() if found.endswith(":") else ()
    asked = [one.name for one in inside if one.owner is None and OF_A_MODULE.fullmatch(one.short)]
    return (found, *asked)


def registers_itself(one: Definition) -> bool:
    """Whether the decorators of a definition plug it in when its module is imported."""
    return any(name_of(decorator) in ("register", "receiver") for decorator in decorators_of(one.first))
