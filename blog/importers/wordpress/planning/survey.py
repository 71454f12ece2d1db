"""What the first reading found: the little that must be in memory while texts and links are turned into ours."""

from collections import Counter
from dataclasses import dataclass, field

from ..addresses import host_of, site_of
from ..reading.vocabulary import OWN_GENERATOR

HOSTED = ".wordpress.com"


@dataclass(slots=True)
class Post:
    """A post or page to import."""

    wp_id: int
    kind: str
    link: str
    slug: str
    title: str
    creator: str
    terms: list
    chosen_term: int | None


@dataclass(slots=True)
class Attachment:
    """An uploaded file; `parent` is the post it was uploaded for, `number` None if it is known from an earlier run only."""

    number: int | None
    address: str
    alt: str
    caption: str
    parent: int | None
    link: str
    description: str = ""

    @property
    def said(self) -> str:
        """All text about the file, for the report."""
        return "\n".join(filter(None, (self.address[:500], self.caption, self.description)))


@dataclass(slots=True)
class Author:
    """An author of the old blog."""

    number: int
    wp_id: int | None
    email: str
    name: str


@dataclass(slots=True)
class Term:
    """A category or tag; `number` is None if only posts name it."""

    number: int | None
    wp_id: int | None
    name: str
    description: str = ""
    parent: str = ""


@dataclass
class Survey:
    """The contents of a file.

    `posts` by position in the file, `attachments` by number on the old blog; `discussed` are the positions of posts and
    pages with comments.
    """

    channel: dict = field(default_factory=dict)
    authors: dict = field(default_factory=dict)
    terms: dict = field(default_factory=dict)
    posts: dict = field(default_factory=dict)
    attachments: dict = field(default_factory=dict)
    blocks: dict = field(default_factory=dict)
    discussed: set = field(default_factory=set)
    counts: Counter = field(default_factory=Counter)

    @property
    def is_own(self) -> bool:
        """Whether our own export wrote the file."""
        return self.channel["generator"].strip() == OWN_GENERATOR

    @property
    def addresses(self) -> list[str]:
        """The base URLs of the old blog."""
        tags = ("wp:base_blog_url", "wp:base_site_url", "link")
        return [self.channel[tag].strip() for tag in tags if host_of(self.channel[tag])]

    @property
    def site(self) -> str:
        """The identity of the old blog."""
        return site_of(self.addresses[0]) if self.addresses else "unknown"

    @property
    def hosts(self) -> set[str]:
        """The hosts of the old blog, WordPress.com's file host included."""
        hosts = {host_of(address) for address in self.addresses}
        names = [host.removesuffix(HOSTED) for host in hosts if host.endswith(HOSTED)]
        return hosts | {f"{name}.files{HOSTED}" for name in names}
