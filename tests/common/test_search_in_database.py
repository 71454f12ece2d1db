"""`search_text` in the database: ASCII stays as it is, and is not looked through; all else is folded as before."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db

ASCII = "".join(map(chr, range(1, 128)))


@pytest.mark.parametrize(
    ("given", "folded"),
    [
        ("", ""),
        (ASCII, ASCII),
        ("mother’s", "mother's"),
        ("well‐being", "well-being"),
        ("“wide”—and…", " wide  and "),
        ("soft\u00adhyphen and\u2060joiner", "softhyphen andjoiner"),
        ("nai\u0308ve", "na\u00efve"),
        ("µm ª º", "µm ª º"),
    ],
)
def test_what_is_searched(given, folded):
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_text(%s)", [given])
        assert cursor.fetchone() == (folded,)
