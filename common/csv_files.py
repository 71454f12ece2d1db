"""Tables as CSV files that no spreadsheet program takes for formulas."""

import csv
import io

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value):
    """A cell as text; what would begin a formula is quoted with an apostrophe (ASVS 1.2.10)."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) or text.startswith(FORMULA) else text


def as_csv(head, rows):
    """The text of a CSV file, with the mark by which spreadsheet programs know UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([safe_cell(cell) for cell in head])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()
