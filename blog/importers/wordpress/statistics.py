"""What PostgreSQL's planner must know about tables that have just been filled."""

from django.db import connection
from django.db.models import Model


def analyze_tables(*models: type[Model]) -> None:
    """Let the planner see how much is in the tables of these models now; a moment's work, whatever their size.

    Its own background count comes too late: a plan made for empty tables takes minutes on full ones.
    """
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
