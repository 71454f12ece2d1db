"""Exercises and programs as one file, out and in. The file holds parts by name, as plain data."""

import json

from django.utils.translation import gettext as _

from programs.authoring.drafts import parts_as_file
from programs.authoring.parts import KINDS, read_part
from programs.plan import Unreadable

FORMAT = "postpartum-program/1"


class NotOurFile(ValueError):
    """The file cannot be read; the message says why in words."""


def as_file(parts):
    """The text of a file that holds these parts (by name)."""
    return json.dumps({"format": FORMAT, "parts": parts_as_file(parts)}, ensure_ascii=False, indent=1)


def from_file(text):
    """The parts (by name) that a file holds. Raises NotOurFile, naming every part that cannot be read."""
    try:
        data = json.loads(text)
    except ValueError:
        raise NotOurFile(_("This is not a file that was taken out here.")) from None
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("parts"), list):
        raise NotOurFile(_("This is not a file that was taken out here."))
    parts, problems = {}, []
    for one in data["parts"]:
        where = _where(one)
        try:
            parts[where] = read_part(where, one["part"])
        except Unreadable as problem:
            problems.append(f"{'/'.join(map(str, where))}: {problem}")
    if problems:
        raise NotOurFile(" ".join(problems))
    return parts


def _where(one):
    """The name of a part, as it stands in the file."""
    where = one.get("where") if isinstance(one, dict) else None
    known = isinstance(where, list) and where and where[0] in KINDS and "part" in one
    if not known or len(where) != (1 if where[0] == "about" else 2) or not all(map(_is_plain, where)):
        raise NotOurFile(_("This is not a file that was taken out here."))
    return tuple(where)


def _is_plain(value):
    return isinstance(value, str | int) and not isinstance(value, bool)
