"""The first pass: a line for every item of the file."""

from collections.abc import Callable
from urllib.parse import unquote

from blog.models import ImportRun
from blog.sanitizing import one_line, plain_text

from ..reading.formats import ExportReader
from ..reading.records import Record
from ..reading.vocabulary import ALT_META
from ..reporting.lines import Kind, Lines, Outcome
from ..reporting.reasons import Reason
from .rules import Decision, decide_comment, decide_item, public_name
from .survey import Attachment, Author, Post, Survey, Term

MAX_BLOCKS = 4_000_000  # characters of reusable blocks to keep in memory


def take_survey(reader: ExportReader, run: ImportRun, progress: Callable[[], None]) -> Survey:
    """Read the whole file once, write a line of `run` for every item, and return a survey. Raises FileRefusedError.

    Decisions that need the whole file or existing rows are made later.
    """
    survey, lines = Survey(), Lines(run)
    surveyor = _Surveyor(survey, lines, skip_pages=run.pages == run.Pages.SKIP)
    for record in reader:
        surveyor.take(record)
        progress()
    survey.channel = reader.channel
    for reason, detail in reader.blemishes:
        lines.add(Kind.EXPORT, label=run.file_name, outcome=Outcome.SKIPPED, reasons=[reason], detail=detail)
    lines.flush()
    return survey


class _Surveyor:
    def __init__(self, survey: Survey, lines: Lines, *, skip_pages: bool) -> None:
        self.survey, self.lines, self.skip_pages = survey, lines, skip_pages
        self.seen: set[int | None] = set()
        self.block_length = 0
        self.takers = {
            "wp:author": self._author,
            "wp:category": self._category,
            "wp:tag": self._tag,
            "wp:term": self._other_term,
            "wp:comment": self._comment,
            "item": self._item,
        }

    def take(self, record: Record) -> None:
        self.takers[record.tag](record)

    def _author(self, record: Record) -> None:
        fields = record.fields
        login = fields["wp:author_login"].strip()
        name = public_name(one_line(plain_text(fields["wp:author_display_name"])) or login)
        author = Author(
            record.number, fields.number("wp:author_id"), fields["wp:author_email"].strip(), name[:60]
        )
        is_new = self.survey.authors.setdefault(login, author) is author
        self._line(Kind.AUTHOR, record, Decision(is_new, (Reason.TWICE,)), author.wp_id, name)

    def _category(self, record: Record) -> None:
        fields = record.fields
        self._term(
            Kind.CATEGORY,
            "category",
            fields["wp:category_nicename"],
            record,
            Term(
                record.number,
                fields.number("wp:term_id"),
                _name(fields["wp:cat_name"]),
                plain_text(fields["wp:category_description"]),
                unquote(fields["wp:category_parent"])[:200],
            ),
        )

    def _tag(self, record: Record) -> None:
        fields = record.fields
        name, description = _name(fields["wp:tag_name"]), plain_text(fields["wp:tag_description"])
        term = Term(record.number, fields.number("wp:term_id"), name, description)
        self._term(Kind.TAG, "post_tag", fields["wp:tag_slug"], record, term)

    def _other_term(self, record: Record) -> None:
        decision = Decision(False, (Reason.OTHER_TAXONOMY,), record.fields["wp:term_taxonomy"])
        name = _name(record.fields["wp:term_name"])
        self._line(Kind.OTHER, record, decision, record.fields.number("wp:term_id"), name)

    def _term(self, kind: str, taxonomy: str, slug: str, record: Record, term: Term) -> None:
        term.name = term.name or slug
        is_new = self.survey.terms.setdefault((taxonomy, unquote(slug)[:200]), term) is term
        self._line(kind, record, Decision(is_new, (Reason.TWICE,)), term.wp_id, term.name)

    def _comment(self, record: Record) -> None:
        decision = decide_comment(record)
        wp_id, parent = (
            record.fields.number("wp:comment_id"),
            record.fields.number("wp:comment_parent") or 0,
        )
        reasons = decision.reasons
        if decision.taken:
            self.survey.discussed.add(record.item_number)
        if decision.taken and parent == wp_id:
            parent, reasons = 0, (Reason.RING,)
        self.lines.add(
            Kind.COMMENT,
            number=record.number,
            wp_id=wp_id,
            post_number=record.item_number,
            parent_wp_id=parent,
            outcome=Outcome.IMPORTED if decision.taken else Outcome.SKIPPED,
            reasons=list(reasons),
            detail=decision.detail[:200],
        )

    def _item(self, record: Record) -> None:
        kind, wp_id = record.fields["wp:post_type"], record.fields.number("wp:post_id")
        title = one_line(plain_text(record.fields["title"]))
        if kind == "attachment":
            self._attachment(record, wp_id, title)
            return
        decision = decide_item(record, skip_pages=self.skip_pages)
        if decision.taken and wp_id in self.seen:
            decision = Decision(False, (Reason.TWICE,))
        if kind == "wp_block":
            self._keep_block(wp_id, record.fields["content:encoded"])
        if decision.taken:
            self.seen.add(wp_id)
            self._post(record, wp_id or 0, title)
        line_kind = {"post": Kind.POST, "page": Kind.PAGE}.get(kind, Kind.OTHER)
        self._line(line_kind, record, decision, wp_id, title)

    def _post(self, record: Record, wp_id: int, title: str) -> None:
        fields = record.fields
        terms = []
        for term in record.terms:
            if term.taxonomy in ("category", "post_tag") and term.slug:
                key = (term.taxonomy, unquote(term.slug)[:200])
                self.survey.terms.setdefault(key, Term(None, None, _name(term.name) or key[1]))
                terms.append(key)
        terms = list(dict.fromkeys(terms))
        self.survey.counts.update(terms)
        chosen = record.meta["_yoast_wpseo_primary_category"] or record.meta["rank_math_primary_category"]
        self.survey.posts[record.number] = Post(
            wp_id=wp_id,
            kind=fields["wp:post_type"],
            link=fields["link"].strip(),
            slug=fields["wp:post_name"].strip(),
            title=title,
            creator=fields["dc:creator"].strip(),
            terms=terms,
            chosen_term=int(chosen) if chosen.isascii() and chosen.isdigit() else None,
        )

    def _attachment(self, record: Record, wp_id: int | None, title: str) -> None:
        fields = record.fields
        address = fields["wp:attachment_url"].strip() or fields["guid"].strip()
        decision = Decision(bool(wp_id), (Reason.NO_NUMBER,))
        if wp_id in self.survey.attachments:
            decision = Decision(False, (Reason.TWICE,))
        if decision.taken:
            alt = one_line(record.meta[ALT_META]) or title
            caption = plain_text(fields["excerpt:encoded"])
            description = plain_text(fields["content:encoded"])
            parent = fields.number("wp:post_parent")
            link = fields["link"].strip()
            self.survey.attachments[wp_id] = Attachment(
                record.number, address, alt[:300], caption, parent, link, description
            )
        self._line(Kind.MEDIA, record, decision, wp_id, title, detail=address[:500])

    def _keep_block(self, wp_id: int | None, text: str) -> None:
        self.block_length += len(text)
        if self.block_length <= MAX_BLOCKS:
            self.survey.blocks[wp_id] = text

    def _line(
        self, kind: str, record: Record, decision: Decision, wp_id: int | None, label: str, detail: str = ""
    ) -> None:
        self.lines.add(
            kind,
            number=record.number,
            wp_id=wp_id,
            label=label,
            outcome=Outcome.IMPORTED if decision.taken else Outcome.SKIPPED,
            reasons=[] if decision.taken else list(decision.reasons[:1]),
            detail=detail or decision.detail[:200],
        )


def _name(text: str) -> str:
    return one_line(plain_text(text))[:200]
