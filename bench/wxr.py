"""Export files as WordPress writes them, made up: by hand for tests, by the thousand for measuring."""

import random
from datetime import UTC, datetime, timedelta
from html import escape

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>Old blog</title><link>{site}</link><generator>https://wordpress.org/?v=6.6</generator>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>{site}</wp:base_site_url><wp:base_blog_url>{site}</wp:base_blog_url>
"""
TAIL = "</channel>\n</rss>\n"
SITE = "https://old.example.org"
PHRASES = (
    "breathe into your ribs",
    "a gentle week",
    "slowly up the stairs",
    "while the baby sleeps",
    "not too heavy",
    "belly and back",
    "ask your midwife",
    "it feels better lying down",
    "knees over a pillow",
    "rest in between",
    "worse in the evening",
)
FIRST_DAY = datetime(2015, 1, 1, tzinfo=UTC)


def cdata(text):
    """Text as WordPress wraps it."""
    return "<![CDATA[" + str(text).replace("]]>", "]]]]><![CDATA[>") + "]]>"


def author(login="elena", email="elena@old.example.org", name="Elena Marsh", number=1):
    """A wp:author."""
    return (
        f"<wp:author><wp:author_id>{number}</wp:author_id><wp:author_login>{cdata(login)}</wp:author_login>"
        f"<wp:author_email>{cdata(email)}</wp:author_email>"
        f"<wp:author_display_name>{cdata(name)}</wp:author_display_name></wp:author>\n"
    )


def category(slug, name=None, number=1, parent="", description=""):
    """A wp:category."""
    return (
        f"<wp:category><wp:term_id>{number}</wp:term_id><wp:category_nicename>{cdata(slug)}</wp:category_nicename>"
        f"<wp:category_parent>{cdata(parent)}</wp:category_parent><wp:cat_name>{cdata(name or slug)}</wp:cat_name>"
        f"<wp:category_description>{cdata(description)}</wp:category_description></wp:category>\n"
    )


def tag(slug, name=None, number=100):
    """A wp:tag."""
    return (
        f"<wp:tag><wp:term_id>{number}</wp:term_id><wp:tag_slug>{cdata(slug)}</wp:tag_slug>"
        f"<wp:tag_name>{cdata(name or slug)}</wp:tag_name></wp:tag>\n"
    )


def comment(number, text="So helpful!", **more):
    """A wp:comment; `more` by the names of WordPress's fields without comment_, and meta as a dictionary."""
    given = {
        "author": "Nora",
        "author_email": "nora@example.net",
        "author_url": "",
        "author_IP": "203.0.113.7",
        "date": "2019-05-06 10:11:12",
        "date_gmt": "2019-05-06 08:11:12",
        "content": text,
        "approved": "1",
        "type": "comment",
        "parent": 0,
        "user_id": 0,
    } | more
    meta = given.pop("meta", {})
    fields = "".join(
        f"<wp:comment_{name}>{cdata(value)}</wp:comment_{name}>" for name, value in given.items()
    )
    return f"<wp:comment><wp:comment_id>{number}</wp:comment_id>{fields}{_meta('wp:commentmeta', meta)}</wp:comment>\n"


def item(number, title="A post", content="<p>Words.</p>", comments="", **more):
    """An item; `more` by the names of WordPress's fields, terms as (taxonomy, slug) and meta as a dictionary."""
    given = {
        "post_date": "2019-05-04 11:30:00",
        "post_date_gmt": "2019-05-04 09:30:00",
        "comment_status": "open",
        "post_name": f"post-{number}",
        "status": "publish",
        "post_parent": 0,
        "post_type": "post",
        "post_password": "",
    } | more
    terms, meta = given.pop("terms", ()), given.pop("meta", {})
    link = given.pop("link", f"{SITE}/2019/05/{given['post_name']}/")
    creator, excerpt = given.pop("creator", "elena"), given.pop("excerpt", "")
    named = "".join(
        f'<category domain="{taxonomy}" nicename="{escape(slug)}">{cdata(slug.replace("-", " "))}</category>'
        for taxonomy, slug in terms
    )
    fields = "".join(f"<wp:{name}>{cdata(value)}</wp:{name}>" for name, value in given.items())
    return (
        f"<item><title>{cdata(title)}</title><link>{escape(link)}</link><pubDate></pubDate>"
        f"<dc:creator>{cdata(creator)}</dc:creator><description></description>"
        f"<content:encoded>{cdata(content)}</content:encoded><excerpt:encoded>{cdata(excerpt)}</excerpt:encoded>"
        f"<wp:post_id>{number}</wp:post_id>{fields}{named}{_meta('wp:postmeta', meta)}{comments}</item>\n"
    )


def attachment(number, path, parent=0, alt="", **more):
    """An uploaded file under wp-content/uploads."""
    address = f"{SITE}/wp-content/uploads/{path}"
    meta = {"_wp_attachment_image_alt": alt} if alt else {}
    given = {"title": path.rpartition("/")[2], "content": "", "post_type": "attachment"}
    return item(number, **given | {"attachment_url": address, "post_parent": parent, "meta": meta} | more)


def export(*parts, site=SITE):
    """A whole file."""
    return (HEAD.format(site=site) + "".join(parts) + TAIL).encode()


# What may be wrong with a file, each as a change of its pieces.
BLEMISHES = {
    "namespaces": lambda text: text.replace('="http://', '="https://'),
    "prefix": lambda text: text.replace(' xmlns:wp="http://wordpress.org/export/1.2/"', ""),
    "notice": lambda text: text.replace(
        "<?xml", "<br />\n<b>Deprecated</b>: old in <b>x.php</b><br />\n<?xml"
    ),
    "references": lambda text: text.replace(
        "<title><![CDATA[Post ", "<title>P & R &mdash; &#55357;&#56842; "
    ).replace("]]></title><link>", "</title><link>"),
    "cdata": lambda text: text.replace("]]></content:encoded>", " a[b[0]]> c]]></content:encoded>"),
    "unclosed": lambda text: text.replace("]]></content:encoded>", "</content:encoded>"),
    "lines": lambda text: text.replace("<![CDATA[", "\n  <![CDATA[").replace("]]></", "]]>\n </"),
    "junk": lambda text: text.replace("</rss>", "</rss>\n<!-- 1.2 s -->Made in 1.2 s"),
    "cp1252": lambda text: text.replace("Breathe", "Bréathe"),
    "utf-16-le": lambda text: text,
    "cut": lambda text: text,  # in the middle of the last post, see `write_pieces`
}


def write_big(path, *, posts, comments, depth=5, body_bytes=2_000, comment_bytes=200, seed=1, blemishes=()):
    """Write `big_pieces` to a file, with these BLEMISHES."""
    pieces = big_pieces(posts, comments, depth, body_bytes, comment_bytes, seed)
    return write_pieces(path, pieces, blemishes)


def big_pieces(posts, comments, depth, body_bytes, comment_bytes, seed=1):
    """A file of so many posts and comments in random order, `depth` levels deep; every tenth comment not approved.

    Each post's text links to another post and shows a picture that did not come along.
    """
    dice = random.Random(seed)
    under = _threads(dice, posts, comments, depth)
    yield (
        HEAD.format(site=SITE) + author() + "".join(category(f"category-{n}", number=n) for n in range(1, 13))
    )
    for post in range(1, posts + 1):
        said = [_comment(dice, number, parent, comment_bytes) for number, parent in under.get(post, ())]
        yield _post(dice, post, posts, said, body_bytes)
    yield TAIL


def read_pieces(path):
    """The pieces of a file that `write_big` wrote without blemishes."""
    lines = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            lines.append(line)
            if line.endswith("</item>\n"):
                yield "".join(lines)
                lines = []
    yield "".join(lines)


def write_pieces(path, pieces, blemishes=()):
    """Write the pieces to a file with these BLEMISHES; gives (posts, comments) that are whole in it."""
    encoding = next((name for name in blemishes if name in ("cp1252", "utf-16-le")), "utf-8")
    whole, last, start = (0, 0), (0, 0), 0
    with open(path, "wb") as file:
        for piece in pieces:
            if "<item>" in piece:
                start, last = file.tell(), (1, piece.count("<wp:comment>"))
                whole = (whole[0] + 1, whole[1] + last[1])
            for name in blemishes:
                piece = BLEMISHES[name](piece)
            file.write(piece.encode(encoding))
        if "cut" in blemishes:
            file.truncate(start + 1_000)
            whole = (whole[0] - last[0], whole[1] - last[1])
    return whole


def _threads(dice, posts, comments, depth):
    """[(number, parent's number)] in random order by post, each as deep as chance wants, up to `depth` levels."""
    under = {}
    for number in range(1, comments + 1):
        under.setdefault(dice.randint(1, posts), []).append(number)
    for post, found in under.items():
        levels, placed = [[] for _ in range(depth)], []
        for number in found:
            level = dice.randrange(depth)
            while level and not levels[level - 1]:
                level -= 1
            parent = dice.choice(levels[level - 1]) if level else 0
            levels[level].append(number)
            placed.append((number, parent))
        dice.shuffle(placed)
        under[post] = placed
    return under


def _post(dice, number, posts, said, size):
    other = dice.randint(1, posts)
    text = (
        f'<p>See <a href="{SITE}/2019/05/post-{other}/">this</a>.</p>\n\n'
        f'<img src="{SITE}/wp-content/uploads/2019/05/{number}-300x200.jpg" alt="A stretch">\n\n'
    )
    text += "\n\n".join(_sentence(dice, 400) for _ in range(max(1, size // 400)))
    moment = FIRST_DAY + timedelta(hours=number)
    return item(
        number,
        f"Post number {number}",
        text,
        "".join(said),
        post_name=f"post-{number}",
        post_date_gmt=f"{moment:%Y-%m-%d %H:%M:%S}",
        terms=[("category", f"category-{dice.randint(1, 12)}"), ("post_tag", f"tag-{dice.randint(1, 40)}")],
    )


def _comment(dice, number, parent, size):
    moment = FIRST_DAY + timedelta(minutes=number)
    approved = dice.choice(["0", "0", "spam", "trash"]) if number % 10 == 0 else "1"
    return comment(
        number,
        _sentence(dice, size),
        author=f"Reader {number % 997}",
        author_email=f"reader{number % 997}@example.net",
        date_gmt=f"{moment:%Y-%m-%d %H:%M:%S}",
        parent=parent,
        approved=approved,
    )


def _sentence(dice, length):
    words, size = [], 0
    while size < length:
        words.append(dice.choice(PHRASES))
        size += len(words[-1]) + 1
    return " ".join(words).capitalize() + "."


def _meta(name, meta):
    return "".join(
        f"<{name}><wp:meta_key>{cdata(key)}</wp:meta_key><wp:meta_value>{cdata(value)}</wp:meta_value></{name}>"
        for key, value in meta.items()
    )
