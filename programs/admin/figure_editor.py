"""The pose editor of an exercise's figure: joint angles in, a drawing out, saved as the exercise's own figure."""

from typing import cast

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.lookups import row_or_404
from common.members import User
from programs.authoring.content import unit_of
from programs.figures import WOMEN, FigureError, draw_pose, woman_of
from programs.figures.files import undrawn
from programs.forms.figure import FigureForm
from programs.models import Exercise, Program
from programs.services.figures import save_figure

LARGE = 12_000  # bytes; no drawing of the reviewed files is larger


class FigureEditorMixin(ModelAdmin):
    """Admin mixin with the pose editor of an exercise and its preview, which stores nothing.

    `?from=` names the exercise whose figure to begin with; without it, it is the exercise's own.
    """

    def get_urls(self) -> list[URLPattern]:
        """Add the URLs of the editor and its preview."""
        editor, preview = map(self.admin_site.admin_view, (self.figure_editor, self.figure_preview))
        return [
            path("<int:pk>/figure/", editor, name="programs_exercise_figure"),
            path("<int:pk>/figure/preview/", preview, name="programs_exercise_figure_preview"),
            *super().get_urls(),
        ]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def figure_editor(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the figure with all its numbers; with `save` among the data posted, save it."""
        exercise, form = self._asked(request, pk)
        error = ""
        if form and request.method == "POST" and form.is_valid() and "save" in request.POST:
            try:
                self._save(request, exercise, form)
                return redirect("admin:programs_exercise_figure", pk)
            except FigureError as problem:
                error = str(problem)
        drawing, problem_seen = _drawing(exercise, form) if form else ("", "")
        context = self.admin_site.each_context(request) | {
            "title": _("The figure of “%(name)s”") % {"name": exercise},
            "opts": self.opts,
            "original": exercise,
            "form": form,
            "begin_with": _begin_with(request),
            "others": Exercise.objects.exclude(figure={}).order_by("name").values_list("slug", "name"),
            "drawing": mark_safe(drawing),  # noqa: S308  # our own SVG; the name in it is escaped
            "error": error or problem_seen,
        }
        status = 422 if error or (form and form.errors) else 200
        return TemplateResponse(request, "admin/programs/figure.html", context, status=status)

    @method_decorator(require_POST)
    def figure_preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Return {"drawing": the pose looked at as SVG, "error": why it cannot be drawn}, one of them "".

        What cannot be drawn is no failed request: a slider may pass through it on its way.
        """
        exercise, form = self._asked(request, pk)
        if form is None:
            raise Http404
        drawing, error = _drawing(exercise, form)
        headers = {"Cache-Control": "no-store"}
        return JsonResponse({"drawing": drawing, "error": error}, headers=headers)

    def _asked(self, request: HttpRequest, pk: int) -> tuple[Exercise, FigureForm | None]:
        """Return the exercise and the form of the figure to begin with; no form where there is none yet."""
        exercise = get_object_or_404(Exercise, pk=pk)
        if not self.has_change_permission(request, exercise):
            raise PermissionDenied
        slug = _begin_with(request)
        source = row_or_404(Exercise, slug=slug) if slug else exercise
        if not source.figure:
            return exercise, None
        woman = woman_of(source.slug, source.figure).code
        data = request.POST.dict() if request.method == "POST" else None
        return exercise, FigureForm(undrawn(source.figure), woman, data)

    def _save(self, request: HttpRequest, exercise: Exercise, form: FigureForm) -> None:
        """Save the figure. Raise FigureError if it cannot be drawn, or the exercise is not whole yet."""
        program = Program.objects.order_by("pk").first()
        unit = unit_of(program, ("exercises", exercise.slug)) if program else None
        if program is None or unit is None or unit.part is None:
            raise FigureError(_("First fill in the rest of this exercise and save it. Then save the figure."))
        size = save_figure(program, unit.part, form.changed(), cast(User, request.user), timezone.now())
        self.log_change(request, exercise, _("Figure changed"))
        messages.success(request, _("Saved. Mothers see it when you publish."))
        if size > LARGE:
            words = _(
                "It moves in many places at once, so its drawing is large (%(size)d KB). Smaller turns help."
            )
            messages.warning(request, words % {"size": round(size / 1000)})


def _begin_with(request: HttpRequest) -> str:
    """Return the slug of the exercise whose figure to begin with, or ""."""
    return request.POST.get("from", request.GET.get("from", ""))


def _drawing(exercise: Exercise, form: FigureForm) -> tuple[str, str]:
    """Return the pose looked at as SVG and "", or "" and why it cannot be drawn."""
    if form.is_bound and not form.is_valid():
        errors = [
            f"{form.fields[name].label}: {words[0]}" if name in form.fields else words[0]
            for name, words in form.errors.items()
        ]
        return "", " ".join(map(str, errors))
    try:
        if not form.is_bound:
            woman = WOMEN[form.initial["woman"]]
            return draw_pose(exercise.name, form.figure, form.initial["pose"], woman), ""
        return draw_pose(
            exercise.name, form.changed(), form.cleaned_data["pose"], WOMEN[form.cleaned_data["woman"]]
        ), ""
    except FigureError as error:
        return "", str(error)
