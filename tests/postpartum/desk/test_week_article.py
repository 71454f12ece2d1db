"""An article and a video that go with the education point of a week: from the desk to the mother."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.models import Article
from programs.authoring.parts import parts_written
from programs.models import ContentVersion, Program, Week
from programs.services.sharing import as_file, from_file
from tests.cast import make_enrollment
from tests.programs.admin.page import form_of

pytestmark = pytest.mark.django_db
TINY = Path(__file__).parents[2] / "programs" / "media" / "tiny.mp4"
LINK = '<a href="/articles/stairs/">'


@pytest.fixture
def stairs(therapist):
    """A published article."""
    return Article.objects.create(
        title="Stairs",
        slug="stairs",
        body="<p>Breathe out first.</p>",
        author=therapist,
        status="published",
        published_at=timezone.now(),
    )


@pytest.fixture
def week(program):
    return Week.objects.get(number=1)


@pytest.fixture
def save(as_therapist, week):
    """A function that opens the form of the week, changes some fields, and sends it."""

    def save(**fields):
        address = reverse("admin:programs_week_change", args=[week.pk])
        answer = as_therapist.post(address, form_of(as_therapist.get(address), "week_form") | fields)
        week.refresh_from_db()
        return answer

    return save


@pytest.fixture
def hers(mother, program):
    """What Maya, in week 1, reads at an address."""
    make_enrollment(mother)
    client = Client()
    client.force_login(mother)
    return lambda address="/today/": client.get(address).text


def publish(desk):
    """Publish to everybody now, and return the page before."""
    page = desk.get(reverse("admin:desk_publish"))
    desk.post(reverse("admin:desk_publish"), {"move": "now"})
    return page


def test_an_article_reaches_her_once_it_is_published(as_therapist, save, stairs, hers):
    assert save(article_slug="stairs").status_code == 302
    assert LINK not in hers()

    page = publish(as_therapist)
    assert "<ins>Stairs</ins>" in page.text
    assert page.context["advice"] == []
    for address in ("/today/", "/program/"):
        assert LINK in hers(address), address
    assert "Read: Stairs" in Client().get("/program/").text
    assert "Read: Stairs" in as_therapist.get(reverse("admin:desk_preview"), {"session": "w01-a"}).text


def test_a_video_with_its_captions_reaches_her(as_therapist, save, week, hers):
    def file(name, content):
        return SimpleUploadedFile(name, content)

    told = save(video_file=file("week.mp4", TINY.read_bytes()))
    assert "Please bring captions for the video" in told.text
    assert week.video is None

    captions = file("week.vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\nBreathe.\n")
    save(video_file=file("week.mp4", TINY.read_bytes()), captions_file=captions)
    publish(as_therapist)

    assert f'src="/exercises/video/{week.video["key"]}.mp4"' in hers()
    assert f'src="/exercises/video/{week.video["captions"]}.vtt"' in hers()
    assert Client().get(f"/exercises/video/{week.video['key']}.mp4").status_code == 200
    save(video_remove="on")
    assert week.video is None


def test_only_a_published_article_can_be_chosen(save, stairs, week):
    Article.objects.update(status="draft")
    answer = save(article_slug="stairs", theme="My theme")

    assert "This article is not published." in answer.text
    assert "My theme" in answer.text
    assert week.article_slug == ""


def test_an_article_that_is_gone_is_remarked_on_before_publishing(as_therapist, save, stairs, week):
    save(article_slug="stairs")
    Article.objects.update(status="draft")

    advice = as_therapist.get(reverse("admin:desk_publish")).context["advice"]
    form = reverse("admin:programs_week_change", args=[week.pk])
    assert [one.url for one in advice] == [form]
    assert "“Stairs” cannot be read there" in advice[0].text
    assert save().status_code == 302  # the rest of the week can be written all the same
    assert week.article_slug == "stairs"


def test_an_article_that_moved_is_still_reached(as_therapist, save, stairs, hers):
    save(article_slug="stairs")
    publish(as_therapist)
    form = reverse("admin:blog_article_change", args=[stairs.pk])
    sent = form_of(as_therapist.get(form), "article_form") | {"slug": "elsewhere"}
    assert as_therapist.post(form, sent).status_code == 302

    assert LINK in hers()
    assert Client().get("/articles/stairs/")["Location"] == "/articles/elsewhere/"


def test_another_point_without_her_baby_leaves_them_out(as_therapist, save, stairs, hers, mother):
    save(article_slug="stairs", education_no_baby="For you alone.")
    publish(as_therapist)
    mother.participant.baby_not_with_me = True
    mother.participant.save()

    assert "For you alone." in hers()
    assert LINK not in hers()


def test_an_earlier_state_and_a_file_carry_the_article(as_therapist, save, stairs, week):
    save(article_slug="stairs")
    save(article_slug="")
    states = ContentVersion.objects.filter(kind="weeks", name="1")
    chosen = next(state for state in states if state.part.get("article_slug"))
    history = reverse("admin:programs_week_history", args=[week.pk])
    assert "stairs" in as_therapist.get(history).text
    as_therapist.post(history, {"version": chosen.pk})

    week.refresh_from_db()
    assert (week.article_slug, week.article_title) == ("stairs", "Stairs")
    parts = from_file(as_file({("weeks", 1): parts_written(Program.objects.get())["weeks", 1]}))
    assert parts["weeks", 1].article_slug == "stairs"


def test_her_day_costs_no_query_more(as_therapist, save, stairs, hers, django_assert_max_num_queries):
    save(article_slug="stairs")
    publish(as_therapist)
    hers()
    with django_assert_max_num_queries(8):
        hers()
