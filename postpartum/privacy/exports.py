"""A copy of all that is hers as one file: JSON for programs, a page for people, and what she uploaded."""

import json
import logging
import zipfile
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.db.models import ExpressionWrapper, F, Value
from django.template.loader import render_to_string
from django.utils.timezone import override as in_zone
from django.utils.translation import gettext as _

from postpartum.mail.writing import site_address, write
from postpartum.models import Export
from postpartum.privacy.categories import data_categories_for

AGAIN_AFTER = timedelta(minutes=1)

log = logging.getLogger(__name__)


def ask_export(user, now):
    """Have a copy made; asked twice while it is being made, it is one."""
    try:
        with transaction.atomic():
            return Export.objects.create(user=user, asked_at=now)
    except IntegrityError:
        return Export.objects.get(user=user, ready_at=None)


def make_next_export(now):
    """Make the copy that has waited longest and tell her. Whether there was one that could be made."""
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


def _waiting(now):
    """Those to make now, the least tried first; one that failed waits longer each time."""
    due_at = ExpressionWrapper(
        F("asked_at") + Value(AGAIN_AFTER) * F("tries") * F("tries"), output_field=models.DateTimeField()
    )
    waiting = Export.objects.filter(ready_at=None).alias(due_at=due_at).filter(due_at__lte=now)
    return waiting.order_by("tries", "asked_at")


def remove_old_exports(now):
    """Delete the copies whose week is over, file first."""
    for export in Export.objects.filter(ready_at__lt=now - Export.KEPT):
        export.file.delete(save=False)
        export.delete()


def _make(export, now):
    path = Path(settings.EXPORT_ROOT) / f"{export.key}.zip"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    with in_zone(export.user.time_zone):
        write_copy(draft, export.user, now)
    draft.replace(path)
    export.file.name, export.ready_at = path.name, now
    export.save(update_fields=["file", "ready_at"])
    context = {"address": site_address("export", export.key), "until": now + Export.KEPT}
    with in_zone(export.user.time_zone):
        write(export.user.email, _("Your copy is ready"), "copy_ready", context)


def write_copy(path, user, now):
    """Write the ZIP of everything about `user` to `path`."""
    holdings = data_categories_for(user)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as copy:
        data = {held.key: [as_json(row, held) for row in held.rows.iterator()] for held in holdings}
        copy.writestr("data.json", json.dumps(data, cls=DjangoJSONEncoder, indent=1, ensure_ascii=False))
        context = {
            "sections": [_section(held) for held in holdings],
            "now": now,
            "practice": settings.PRACTICE,
        }
        copy.writestr("read-me.html", render_to_string("my_data/copy.html", context))
        for held in holdings:
            _add_uploads(copy, held)


def as_json(row, held):
    """A row as JSON can hold it, every column but those left out."""
    return {
        field.attname: _value(row, field)
        for field in row._meta.concrete_fields
        if field.name not in held.left_out
    }


def as_words(row, held):
    """A row as (what, words) to read."""
    hidden = {*held.left_out, *held.said_in_words, row._meta.pk.name}
    lines = [
        (str(field.verbose_name), _shown(row, field))
        for field in row._meta.concrete_fields
        if field.name not in hidden and not field.is_relation
    ]
    return [
        (what, words) for what, words in [*lines, *(held.in_words(row) if held.in_words else ())] if words
    ]


def _section(held):
    return {
        "title": held.title,
        "why": held.why,
        "rows": [as_words(row, held) for row in held.rows.iterator()],
    }


def _value(row, field):
    value = field.value_from_object(row)
    return value.name if isinstance(field, models.FileField) else value


def _shown(row, field):
    """One column in words: a choice's label, a time in her zone, a list with commas."""
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


def _add_uploads(copy, held):
    names = [
        field.attname
        for field in held.model._meta.concrete_fields
        if isinstance(field, models.FileField) and field.name not in held.left_out
    ]
    for row in held.rows.iterator() if names else ():
        for name in names:
            if file := getattr(row, name):
                copy.writestr(f"files/{held.key}/{Path(file.name).name}", file.read())
