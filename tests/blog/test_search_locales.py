"""What a search finds does not depend on the locale that a database was made with."""

import pytest
from django.db import Error, connection, connections
from django.db.migrations.executor import MigrationExecutor

from blog.models import Article
from blog.sanitizing import highlight_excerpt, plain_text

from .conftest import LONG_AGO, NOW
from .test_search import TYPOGRAPHY

pytestmark = pytest.mark.django_db(databases="__all__")
# Those that a server does not have are left out; each counts other characters as letters.
LOCALES = {
    "C": "LOCALE_PROVIDER libc LOCALE 'C'",
    "built-in": "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'",
    "built-in, full": "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'PG_UNICODE_FAST' LOCALE 'C'",
    "the system's English": "LOCALE_PROVIDER libc LOCALE 'en_US.UTF-8'",
    "ICU": "LOCALE_PROVIDER icu ICU_LOCALE 'en' LOCALE 'C'",
}
EXACT = (
    "wide",
    "“wide breath”",
    "mothers",
    "mother’s",
    "naïve",
    "NAIVE",
    "cafe-goer",
    "strasse",
    "coop",
    "cœur",
)
MISTYPED = {"naïvve": "naïve", "breeath": "breath"}


@pytest.fixture(scope="module", params=LOCALES)
def other_database(request, django_db_setup, django_db_blocker):
    """The alias of a database of this locale with our tables."""
    name = f"{connection.settings_dict['NAME']}_locale"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        try:
            cursor.execute(
                f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' {LOCALES[request.param]}"
            )
        except Error:
            pytest.skip("This server does not have it.")
        connections.databases["other"] = connection.settings_dict | {"NAME": name}
        executor = MigrationExecutor(connections["other"])
        executor.migrate(executor.loader.graph.leaf_nodes("blog"))
        yield "other"
        connections["other"].close()
        del connections["other"], connections.databases["other"]
        cursor.execute(f"DROP DATABASE {name}")


@pytest.fixture
def article(other_database, db):
    """An article with all kinds of marks, in that database."""
    return Article.objects.using(other_database).create(
        slug="marks", title="Marks", words=plain_text(TYPOGRAPHY), status="published", published_at=LONG_AGO
    )


def search(article, text):
    """The article as it is found, with the words that are marked in it."""
    public = Article.objects.using(article._state.db).published(NOW)
    [found] = public.matching(text) or public.close_to(text)
    return found, highlight_excerpt(found.excerpt, article.words)


def test_words_are_found_behind_marks_and_accents_and_mistyped_ones_are_corrected(article):
    for text in EXACT:
        found, excerpt = search(article, text)
        assert found.exact, text
        assert "<mark>" in excerpt, text
    for text, word in MISTYPED.items():
        found, excerpt = search(article, text)
        assert not found.exact, text
        assert f"<mark>{word}</mark>" in excerpt
