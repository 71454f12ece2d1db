"""A copy of the content files to break, and the program as loaded."""

import shutil

import pytest

from programs.files import CONTENT
from programs.files.collecting import Collected, _read
from programs.models import Country, Exercise, Prescription, Program, Release
from programs.services.loading import load


class Copy:
    """The content files in a folder of their own, to be edited like a clinician would."""

    def __init__(self, folder):
        self.folder = folder

    def replace(self, file, old, new, count=1):
        """Write `new` for the first `old` in a file; gives the line it is on."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, count), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def line_of(self, file, text):
        """The line where `text` first stands."""
        whole = (self.folder / file).read_text(encoding="utf-8")
        return whole[: whole.index(text)].count("\n") + 1


@pytest.fixture(scope="session")
def read_once():
    """Files as they are read, by what is in them: most copies differ in one of them."""
    known = {}

    def read_once(path, name, collected):
        key = name, path.read_bytes()
        if key not in known:
            alone = Collected()
            known[key] = _read(path, name, alone), alone
        written, alone = known[key]
        collected.documents |= alone.documents
        collected.problems += alone.problems
        collected.unread += alone.unread
        return written

    return read_once


@pytest.fixture
def copy(tmp_path, read_once, monkeypatch):
    """A copy of all content files."""
    monkeypatch.setattr("programs.files.collecting._read", read_once)
    shutil.copytree(CONTENT, tmp_path / "content", copy_function=shutil.copyfile)
    return Copy(tmp_path / "content")


@pytest.fixture
def nothing_loaded(db):
    """A database before its first load; the tables are as they were after the test."""
    Release.objects.all().delete()
    Prescription.objects.all().delete()
    for model in (Exercise, Program, Country):
        model.objects.all().delete()


@pytest.fixture
def loaded(copy, db):
    """The program as loaded from files like the copy, and nothing published yet."""
    program = load(copy.folder).program
    Release.objects.all().delete()
    return program
