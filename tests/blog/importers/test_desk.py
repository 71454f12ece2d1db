"""Bringing a blog in at the desk: upload, watch, read the report, take it along."""

import re
import zipfile
from datetime import timedelta
from io import BytesIO
from multiprocessing import Event
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from bench.wxr import author, comment, export, item
from blog.importers import background
from blog.importers.background import is_import_running, start_waiting_import
from blog.importers.wordpress import lock
from blog.importers.wordpress.job import run_import
from blog.importers.wordpress.lock import BusyError
from blog.importers.wordpress.reporting.totals import totals
from blog.models import Article, Comment, ImportRun
from tests.forked import exit_code, fork

pytestmark = pytest.mark.django_db
ADD = "admin:blog_importrun_add"
WANTED = {"keep_emails": "drop", "pages": "articles"}


def an_export():
    """A small file as a browser sends it."""
    said = comment(5) + comment(6, type="pingback")
    content = export(author(), item(1, "=Stairs", comments=said), item(2, status="trash"))
    return SimpleUploadedFile("blog.xml", content, "text/xml")


def send(desk, **fields):
    """Send the form; the run it made, if any, and the response."""
    button = {} if "import" in fields else {"look": "1"}
    response = desk.post(reverse(ADD), WANTED | button | {"file": an_export()} | fields)
    return ImportRun.objects.first(), response


def work(run):
    """What the worker's process does."""
    call_command("import_wordpress", "--run", run.pk)
    run.refresh_from_db()


def report(desk, run, query=""):
    """The page of a run."""
    return desk.get(reverse("admin:blog_importrun_change", args=[run.pk]) + query).text


def test_she_looks_first_then_brings_it_in(desk):
    run, response = send(desk)
    stored = Path(run.file.path)
    assert response["Location"] == reverse("admin:blog_importrun_change", args=[run.pk])
    assert (run.status, run.dry_run) == ("waiting", True)
    assert "Waiting for its turn" in report(desk, run)
    work(run)
    assert "Nothing was changed" in report(desk, run)
    assert not Article.objects.exists()

    desk.post(reverse("admin:blog_importrun_begin", args=[run.pk]))
    run.refresh_from_db()
    assert (run.status, run.dry_run) == ("waiting", False)
    work(run)

    assert Article.objects.get().title == "=Stairs"
    assert "The uploaded file was removed" in report(desk, run)
    assert not stored.exists()
    assert desk.post(reverse("admin:blog_importrun_begin", args=[run.pk])).status_code == 403


def test_she_can_bring_it_in_at_once_as_hers(desk, therapist):
    run, _ = send(desk, mine="on", keep_emails="keep", **{"import": "1"})

    assert (run.author, run.keep_emails, run.started_by) == (therapist, True, therapist)
    assert not run.dry_run


def test_the_report_accounts_for_everything(desk):
    run, _ = send(desk)
    work(run)

    page = report(desk, run)
    assert "it is a ping from another site, not a comment" in page
    assert "it lay in the trash" in page
    lines = report(desk, run, "?kind=comment&outcome=skipped&reason=ping")
    assert "number 6 there" in lines
    assert "number 5 there" not in lines


def test_the_table_is_whole_and_harmless(desk):
    run, _ = send(desk)
    work(run)

    response = desk.get(reverse("admin:blog_importrun_lines", args=[run.pk]))
    rows = response.getvalue().decode().splitlines()

    assert len(rows) == 1 + run.lines.count() == 6
    assert ",'=Stairs," in "".join(rows)


def test_progress_is_told(desk):
    run, _ = send(desk)

    told = desk.get(reverse("admin:blog_importrun_progress", args=[run.pk])).json()

    assert told == {"over": False, "percent": 0, "stage": "Waiting for its turn"}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"file": ""}, "required"),
        ({"keep_emails": ""}, "required"),
        ({"pictures": SimpleUploadedFile("a.zip", b"no zip")}, "This is neither a ZIP nor a TAR"),
    ],
)
def test_what_is_missing_is_said_beside_it(desk, fields, words):
    run, response = send(desk, **fields)

    assert run is None
    assert words in response.text


def test_a_zip_in_the_place_of_the_file_is_explained(desk):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("blog.xml", "x")

    _, response = send(desk, file=SimpleUploadedFile("blog.zip", buffer.getvalue()))

    assert "Please unpack it" in response.text


def test_a_file_that_is_none_says_what_to_do(desk):
    run, _ = send(desk, file=SimpleUploadedFile("x.xml", b"<html></html>"))
    with pytest.raises(Exception, match="not an export from WordPress"):
        work(run)
    run.refresh_from_db()

    assert "Tools → Export" in report(desk, run)
    assert not run.file


def test_a_run_that_is_none_is_not_found(desk):
    for number in ("0", "none"):
        assert desk.get(f"/admin/blog/importrun/{number}/change/").status_code == 404


@pytest.mark.parametrize("name", ["add", "changelist"])
def test_only_who_may_bring_things_in_gets_there(client, helper, name):
    client.force_login(helper)

    assert client.get(reverse(f"admin:blog_importrun_{name}")).status_code == 403
    assert client.post(reverse("admin:blog_importrun_export")).status_code == 403


def test_she_takes_everything_along(desk, article, said):
    said(article, "So helpful")

    response = desk.post(reverse("admin:blog_importrun_export"), {"emails": "drop"})
    file = response.getvalue()

    assert response["Content-Disposition"].startswith("attachment")
    assert b"So helpful" in file
    assert b"nora@example.net" not in file
    assert desk.get(reverse("admin:blog_importrun_export")).status_code == 405


def test_forgetting_a_report_removes_its_file(desk):
    run, _ = send(desk)
    work(run)
    stored = Path(run.file.path)
    asked = desk.get(reverse("admin:blog_importrun_delete", args=[run.pk]))
    assert "blog.xml" in asked.text
    assert "comment 5" not in asked.text

    desk.post(reverse("admin:blog_importrun_delete", args=[run.pk]), {"post": "yes"})

    assert not ImportRun.objects.exists()
    assert not stored.exists()


def test_a_waiting_import_can_be_cancelled_and_go_on(desk):
    run, _ = send(desk, **{"import": "1"})
    assert "Cancel" in report(desk, run)

    desk.post(reverse("admin:blog_importrun_cancel", args=[run.pk]))

    run.refresh_from_db()
    assert run.status == "stopped"
    background.start_waiting_import(timezone.now())
    assert not background.is_import_running()
    assert "Continue" in report(desk, run)
    desk.post(reverse("admin:blog_importrun_begin", args=[run.pk]))
    work(run)
    assert (run.status, Article.objects.count()) == ("done", 1)
    assert desk.post(reverse("admin:blog_importrun_cancel", args=[run.pk])).status_code == 302
    run.refresh_from_db()
    assert run.status == "done"


@pytest.mark.parametrize("stage", ["reading", "articles", "comments", "threads"])
def test_an_import_at_work_is_cancelled_and_goes_on_where_it_was(desk, stage):
    """The clock is that of the importer, so each look of it is a moment at which somebody may cancel."""
    posts = [item(number, comments=comment(number)) for number in range(1, 6)]
    content = export(author(), *posts)
    run, _ = send(desk, **{"import": "1"})
    ticks = iter(range(10_000))

    def clock():
        if ImportRun.objects.filter(pk=run.pk, stage=stage).exists():
            desk.post(reverse("admin:blog_importrun_cancel", args=[run.pk]))
        return timezone.now() + timedelta(seconds=next(ticks))

    run_import(run, BytesIO(content), clock=clock)

    run.refresh_from_db()
    assert run.status == "stopped"
    assert run.file
    assert "What would happen to everything" in report(desk, run)
    run_import(run, BytesIO(content))
    assert (run.status, Article.objects.count(), Comment.objects.count()) == ("done", 5, 5)
    counted = totals(run)
    assert (counted["post"], counted["comment"]) == ({"imported": 5}, {"imported": 5})
    before_the_cut = run.lines.filter(reasons__contains=["came_before_cut"]).values_list("kind", flat=True)
    in_by_then = {"reading": [], "articles": ["author"], "comments": ["author", *["post"] * 5]}
    assert stage == "threads" or sorted(before_the_cut) == in_by_then[stage]
    assert ("it came in with the run that was cut off" in report(desk, run)) == bool(before_the_cut)


def test_only_who_may_import_may_cancel(client, desk, helper):
    run, _ = send(desk)
    client.force_login(helper)

    assert client.post(reverse("admin:blog_importrun_cancel", args=[run.pk])).status_code == 403
    run.refresh_from_db()
    assert run.status == "waiting"


@pytest.mark.django_db(transaction=True)
def test_two_never_work_at_once(desk):
    run, _ = send(desk)
    held, done = Event(), Event()

    def hold():
        with lock.import_lock():
            held.set()
            done.wait(60)

    holder = fork(hold)
    try:
        assert held.wait(60)
        with pytest.raises(BusyError):
            run_import(run, BytesIO(b""))
        start_waiting_import(timezone.now())
        assert not is_import_running()
    finally:
        done.set()
        assert exit_code(holder) == 0


def test_threads_come_whole_in_whatever_order_they_are_in_the_file(desk):
    said = comment(3, "Third", parent=2) + comment(1, "First") + comment(2, "Second", parent=1)
    file = SimpleUploadedFile("blog.xml", export(author(), item(1, comments=said)), "text/xml")
    run, _ = send(desk, file=file, **{"import": "1"})
    work(run)

    page = desk.get(Article.objects.get().get_absolute_url()).text

    assert re.findall(r"First|Second|Third", page) == ["First", "Second", "Third"]
    assert page.count("</article></article></article>") == 1


def test_what_was_taken_along_comes_back_by_the_same_door(desk, article, said):
    question = said(article, "A question?")
    said(article, "An answer", name="Ana", parent=question)
    before = desk.get(article.get_absolute_url()).text
    file = desk.post(reverse("admin:blog_importrun_export"), {"emails": "keep"}).getvalue()
    Article.objects.all().delete()

    run, _ = send(desk, file=SimpleUploadedFile("blog.xml", file), keep_emails="keep", **{"import": "1"})
    work(run)

    after = desk.get(Article.objects.get().get_absolute_url()).text
    assert without_numbers(after) == without_numbers(before)


def without_numbers(page):
    """A page without what is given anew: the numbers of its comments, and the token of the sign-out."""
    return re.sub(r"(comment-|parent=|comments/)\d+|(csrf\w+\" value=\")\w+", r"\1\2", page)
