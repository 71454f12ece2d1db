"""Downloads of the import pages."""

import csv
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse

from blog.importers.wordpress.reporting.messages import reasons_in_words
from blog.models import ImportRun

FORMULA = ("=", "+", "-", "@", "\t")  # prefixes that a spreadsheet would run as a formula


class _Echo:
    """A file object whose `write` returns its argument."""

    def write(self, text: str) -> str:
        return text


def lines_as_csv(run: ImportRun) -> Iterator[str]:
    """Yield the lines of a run as CSV rows."""
    writer = csv.writer(_Echo())
    yield writer.writerow(
        ["number", "kind", "wordpress id", "title", "outcome", "reasons", "detail", "address"]
    )
    for line in run.lines.select_related("article").order_by("number", "pk").iterator(chunk_size=2_000):
        address = line.article.get_absolute_url() if line.article else ""
        row = [line.number, line.kind, line.wp_id, line.label, line.outcome]
        row += [reasons_in_words(line.reasons), line.detail, address]
        yield writer.writerow([_harmless(value) for value in row])


def _harmless(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def download(pieces: Iterable[str], content_type: str, name: str) -> StreamingHttpResponse:
    """Return a streaming response that downloads as a file of this name."""
    response = StreamingHttpResponse(pieces, content_type=f"{content_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
