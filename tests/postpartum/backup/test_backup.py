"""Database and uploads in one file, with the real PostgreSQL."""

import os
import stat
import zipfile

import pytest
from django.core.management import CommandError

from postpartum.backup import database
from postpartum.backup.manifest import MANIFEST, UPLOADS
from tests.postpartum.backup.changed import changed, manifest
from tests.postpartum.backup.conftest import Site

VERSION = "18.6"  # of the embedded server

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
        '#!/bin/sh\n[ "$1" != --version ] || { echo "pg_dump (PostgreSQL) ' + VERSION + '"; exit; }\n'
        "echo half; echo 'pg_dump: error: no more' >&2; echo 'DETAIL: maya' >&2; exit 1"
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


def program(folder, version):
    """A program of PostgreSQL that tells its version."""
    folder.mkdir(parents=True)
    made = folder / "pg_dump"
    made.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}'")
    made.chmod(0o755)
    return made


def test_of_several_programs_the_oldest_that_knows_the_server_serves(tmp_path):
    old, fit, new = (program(tmp_path / version, version) for version in ("15.4", "17.2", "18beta1"))
    none = tmp_path / "none"

    assert database.oldest_that_knows(17, [new, none, old, fit]) == fit
    assert database.oldest_that_knows(18, [new, none, old, fit]) == new
    assert database.oldest_that_knows(19, [new, none, old, fit]) is None


def test_with_a_server_of_ones_own_an_older_program_on_path_is_passed_by(monkeypatch, tmp_path, settings):
    settings.DATA_DIR = tmp_path  # whose embedded server is not the one we are connected to
    old = program(tmp_path / "path", "9.4")
    monkeypatch.setenv("PATH", f"{old.parent}:{os.environ['PATH']}")

    assert database._find("pg_dump") != str(old)


@pytest.mark.parametrize(("key", "name"), [("age1maya", "age"), ("Maya", "gpg")])
def test_encrypted_it_is_plain_nowhere_and_asks_to_be_decrypted(kept, tmp_path, monkeypatch, key, name):
    head = {"age": "age-encryption.org/v1", "gpg": "-----BEGIN PGP MESSAGE-----"}[name]
    (tmp_path / name).write_text(
        f'#!/bin/sh\nwhile [ "$1" != --output ]; do shift; done; (echo "{head}"; tr A-Za-z N-ZA-Mn-za-m <"$3") >"$2"'
    )
    (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    path = tmp_path / "out" / "site.backup"
    path.parent.mkdir()

    kept.call("backup", path, encrypt_to=key)

    assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"PGDMP" not in path.read_bytes()
    with pytest.raises(CommandError, match=r"is encrypted\. Decrypt it first"):
        kept.call("restore_drill", path)


def test_without_the_program_nothing_is_left(kept, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CommandError, match="age is not on PATH"):
        kept.call("backup", tmp_path / "site.backup", encrypt_to="age1maya")

    assert list(tmp_path.iterdir()) == []


def test_what_the_disk_does_not_give_back_is_no_backup(kept, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda number: os.pwrite(number, b"lost", 5_000))
    with pytest.raises(CommandError, match="damaged"):
        kept.call("backup", tmp_path / "site.backup")

    assert list(tmp_path.iterdir()) == []


def test_a_trial_compares_every_number_of_rows_and_every_file(kept, backup):
    before = kept.state()

    said = kept.call("restore_drill", backup[0])

    assert "can be restored" in said
    assert f"of {len(manifest(backup[0])['rows'])} tables and 2 files are as noted" in said
    assert kept.state() == before


def test_a_trial_names_what_differs(kept, backup, tmp_path):
    said = manifest(backup[0])
    rows = said["rows"] | {"accounts_user": 7}
    files = said["files"] | {"lost.webp": "0" * 64}
    path = changed(backup[0], tmp_path / "site.backup", rows=rows, files=files)

    with pytest.raises(CommandError, match=r"not what was noted: accounts_user, lost\.webp"):
        kept.call("restore_drill", path)


def test_the_parts_can_be_taken_out_by_hand(backup):
    with zipfile.ZipFile(backup[0]) as packed:
        assert packed.testzip() is None
        assert packed.read("database.dump").startswith(b"PGDMP")
        assert UPLOADS in packed.namelist()
        assert MANIFEST in packed.namelist()
