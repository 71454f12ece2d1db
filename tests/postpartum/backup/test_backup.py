"""Database and uploads in one file, with the real PostgreSQL."""

import os
import stat
import zipfile

import pytest
from django.core.management import CommandError

from postpartum.backup import database
from postpartum.backup.errors import BackupError
from postpartum.backup.manifest import MANIFEST, UPLOADS
from tests.postpartum.backup.changed import manifest
from tests.postpartum.backup.conftest import Site

pytestmark = pytest.mark.django_db


def test_the_file_is_its_owners_only_and_says_what_it_is(backup):
    path, said = backup

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [other.name for other in path.parent.iterdir()] == [path.name]
    assert manifest(path)["format"] == 1
    assert manifest(path)["migrations"]["accounts"]
    assert "the database and 2 uploaded files" in said


def test_it_says_that_the_keys_must_be_kept_too_and_apart(backup):
    assert "FIELD_KEYS" in backup[1]
    assert "apart" in backup[1]


def test_her_answers_stay_sealed_in_it_and_no_key_is_in_it(backup, settings):
    with zipfile.ZipFile(backup[0]) as packed:
        everything = b"".join(packed.read(name) for name in packed.namelist())

    assert settings.FIELD_KEYS[0].encode() not in everything
    assert settings.SECRET_KEY.encode() not in everything


def test_a_file_that_is_there_is_left_as_it_is(kept, tmp_path):
    (tmp_path / "mine").write_text("mine")

    with pytest.raises(CommandError, match="is there already"):
        kept.call("backup", tmp_path / "mine")

    assert (tmp_path / "mine").read_text() == "mine"


def test_what_cannot_be_read_is_an_error_and_leaves_no_file(kept, tmp_path, settings):
    there = kept.uploads / "round"
    there.symlink_to(kept.uploads)  # a folder that holds itself, without end
    try:
        with pytest.raises(CommandError, match="symbolic links"):
            kept.call("backup", tmp_path / "site.backup")
    finally:
        there.unlink()

    assert list(tmp_path.iterdir()) == []


def test_a_dump_that_fails_half_way_is_an_error_and_leaves_no_file(kept, tmp_path, monkeypatch, settings):
    settings.DATA_DIR = tmp_path  # whose embedded server is not the one we are connected to
    program = tmp_path / "pg_dump"
    program.write_text(
        "#!/bin/sh\necho half; echo 'pg_dump: error: no more' >&2; echo 'DETAIL: maya' >&2; exit 1"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    with pytest.raises(CommandError, match=r"^pg_dump has failed\. pg_dump: error: no more$"):
        kept.call("backup", tmp_path / "site.backup")

    assert list(tmp_path.iterdir()) == [program]


def test_a_database_that_does_not_answer_is_told_in_words(tmp_path):
    with pytest.raises(CommandError, match=r"The database refuses: .*nowhere"):
        Site("nowhere", tmp_path / "media").call("backup", tmp_path / "site.backup")


@pytest.mark.parametrize(("name", "words"), [("no/such", "no folder"), ("media/backup", "among the uploads")])
def test_places_where_none_can_be(kept, name, words):
    with pytest.raises(CommandError, match=words):
        kept.call("backup", kept.uploads.parent / name)


def test_the_password_is_never_on_a_command_line():
    address, environment = database._address(
        {"dbname": "tend", "user": "us er", "password": "se'cret", "sslmode": "require", "sslpassword": "secret", "cursor_factory": object}
    )  # fmt: skip

    assert address == "dbname=tend user='us er' sslmode=require"
    assert environment == {"PGPASSWORD": "se'cret"}


def test_with_a_server_of_ones_own_the_programs_on_path_serve(monkeypatch, tmp_path, settings):
    settings.DATA_DIR = tmp_path  # whose embedded server is not the one we are connected to
    program = tmp_path / "pg_dump"
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert database._find("pg_dump") == str(program)
    with pytest.raises(BackupError, match="pg_restore is not on PATH"):
        database._find("pg_restore")


def test_the_parts_can_be_taken_out_by_hand(backup):
    with zipfile.ZipFile(backup[0]) as packed:
        assert packed.testzip() is None
        assert packed.read("database.dump").startswith(b"PGDMP")
        assert UPLOADS in packed.namelist()
        assert MANIFEST in packed.namelist()
