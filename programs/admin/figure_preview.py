"""The pictures of the pose editor while a figure is changed. Nothing here stores anything."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from common.lookups import row_or_404
from programs.authoring.content import unit_of
from programs.figures import WOMEN, FigureError, draw, woman_of
from programs.figures.dragging import dragged
from programs.figures.files import undrawn
from programs.figures.pose_picture import PosePicture, picture_of
from programs.figures.pulling import Drag
from programs.forms.figure import DragForm, FigureForm, read_signed, signed, values_of
from programs.forms.figure_ranges import JOINT_NAMES, limits_of
from programs.models import Exercise, Program
from programs.services.figures import first_tempo

NO_STORE = {"Cache-Control": "no-store"}
NO_PICTURE = PosePicture("", [])


class FigurePreviewMixin(ModelAdmin):
    """Admin mixin with the picture of a pose as it is edited, and of the whole figure moving."""

    def get_urls(self) -> list[URLPattern]:
        """Add the URLs of the two pictures."""
        preview = self.admin_site.admin_view(self.figure_preview)
        moving = self.admin_site.admin_view(self.figure_moving)
        return [
            path("<int:pk>/figure/preview/", preview, name="programs_exercise_figure_preview"),
            path("<int:pk>/figure/moving/<slug:woman>/", moving, name="programs_exercise_figure_moving"),
            *super().get_urls(),
        ]

    @method_decorator(require_POST)
    def figure_preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Return the pose looked at, with `joint` dragged to `x`, `y` if they are among the data.

        As JSON: {"drawing": SVG, "handles": [{"name", "label", "x", "y"}], "draft": the figure signed,
        "values": {name of a field: number}, "error": ""}, or {"drawing": "", "error": why it cannot be drawn}. What
        cannot be drawn is no failed request: a slider may pass through it on its way.
        """
        exercise, form = self.figure_asked(request, pk)
        if form is None:
            raise Http404
        try:
            answer = _previewed(exercise, form, request)
        except FigureError as error:
            answer = {"drawing": "", "error": str(error)}
        return JsonResponse(answer, headers=NO_STORE)

    @method_decorator(require_safe)
    def figure_moving(self, request: HttpRequest, pk: int, woman: str) -> HttpResponse:
        """Return the figure of the signed `draft` as a moving SVG, shown by this woman."""
        exercise = self.exercise_to_change(request, pk)
        figure = read_signed(request.GET.get("draft", ""))
        if figure is None or woman not in WOMEN:
            raise Http404
        program = Program.objects.order_by("pk").first()
        unit = unit_of(program, ("exercises", exercise.slug)) if program else None
        try:
            drawn = draw(
                exercise.name, figure, first_tempo(unit.part) if unit and unit.part else None, WOMEN[woman]
            )
        except FigureError as error:
            raise Http404(str(error)) from error
        return HttpResponse(drawn.moving, content_type="image/svg+xml", headers=NO_STORE)

    def exercise_to_change(self, request: HttpRequest, pk: int) -> Exercise:
        """Return the exercise; raise Http404 or PermissionDenied."""
        exercise = get_object_or_404(Exercise, pk=pk)
        if not self.has_change_permission(request, exercise):
            raise PermissionDenied
        return exercise

    def figure_asked(self, request: HttpRequest, pk: int) -> tuple[Exercise, FigureForm | None]:
        """Return the exercise and the form of the figure being edited; no form where there is none yet."""
        exercise, slug = self.exercise_to_change(request, pk), begin_with(request)
        source = row_or_404(Exercise, slug=slug) if slug else exercise
        figure = read_signed(request.POST.get("draft", "")) or undrawn(source.figure)
        if not figure:
            return exercise, None
        woman = woman_of(source.slug, source.figure).code
        return exercise, FigureForm(figure, woman, request.POST.dict() if request.method == "POST" else None)


def begin_with(request: HttpRequest) -> str:
    """Return the slug of the exercise whose figure to begin with, or ""."""
    return request.POST.get("from", request.GET.get("from", ""))


def seen_pose(exercise: Exercise, form: FigureForm) -> tuple[PosePicture, str]:
    """Return the picture of the pose looked at and "", or none and why it cannot be drawn."""
    try:
        if not form.is_bound:
            return picture_of(
                exercise.name, form.figure, form.initial["pose"], WOMEN[form.initial["woman"]]
            ), ""
        pose, woman = _asked_pose(form)
        return picture_of(exercise.name, form.changed(), pose, WOMEN[woman]), ""
    except FigureError as error:
        return NO_PICTURE, str(error)


def _previewed(exercise: Exercise, form: FigureForm, request: HttpRequest) -> dict[str, Any]:
    """Return what the preview answers. Raise FigureError where the pose cannot be drawn."""
    pose, code = _asked_pose(form)
    before, woman = form.changed(), WOMEN[code]
    figure, to = before, DragForm(request.POST)
    if to.is_valid():
        data = to.cleaned_data
        drag = Drag(pose, data["joint"], (data["x"], data["y"]), form.cleaned_data["both"])
        figure = dragged(exercise.name, before, drag, limits_of, woman)
    picture = picture_of(exercise.name, figure, pose, woman, before)
    handles = [one._asdict() | {"label": str(JOINT_NAMES[one.name])} for one in picture.handles]
    return {
        "drawing": picture.svg,
        "error": "",
        "handles": handles,
        "draft": signed(figure),
        "values": values_of(figure),
    }


def _asked_pose(form: FigureForm) -> tuple[int, str]:
    """Return the pose and the woman of a bound form. Raise FigureError with what is wrong in its fields."""
    if form.is_valid():
        return form.cleaned_data["pose"], form.cleaned_data["woman"]
    raise FigureError(
        " ".join(
            f"{form.fields[name].label}: {words[0]}" if name in form.fields else str(words[0])
            for name, words in form.errors.items()
        )
    )
