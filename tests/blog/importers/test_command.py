"""The command line, as an operator uses it."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from bench.wxr import SITE, author, comment, export, item
from blog.importers.wordpress.job import run_import
from blog.models import Article, Comment, ImportRun

from .test_articles import photo_with_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    """An export of two posts, one comment and one picture."""
    path = tmp_path / "export.xml"
    picture = f'<img src="{SITE}/wp-content/uploads/a.jpg">'
    path.write_bytes(
        export(author(), item(1, content=picture, comments=comment(5)), item(2, "About", post_type="page"))
    )
    return path


def test_it_imports_and_tells_what_became_of_everything(file, capsys):
    call_command("import_wordpress", str(file))

    told = capsys.readouterr().out
    assert "comment: 1 taken over" in told
    assert "1 × picture in a text, left out: the file did not come along" in told
    assert f"missing: {SITE}/wp-content/uploads/a.jpg in “A post”" in told
    assert Comment.objects.get().email == ""


def test_a_dry_run_changes_nothing_and_says_so(file, capsys):
    call_command("import_wordpress", str(file), "--dry-run")

    assert "Nothing was changed" in capsys.readouterr().out
    assert not Article.objects.exists()


def test_the_options_reach_it(file, tmp_path, therapist):
    (tmp_path / "uploads").mkdir()
    (tmp_path / "uploads" / "a.jpg").write_bytes(photo_with_place())

    call_command(
        "import_wordpress",
        str(file),
        *("--media", str(tmp_path / "uploads"), "--emails", "keep", "--pages", "skip"),
        *("--author", therapist.email),
    )

    article = Article.objects.get()
    assert "<img" in article.body
    assert article.author == therapist
    assert Comment.objects.get().email == "nora@example.net"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Name a file"),
        (["/nowhere.xml"], "no file /nowhere.xml"),
        (["{file}", "--run", "5"], "Name a file"),
        (["--run", "5"], "no upload 5"),
        (["{file}", "--media", "/nowhere"], "no folder, ZIP or TAR /nowhere"),
        (["{file}", "--author", "nobody@example.org"], "Nobody at the desk"),
        (["{itself}"], "not an export from WordPress"),
    ],
)
def test_what_cannot_be_done_is_said(file, arguments, words):
    arguments = [argument.format(file=file, itself=__file__) for argument in arguments]

    with pytest.raises(CommandError, match=words):
        call_command("import_wordpress", *arguments)

    assert not Article.objects.exists()


def test_a_run_that_was_killed_is_not_at_work_for_ever(file):
    dead = ImportRun.objects.create(file_name="old.xml", status=ImportRun.Status.RUNNING)

    call_command("import_wordpress", str(file))

    dead.refresh_from_db()
    assert dead.status == ImportRun.Status.STOPPED


def test_what_came_in_with_a_run_that_was_killed_is_told_once(file, capsys):
    killed = ImportRun.objects.create(file_name="export.xml")

    def clock():
        if ImportRun.objects.filter(pk=killed.pk, stage="threads").exists():
            raise KeyboardInterrupt
        return timezone.now()

    with pytest.raises(KeyboardInterrupt), file.open("rb") as content:
        run_import(killed, content, clock=clock)

    call_command("import_wordpress", str(file))
    first = capsys.readouterr().out
    call_command("import_wordpress", str(file))
    second = capsys.readouterr().out

    assert "1 × post, taken over: it came in with the run that was cut off" in first
    assert "here already" not in first
    assert "post: 1 here already" in second
    assert "cut off" not in second
