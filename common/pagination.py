"""Paginators that never count a whole table."""

from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property

COUNTED = 1000


class BoundedPaginator(Paginator):
    """Counts no further than COUNTED rows: to find something older, search or filter."""

    @cached_property
    def count(self) -> int:
        """Return how many rows there are, COUNTED at most."""
        rows: Any = self.object_list
        if not hasattr(rows, "query"):
            return len(rows)
        return rows.order_by()[:COUNTED].count()
