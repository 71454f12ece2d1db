"""A file made to harm: what it brings is shown, and nothing of it runs."""

import pytest
from django.urls import reverse

from bench.wxr import SITE, author, category, comment, export, item
from blog.models import Article, Comment

RUN = "document.title='ran'"
HOSTILE_HTML = [
    f"<script>{RUN}</script>",
    f'<img src=x onerror="{RUN}">',
    f'<img src="{SITE}/wp-content/uploads/x.jpg" onerror="{RUN}">',
    f'<svg onload="{RUN}"><script>{RUN}</script></svg>',
    f'<a href="javascript:{RUN}">click</a>',
    f'<a href="java&#115;cript:{RUN}">click</a>',
    f'<a href=" java\tscript:{RUN}">click</a>',
    f'<iframe src="javascript:{RUN}"></iframe>',
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f'<object data="data:text/html,<script>{RUN}</script>"></object>',
    f'<p onmouseover="{RUN}" style="position:fixed;inset:0">over</p>',
    f'<math><mtext><table><mglyph><style><img src=x onerror="{RUN}">',
    f'<noscript><p title="</noscript><img src=x onerror={RUN}>">',
    f'<form action="https://evil.example"><input autofocus onfocus="{RUN}"><button>x</button></form>',
    '<meta http-equiv="refresh" content="0;url=https://evil.example"><base href="https://evil.example/">',
    '<link rel="stylesheet" href="https://evil.example/x.css"><style>*{display:none}</style>',
    f'[caption caption="<script>{RUN}</script>"]<img src="x" onerror="{RUN}">[/caption]',
    f'[embed]javascript:{RUN}[/embed][video src="javascript:{RUN}"][gallery ids="1" onload="{RUN}"]',
    f"<!-- wp:html --><script>{RUN}</script><!-- /wp:html -->",
    f'<h2 id="x" onclick="{RUN}">Head</h2><figure><img src=x onerror="{RUN}"><figcaption><script>{RUN}</script></figcaption></figure>',
    f"<![CDATA[<script>{RUN}</script>]]>",
    f'<a href="https://old.example.org/2019/05/post-1/#"><img src=x onerror={RUN}></a>',
]
TITLE = f'</title><script>{RUN}</script>"><svg onload={RUN}>'


def hostile_file():
    """An export whose every field means harm."""
    said = [
        comment(
            number,
            text,
            author=f'"><svg onload="{RUN}"> {number}',
            author_url=f"javascript:{RUN}",
            author_email=f'"><script>{RUN}</script>@x.y',
        )
        for number, text in enumerate([*HOSTILE_HTML, 'http://x.y/"onmouseover="' + RUN], start=1)
    ]
    return export(
        author("elena", "x@y.z", f'<img src=x onerror="{RUN}">'),
        category("hips", f"</a><script>{RUN}</script>", description=f"<script>{RUN}</script>"),
        item(
            1,
            TITLE,
            "\n\n".join(HOSTILE_HTML),
            "".join(said),
            excerpt=f'"><script>{RUN}</script>',
            terms=[("category", "hips")],
            meta={"_postpartum": '{"sources": [{"text": "a", "url": "javascript:alert(1)"}], "status": 5}'},
        ),
    )


@pytest.mark.django_db
@pytest.mark.parametrize("generator", [b"https://wordpress.org/?v=6.6", b"postpartum-articles/1"])
def test_no_hostile_html_is_kept(take_over, generator):
    """Calling itself our own export helps a file nothing."""
    file = hostile_file().replace(b"https://wordpress.org/?v=6.6", generator)

    take_over(file, keep_emails=True)

    article = Article.objects.get()
    kept = [article.body, article.rendered, *Comment.objects.values_list("html", flat=True)]
    for html in kept:
        for harm in ("<script", "<svg", "<iframe", "<object", "<form", "<style", "<meta", "<base", "<link"):
            assert harm not in html
        assert not [tag for tag in html.split("<")[1:] if "javascript:" in tag.partition(">")[0]]
        assert not [tag for tag in html.split("<")[1:] if " on" in tag.partition(">")[0]]
    assert set(Comment.objects.values_list("website", "email")) == {("", "")}
    assert set(article.sources.values_list("url", flat=True)) <= {""}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_nothing_of_it_runs_in_a_browser(page, live_server, take_over, therapist, sign_in, watch):
    run = take_over(hostile_file(), keep_emails=True)
    article = Article.objects.get()
    sign_in(page.context, therapist)

    for address in (
        article.get_absolute_url(),
        reverse("articles"),
        reverse("admin:blog_importrun_change", args=[run.pk]) + "?kind=post&outcome=imported",
        reverse("admin:blog_comment_changelist"),
    ):
        page.goto(live_server.url + address)
        for link in page.locator("a:has-text('click')").all():
            link.hover()
        assert page.title() != "ran"
    assert page.locator("iframe, object, svg[onload]").count() == 0
