"""Back from the file: the same rows and files, or everything as it was."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError
from django.db import connection, connections

from postpartum.backup.manifest import DATABASE, MANIFEST, UPLOADS
from programs.models import Screening
from tests.cast import CLEAR_ANSWERS, make_user
from tests.postpartum.backup.changed import changed, manifest, member, part, tar_of
from tests.postpartum.backup.conftest import structure

pytestmark = pytest.mark.django_db


@pytest.fixture
def unchanged(restored):
    """The restored site, which must be the same after the test as before."""
    site = restored[0]
    before = site.state()
    yield site
    assert site.state() == before


def test_into_an_empty_database_come_the_same_rows_and_files(kept, restored):
    site, said = restored

    assert site.state() == kept.state()
    assert "the database and 2 uploaded files" in said
    assert "migrate" not in said


def test_what_holds_the_rows_together_is_as_the_migrations_made_it(restored):
    with connection.cursor() as cursor:
        made = structure(cursor)

    assert len(made) > 500
    with restored[0].entered(), connection.cursor() as cursor:
        assert structure(cursor) == made


def test_her_sealed_answers_can_be_read_with_the_same_keys(restored):
    with restored[0].entered():
        assert Screening.objects.get().answers == CLEAR_ANSWERS


def test_it_says_that_erasures_since_must_be_repeated(restored):
    assert "Whoever was erased since then is back" in restored[1]


def test_people_are_replaced_only_if_told_so(unchanged, backup):
    with pytest.raises(CommandError, match="add --replace"):
        unchanged.call("restore", backup[0])


def test_told_so_everything_is_as_in_the_backup(kept, restored, backup, tmp_path):
    site = restored[0]
    with site.entered():
        get_user_model().objects.update(name="Another")
        make_user("nora@example.org")
    (site.uploads / "videos").mkdir()
    (site.uploads / "videos" / "hers.mp4").write_bytes(b"newer")
    (site.uploads / "imports" / "blog ü.xml").unlink()
    (site.uploads / ".restoring-killed").mkdir()
    migrations = manifest(backup[0])["migrations"]
    older = changed(backup[0], tmp_path / "older", migrations=migrations | {"accounts": "0001_initial"})

    said = site.call("restore", older, "--replace")

    assert site.state() == kept.state()
    assert sorted(path.name for path in site.uploads.iterdir()) == ["imports", "pictures"]
    assert "run `manage.py migrate` now" in said


def test_a_dump_that_fails_at_its_end_changes_nothing(unchanged, backup, tmp_path):
    most = part(backup[0], DATABASE)[
        :-100
    ]  # by its end every table was dropped and nearly all are filled again
    half = changed(backup[0], tmp_path / "half", {DATABASE: most})

    with pytest.raises(CommandError, match="pg_restore has failed"):
        unchanged.call("restore", half, "--replace")

    assert sorted(path.name for path in unchanged.uploads.iterdir()) == ["imports", "pictures"]


def test_an_upload_that_would_leave_its_folder_changes_nothing(unchanged, backup, tmp_path):
    hostile = changed(
        backup[0], tmp_path / "hostile", {UPLOADS: tar_of((member("a"), b"a"), (member("../out"), b"out"))}
    )

    with pytest.raises(CommandError, match="which we never write there"):
        unchanged.call("restore", hostile, "--replace")

    assert not list(unchanged.uploads.parent.rglob("out"))


def flipped(backup, path):
    """One bit in the midst of the file."""
    content = bytearray(backup.read_bytes())
    content[len(content) // 3] ^= 1
    path.write_bytes(content)


def cut(backup, path):
    """The first half of the file."""
    content = backup.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def exchanged(backup, path):
    """A part that is whole, but not the one that was written."""
    changed(backup, path, {UPLOADS: tar_of((member("a"), b"a"))}, sums=False)


def another_zip(backup, path):
    """A ZIP with one thing more."""
    changed(backup, path, {"more": b""})


def nonsense(backup, path):
    """A manifest that is none."""
    changed(backup, path, {MANIFEST: b"[]"})


def newer_format(backup, path):
    """As a later version of the site may write."""
    changed(backup, path, format=2)


def newer_migration(backup, path):
    """From a database that is ahead of the code."""
    changed(backup, path, migrations={"blog": "9999_later"})


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (flipped, "damaged"),
        (cut, "not the whole"),
        (exchanged, f"damaged: {UPLOADS} is not what was written"),
        (another_zip, "other things are in it"),
        (nonsense, "cannot be read"),
        (newer_format, "has the format 2"),
        (newer_migration, r"newer version of the site \(blog 9999_later\)"),
        (lambda backup, path: None, "There is no file"),
    ],
)
def test_what_is_not_whole_or_not_known_is_refused_before_anything_else(empty, backup, tmp_path, make, words):
    make(backup[0], tmp_path / "file")

    with pytest.raises(CommandError, match=words):
        empty.call("restore", tmp_path / "file")


def test_while_others_are_connected_nothing_is_touched(unchanged, backup):
    with unchanged.entered():
        other = connections["default"].copy()
        try:
            other.connect()
            with pytest.raises(CommandError, match="in use"):
                unchanged.call("restore", backup[0], "--replace")
        finally:
            other.close()


def test_a_table_the_backup_does_not_know_is_not_left_behind_in_silence(unchanged, backup):
    with unchanged.entered():
        connection.cursor().execute("CREATE TABLE later (id int)")
    try:
        with pytest.raises(CommandError, match=r"\(later\).*empty database"):
            unchanged.call("restore", backup[0], "--replace")
    finally:
        with unchanged.entered():
            connection.cursor().execute("DROP TABLE later")
