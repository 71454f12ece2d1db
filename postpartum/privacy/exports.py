"""Export of everything about a member as one ZIP: JSON for programs, a page for people, and the uploads."""

import json
import logging
import tempfile
import zipfile
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import IO, Any
from zipfile import ZipFile

from django.core.files.base import File
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.db.models import ExpressionWrapper, F, Model, QuerySet, Value
from django.template.loader import render_to_string
from django.utils.timezone import override as in_zone
from django.utils.translation import gettext as _

from accounts.models import User
from common.data_categories import DataCategory
from common.practice import practice_details
from common.stored_files import save_whole
from postpartum.mail.writing import site_address, write
from postpartum.models import Export
from postpartum.models.privacy import export_storage
from postpartum.privacy.categories import data_categories_for

AGAIN_AFTER = timedelta(minutes=1)

log = logging.getLogger(__name__)


def ask_export(user: User, now: datetime) -> Export:
    """Request a copy. Return the pending request where there is one: idempotent."""
    try:
        with transaction.atomic():
            return Export.objects.create(user=user, asked_at=now)
    except IntegrityError:
        return Export.objects.get(user=user, ready_at=None)


def make_next_export(now: datetime) -> bool:
    """Make the copy that has waited longest and notify its owner. Return whether one was made."""
    with transaction.atomic():
        export = (
            _waiting(now).select_for_update(of=("self",), skip_locked=True).select_related("user").first()
        )
        if export is None:
            return False
        export.tries += 1
        export.save(update_fields=["tries"])
        try:
            with transaction.atomic():
                _make(export, now)
        except Exception:
            log.exception("export %s failed", export.pk)
            return False
    return True


def _waiting(now: datetime) -> QuerySet[Export]:
    """Select the requests to try now, the least tried first; the delay grows with each failure."""
    due_at = ExpressionWrapper(
        F("asked_at") + Value(AGAIN_AFTER) * F("tries") * F("tries"), output_field=models.DateTimeField()
    )
    waiting = Export.objects.filter(ready_at=None).alias(due_at=due_at).filter(due_at__lte=now)
    return waiting.order_by("tries", "asked_at")


def remove_old_exports(now: datetime) -> None:
    """Delete the copies that have expired, file first, and files that no row names."""
    for export in Export.objects.filter(ready_at__lt=now - Export.KEPT):
        delete_files(export)
        export.delete()
    _delete_strays()


def delete_files(export: Export) -> None:
    """Delete a copy, ready or half made."""
    for name in _file_names():
        if PurePath(name).stem == str(export.key):
            export_storage().delete(name)


def _delete_strays() -> None:
    """Delete what a killed worker left of a copy whose request is gone, be it erased or withdrawn."""
    names = _file_names()
    wanted = set(map(str, Export.objects.values_list("key", flat=True)))  # asked after the folder was read
    for name in names:
        if PurePath(name).stem not in wanted:
            export_storage().delete(name)


def _file_names() -> list[str]:
    try:
        return export_storage().listdir("")[1]
    except FileNotFoundError:  # nobody has asked for a copy yet
        return []


def _make(export: Export, now: datetime) -> None:
    name = f"{export.key}.zip"
    with tempfile.TemporaryFile() as draft:
        with in_zone(export.user.time_zone):
            write_copy(draft, export.user, now)
        export_storage().delete(name)  # what an interrupted try left
        save_whole(name, File(draft), export_storage())
    export.file.name, export.ready_at = name, now
    export.save(update_fields=["file", "ready_at"])
    context = {"address": site_address("export", export.key), "until": now + Export.KEPT}
    with in_zone(export.user.time_zone):
        write(export.user.email, _("Your copy is ready"), "copy_ready", context)


def write_copy(target: IO[bytes], user: User, now: datetime) -> None:
    """Write the ZIP of everything about `user` into `target`."""
    categories = data_categories_for(user)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        data = {
            category.key: [as_json(row, category) for row in category.rows.iterator()]
            for category in categories
        }
        copy.writestr("data.json", json.dumps(data, cls=DjangoJSONEncoder, indent=1, ensure_ascii=False))
        context = {
            "sections": [_section(category) for category in categories],
            "now": now,
            "practice": practice_details(),
        }
        copy.writestr("read-me.html", render_to_string("my_data/copy.html", context))
        for category in categories:
            _add_uploads(copy, category)


def as_json(row: Model, category: DataCategory) -> dict[str, Any]:
    """Return a row as {column: value} for JSON, without the columns left out."""
    return {
        field.attname: _value(row, field)
        for field in row._meta.concrete_fields
        if field.name not in category.left_out
    }


def as_words(row: Model, category: DataCategory) -> list[tuple[str, Any]]:
    """Return a row as (question, answer) texts to read."""
    hidden = {*category.left_out, *category.said_in_words, row._meta.pk.name}
    lines = [
        (str(field.verbose_name), _shown(row, field))
        for field in row._meta.concrete_fields
        if field.name not in hidden and not field.is_relation
    ]
    return [
        (what, words)
        for what, words in [*lines, *(category.in_words(row) if category.in_words else ())]
        if words
    ]


def _section(category: DataCategory) -> dict[str, Any]:
    return {
        "title": category.title,
        "why": category.why,
        "rows": [as_words(row, category) for row in category.rows.iterator()],
    }


def _value(row: Model, field: Any) -> Any:
    value = field.value_from_object(row)
    return value.name if isinstance(field, models.FileField) else value


def _shown(row: Model, field: Any) -> Any:
    """Return one column for reading: a choice's label, a local time, a list with commas."""
    value = getattr(row, field.attname)
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dict):
        return "; ".join(f"{key}: {one}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    return value if hasattr(value, "strftime") else ("" if value is None else str(value))


def _add_uploads(copy: ZipFile, category: DataCategory) -> None:
    names = [
        field.attname
        for field in category.model._meta.concrete_fields
        if isinstance(field, models.FileField) and field.name not in category.left_out
    ]
    for row in category.rows.iterator() if names else ():
        for name in names:
            if file := getattr(row, name):
                copy.writestr(f"files/{category.key}/{PurePath(file.name).name}", file.read())
