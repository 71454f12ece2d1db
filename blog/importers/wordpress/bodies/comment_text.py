"""Converts the HTML of a comment to plain text."""

from html.parser import HTMLParser

from blog.sanitizing import clean_article, many_lines

_PARAGRAPHS = {"p", "blockquote", "ul", "ol", "pre", "h2", "h3", "h4", "table", "figure", "hr"}
_LINES = {"br", "li", "tr"}


def comment_text(html: str) -> str:
    """Convert a comment's HTML to plain text."""
    if "<" not in html and "&" not in html:
        return many_lines(html)
    parser = _Words()
    parser.feed(clean_article(html))
    parser.close()
    return many_lines("".join(parser.out))


class _Words(HTMLParser):
    """Extracts plain text from sanitized HTML; newlines are line breaks, as in WordPress."""

    def __init__(self) -> None:
        super().__init__()
        self.out: list[str] = []
        self.link, self.link_start = "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _PARAGRAPHS:
            self.out.append("\n\n> " if tag == "blockquote" else "\n\n")
        elif tag in _LINES:
            self.out.append("\n- " if tag == "li" else "\n")
        elif tag == "a":
            self.link, self.link_start = dict(attrs).get("href") or "", len(self.out)

    def handle_endtag(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self.out.append("\n\n")
        elif tag == "a" and self.link:
            self._tell_address("".join(self.out[self.link_start :]).strip())

    def handle_data(self, data: str) -> None:
        self.out.append(data)

    def _tell_address(self, said: str) -> None:
        """Append a link's URL unless its text shows it already; WordPress shortens long ones."""
        bare = self.link.partition("://")[2].rstrip("/")
        if said.rstrip("/") not in (self.link.rstrip("/"), bare):
            self.out.append(f" ({self.link})")
        elif said.rstrip("/") == bare:
            self.out[self.link_start :] = [self.link]
        self.link = ""
