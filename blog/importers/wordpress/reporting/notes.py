"""What is worth knowing about how one article came in, gathered while it is converted."""

from collections.abc import Iterable

MAX_DETAIL = 20_000  # characters


class Notes:
    """Codes in the order in which they came up, each once, with short details; and the footnotes on the way.

    `footnotes` are the HTML of each, in the order of their numbers; `anchors` leads from the id a footnote had on
    the old blog to that of the source it becomes.
    """

    def __init__(self, reasons: Iterable[str] = (), detail: str = "") -> None:
        self.reasons = list(dict.fromkeys(reasons))
        self.details = [detail] if detail else []
        self.footnotes: list[str] = []
        self.anchors: dict[str, str] = {}

    def add(self, reason: str, detail: str = "") -> None:
        """One thing more that is worth knowing."""
        if reason not in self.reasons:
            self.reasons.append(reason)
        if detail and detail not in self.details:
            self.details.append(detail)

    def footnote(self, html: str, old_id: str = "") -> str:
        """Keep one footnote more; gives the HTML of the mark that leads to it."""
        self.footnotes.append(html)
        anchor = f"source-{len(self.footnotes)}"
        self.anchors |= {anchor: anchor, old_id or anchor: anchor}
        return self.mark(anchor)

    def mark(self, old_id: str) -> str:
        """The HTML that leads to the footnote with this id, or an empty text."""
        anchor = self.anchors.get(old_id, "")
        number = anchor.removeprefix("source-")
        return f'<sup><a href="#{anchor}">{number}</a></sup>' if anchor else ""

    @property
    def detail(self) -> str:
        """The details in one text of bounded length."""
        return "\n".join(self.details)[:MAX_DETAIL]
