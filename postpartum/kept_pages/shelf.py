"""Pages by key, within a number of bytes."""

import threading
from collections import OrderedDict

from postpartum.kept_pages.pages import Page
from postpartum.kept_pages.requests import Key


class Shelf:
    """Keeps the pages used last; the others give way once `max_bytes` are reached. Safe for threads."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> Page | None:
        """Return the page of a key, and count it as used."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: Key, page: Page) -> None:
        """Keep a page in place of a former one of this key."""
        with self._lock:
            former = self._pages.pop(key, None)
            self._bytes += page.size - (former.size if former else 0)
            self._pages[key] = page
            while self._bytes > self._max_bytes:
                _, dropped = self._pages.popitem(last=False)
                self._bytes -= dropped.size


class Shelves:
    """One shelf for plain addresses, and a smaller one for those with a query.

    There are endless queries of one page: whoever asks for many must not push out what others read.
    """

    def __init__(self, max_bytes: int) -> None:
        self._plain, self._queried = Shelf(max_bytes * 3 // 4), Shelf(max_bytes // 4)

    def of(self, key: Key) -> Shelf:
        """Return the shelf on which a page of this key stands."""
        return self._queried if key.query else self._plain
