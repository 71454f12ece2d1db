"""Print every row of a site as its version reads it, decrypted: {table: {primary key: {column: value}}}, as JSON.

Any version's Python is given this file on its standard input, in that version's folder.
"""

import json
import sys

import django
from django.apps import apps

from script.lib import setting

# What a version makes anew by itself, or what ends by itself.
LEFT_OUT = {"django_content_type", "auth_permission", "auth_group_permissions", "django_session"}


def rows(model):  # type: ignore[no-untyped-def]
    """Return the rows of a model by primary key."""
    columns = {field.attname: field.column for field in model._meta.concrete_fields}
    return {
        str(values.pop("pk")): {columns[name]: str(value) for name, value in values.items()}
        for values in model._base_manager.values("pk", *columns)
    }


setting.enter()
with setting.database():
    django.setup()
    models = [
        one
        for one in apps.get_models(include_auto_created=True)
        if one._meta.managed and not one._meta.proxy and one._meta.db_table not in LEFT_OUT
    ]
    json.dump({one._meta.db_table: rows(one) for one in models}, sys.stdout)
