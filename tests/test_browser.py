"""The watch over pages in tests of behaviour must itself see what it is there for."""

import pytest

pytestmark = pytest.mark.browser

POLICY = "<meta http-equiv=content-security-policy content=\"style-src 'none'\">"


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ("<img src='http://elsewhere.example/pixel.png'>", "asked another host: http://elsewhere.example/"),
        (f"{POLICY}<style>p {{ color: red }}</style>", "Content Security Policy"),
        ("<script>throw Error('oh no')</script>", "script error: oh no"),
        ("<script>console.error('oh no')</script>", "console: oh no"),
    ],
)
def test_trouble_is_seen(page, watch, trouble, words):
    page.goto(f"data:text/html,<title>A page</title>{trouble}")
    page.evaluate("'told by now'")
    assert words in "\n".join(watch.unexpected())
    watch.expect(".")


def test_a_page_is_shown_on_a_phone(page):
    page.set_content("<!doctype html><meta name=viewport content='width=device-width'>")
    assert page.evaluate("[innerWidth, matchMedia('(pointer: coarse)').matches]") == [360, True]


def test_what_axe_finds_is_named(page, assert_accessible):
    page.set_content("<html lang=en><title>A page</title><main><h1>Hello</h1><img src=data:,></main></html>")
    with pytest.raises(pytest.fail.Exception, match=r"image-alt: .* at img"):
        assert_accessible(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_nobody_can_read_are_named_among_others_that_look_alike(page, axe, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_content(
        "<html lang=en><title>A page</title><style>body { color: #000; background: #fff }"
        f" @media (prefers-color-scheme: {scheme}) {{ .pale {{ color: #ccc }} .dim {{ background: #111 }} }}</style>"
        "<main><h1>Hello</h1><p>One</p><p>Two</p><p class=pale>Three</p><div class=dim><p>Four</p></div></main></html>"
    )
    for look in (axe.assert_accessible, axe.assert_colours):
        with pytest.raises(pytest.fail.Exception, match=r"color-contrast: .* at \.pale, div > p$"):
            look(page)


def test_a_link_that_looks_like_the_words_around_it_is_named(page, assert_accessible):
    page.set_content(
        "<html lang=en><title>A page</title><style>a { color: #333; text-decoration: none }</style>"
        "<main><h1>Hello</h1><p>Read <a href=/all>all of it</a> there</p></main></html>"
    )
    with pytest.raises(pytest.fail.Exception, match=r"^link-in-text-block: .* at a$"):
        assert_accessible(page)
