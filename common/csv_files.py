"""CSV files whose cells no spreadsheet program runs as formulas."""

import csv
import io
from collections.abc import Iterable

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: object) -> int | float | str:
    """Return a cell as text or number; quote what would begin a formula with an apostrophe (ASVS 1.2.10)."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) or text.startswith(FORMULA) else text


def as_csv(head: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    """Return the text of a CSV file, with the byte order mark by which spreadsheet programs know UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([safe_cell(cell) for cell in head])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()
