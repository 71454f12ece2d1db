"""Collects remarks about one article while it is converted."""

from collections.abc import Iterable

MAX_DETAIL = 20_000  # characters


class Notes:
    """Unique reason codes in order of occurrence with short details, and the article's footnotes.

    `footnotes` are their HTML in the order of their numbers; `anchors` maps each id on the old blog to that of the source
    it becomes.
    """

    def __init__(self, reasons: Iterable[str] = (), detail: str = "") -> None:
        self.reasons = list(dict.fromkeys(reasons))
        self.details = dict.fromkeys([detail] if detail else [])
        self.from_blocks = 0  # characters that reusable blocks have brought
        self.footnotes: list[str] = []
        self.anchors: dict[str, str] = {}

    def add(self, reason: str, detail: str = "") -> None:
        """Add a reason and a detail, each once."""
        if reason not in self.reasons:
            self.reasons.append(reason)
        if detail:
            self.details[detail] = None

    def footnote(self, html: str, old_id: str = "") -> str:
        """Add a footnote and return the HTML of its marker."""
        self.footnotes.append(html)
        anchor = f"source-{len(self.footnotes)}"
        self.anchors |= {anchor: anchor, old_id or anchor: anchor}
        return self.mark(anchor)

    def mark(self, old_id: str) -> str:
        """Return the HTML of a marker for the footnote with this id, or an empty string."""
        anchor = self.anchors.get(old_id, "")
        number = anchor.removeprefix("source-")
        return f'<sup><a href="#{anchor}">{number}</a></sup>' if anchor else ""

    @property
    def detail(self) -> str:
        """All details as one text of limited length."""
        return "\n".join(self.details)[:MAX_DETAIL]
