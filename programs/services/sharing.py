"""Export and import exercises and programs as one file of named parts, as plain data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from programs.authoring.drafts import parts_as_file
from programs.authoring.parts import KINDS, read_part
from programs.plan import Unreadable, Where

FORMAT = "postpartum-program/1"


class NotOurFile(ValueError):
    """The file cannot be read; the message says why in words."""


def as_file(parts: Mapping[Where, Any]) -> str:
    """Return the text of a file with these parts (by name)."""
    return json.dumps({"format": FORMAT, "parts": parts_as_file(parts)}, ensure_ascii=False, indent=1)


def from_file(text: str) -> dict[Where, Any]:
    """Return the parts (by name) of a file. Raise NotOurFile, naming every part that cannot be read."""
    try:
        data = json.loads(text)
    except ValueError:
        raise NotOurFile(_("This file was not made by this site.")) from None
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("parts"), list):
        raise NotOurFile(_("This file was not made by this site."))
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


def _where(one: object) -> Where:
    """Return the name of a part of a file. Raise NotOurFile."""
    where = one.get("where") if isinstance(one, dict) and "part" in one else None
    if not isinstance(where, list) or not where or not all(map(_is_plain, where)):
        raise NotOurFile(_("This file was not made by this site."))
    if where[0] not in KINDS or len(where) != (1 if where[0] == "about" else 2):
        raise NotOurFile(_("This file was not made by this site."))
    return tuple(where)


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)
