"""Publish, and roll back: what differs, who is inside, and what happens to them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from common.members import MemberRequest
from postpartum.desk import roles
from postpartum.desk.forms_program import PublishForm
from postpartum.desk.navigation import desk_page, desk_render
from postpartum.desk.views.program import the_program_or_404
from postpartum.desk.week_articles import unpublished_articles
from programs.authoring.content import plan_of_rows
from programs.authoring.parts import differences, parts_of_plan
from programs.facts.releases import plan_of
from programs.models import Release
from programs.pages.mending import mendings
from programs.plan import advice
from programs.services.publishing import sign_off as sign_off_release
from programs.services.releasing import Published, go_back, people_inside, publish_for, releases_of_people

EARLIER = 20


@desk_page(roles.PUBLISH)
@require_http_methods(["GET", "POST"])
def publish(request: MemberRequest) -> HttpResponse:
    """Show what would change for whom; publish only where validation has no errors."""
    program = the_program_or_404()
    form = PublishForm(request.POST or None)
    if form.is_valid():
        try:
            published = publish_for(program, form.cleaned_data["move"], request.user, timezone.now())
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _published_words(published))
            return redirect("admin:desk_publish")
    last = Release.objects.filter(program=program).defer("plan").first()
    plan, remarks = plan_of_rows(program)
    before = parts_of_plan(plan_of(last.pk)) if last else {}
    people = releases_of_people(program, last)
    context = {
        "form": form,
        "last": last,
        "remarks": mendings(program, remarks),
        "advice": mendings(program, advice(plan) + unpublished_articles(plan)) if plan else [],
        "differences": differences(before, parts_of_plan(plan)) if plan else [],
        "people": people,
        "inside": sum(people.values()),
        "earlier": Release.objects.filter(program=program)
        .defer("plan")
        .select_related("published_by")[1:EARLIER],
    }
    return desk_render(request, "desk/publish.html", context, _("Publish"))


@desk_page(roles.PUBLISH)
@require_POST
def sign_off(request: MemberRequest, pk: int) -> HttpResponse:
    """Note that the therapist stands behind a release that came with the site."""
    release = get_object_or_404(Release.objects.defer("plan"), pk=pk)
    sign_off_release(release, request.user, timezone.now())
    messages.success(request, _("Thank you. It is noted with your name and the day."))
    return redirect("admin:desk_program")


@desk_page(roles.PUBLISH)
@require_http_methods(["GET", "POST"])
def back(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what an earlier release would restore, and for whom."""
    release = get_object_or_404(Release.objects.select_related("program").defer("plan"), pk=pk)
    form = PublishForm(request.POST or None)
    if form.is_valid():
        published = go_back(release, form.cleaned_data["move"], request.user, timezone.now())
        messages.success(request, _published_words(published))
        return redirect("admin:desk_publish")
    last = Release.objects.filter(program=release.program).defer("plan")[0]
    context = {
        "form": form,
        "release": release,
        "differences": differences(parts_of_plan(plan_of(last.pk)), parts_of_plan(plan_of(release.pk))),
        "inside": people_inside(release.program).count(),
    }
    title = _("Back to release %(number)d") % {"number": release.number}
    return desk_render(request, "desk/go_back.html", context, title)


def _published_words(published: Published) -> str:
    words = [_("Release %(number)d is published.") % {"number": published.release.number}]
    if published.moved:
        text = ngettext(
            "%(n)d mother goes on with it now.", "%(n)d mothers go on with it now.", published.moved
        )
        words.append(text % {"n": published.moved})
    if published.later:
        text = ngettext(
            "%(n)d mother comes to it with her next week.",
            "%(n)d mothers come to it with their next week.",
            published.later,
        )
        words.append(text % {"n": published.later})
    return " ".join(words)
