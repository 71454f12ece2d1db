"""Old addresses as keys: the same page has one, however it was written."""

import pytest

from blog.importers.wordpress.addresses import asks_by_number, key_of, keys_to_try, original_names, site_of


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://old.example.org/2019/05/Stairs/", "2019/05/stairs"),
        ("http://www.old.example.org/2019/05/stairs", "2019/05/stairs"),
        ("/r%C3%BCckbildung/", "rückbildung"),
        ("https://old.example.org/?p=12", "?p=12"),
        ("https://old.example.org/?page_id=0012&x=1", "?p=12"),
        ("https://old.example.org/blog/?attachment_id=7", "blog?p=7"),
        ("https://old.example.org/index.php?cat=3", "?cat=3"),
        ("https://old.example.org/?tag=Hips", "?tag=hips"),
        ("https://old.example.org/?feed=rss2", "?feed"),
        ("https://old.example.org/", ""),
        ("https://old.example.org/?p=x", ""),
        ("https://[broken", ""),
        ("/" + "a" * 600, ""),
    ],
)
def test_keys(address, key):
    assert key_of(address) == key


@pytest.mark.parametrize(
    ("path", "query", "keys"),
    [
        ("/2019/05/stairs/", "", ["2019/05/stairs"]),
        ("/stairs/comment-page-2/", "replytocom=5", ["stairs/comment-page-2", "stairs"]),
        ("/stairs/feed/", "", ["stairs/feed", "stairs"]),
        ("/category/hips/page/3/", "", ["category/hips/page/3", "category/hips"]),
        ("/blog/", "p=5", ["blog?p=5", "blog"]),
        (
            "/wp-content/uploads/a-300x200.jpg",
            "",
            ["wp-content/uploads/a-300x200.jpg", "wp-content/uploads/a.jpg"],
        ),
        ("/", "p=5", ["?p=5"]),
        ("/", "", []),
    ],
)
def test_what_is_tried(path, query, keys):
    assert keys_to_try(path, query) == keys


@pytest.mark.parametrize(
    ("query", "asks"), [("p=1", True), ("cat=2", True), ("topic=hips", False), ("p=", False), ("", False)]
)
def test_only_a_number_asks_on_the_front_page(query, asks):
    assert asks_by_number(query) is asks


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://www.Old.example.org", "old.example.org"),
        ("http://old.example.org/blog/", "old.example.org/blog"),
        ("http://old.example.org:8080", "old.example.org"),
    ],
)
def test_the_same_blog_has_one_name(address, site):
    assert site_of(address) == site


def test_the_largest_form_of_a_picture_comes_first():
    assert original_names("2019/a-300x200.jpg")[0] == "2019/a.jpg"
    assert original_names("2019/a-scaled.jpg")[0] == "2019/a.jpg"
    assert "2019/a-scaled.jpg" in original_names("2019/a-300x200.jpg")
