"""manage.py loadprogram, as someone at the command line meets it."""

import pytest
from django.core.management import CommandError, call_command

from programs.models import Exercise, Program, Release


@pytest.fixture
def loadprogram(copy, capsys, nothing_loaded):
    """Run the command on the copy; gives what it said."""

    def run(*args):
        call_command("loadprogram", *args, folder=copy.folder)
        return capsys.readouterr().out

    return run


def test_the_first_load_publishes_the_first_release(loadprogram):
    assert loadprogram() == "Loaded: 149 new, 0 changed.\nRelease 1 is published.\n"


def test_the_second_says_that_nothing_changed(loadprogram):
    loadprogram()

    assert loadprogram() == "The content files are those loaded last.\n"
    assert Release.objects.count() == 1


def test_a_later_load_does_not_publish_by_itself(loadprogram, copy):
    loadprogram()
    copy.replace("exercises/cat-cow.yaml", "Loosens a stiff back.", "Loosens a stiff back, gently.")

    assert loadprogram() == (
        "Loaded: 0 new, 1 changed.\n"
        "What is written is ahead of the last release; --publish makes a new one.\n"
    )
    assert loadprogram("--publish") == ("The content files are those loaded last.\nRelease 2 is published.\n")


def test_it_says_what_was_kept_and_what_is_gone(loadprogram, copy):
    loadprogram()
    Exercise.objects.filter(slug="cat-cow").update(why="My own words.")
    copy.replace("exercises/cat-cow.yaml", "Loosens a stiff back.", "The file's new words.")
    (copy.folder / "help/nz.yaml").unlink()

    said = loadprogram()

    assert "Kept as edited: Exercise cat-cow\n" in said
    assert "No longer in the files, but kept: Country NZ\n" in said


def test_check_changes_nothing(loadprogram):
    assert loadprogram("--check") == "The content files are in order.\n"
    assert not Program.objects.exists()


@pytest.mark.parametrize("args", [[], ["--check"]])
def test_broken_files_are_refused_with_every_problem(loadprogram, copy, args):
    line = copy.replace("exercises/cat-cow.yaml", "focus: mobility", "focus: yoga")
    copy.replace("help/au.yaml", "verified: true", "verified: perhaps")

    with pytest.raises(CommandError) as refused:
        loadprogram(*args)

    assert str(refused.value).startswith(f"exercises/cat-cow.yaml:{line}: focus: “yoga” is not one of")
    assert str(refused.value).endswith("\n2 to mend; nothing was loaded.")
    assert not Program.objects.exists()


def test_a_program_too_broken_to_publish_is_loaded_but_told(loadprogram):
    loadprogram()
    Exercise.objects.filter(slug="cat-cow").update(safety={})

    with pytest.raises(
        CommandError,
        match="Exercise cat-cow › safety: nothing is said about “A ridge or dome along your tummy”",
    ):
        loadprogram("--publish")
