"""The pose editor of an exercise's figure: joint angles in, a drawing out, saved as the exercise's own figure."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.edit_conflicts.conflicts import choices_in
from common.edit_conflicts.pages import ask_about_conflicts
from common.edit_conflicts.states import FIELD, THEIRS, state_of, written
from common.members import User
from programs.authoring.content import unit_of
from programs.figures import FigureError, key_poses
from programs.forms.figure import FigureForm
from programs.forms.figure_conflicts import ComparedFigure, merged
from programs.models import Exercise, FigureWoman, Program
from programs.pages.similar_figures import similar_figures
from programs.services.figures import save_figure

from .figure_preview import FigurePreviewMixin, begin_with, seen_pose
from .versioned import VersionedAdmin

LARGE = 12_000  # bytes; no drawing of the reviewed files is larger

# What a button does to the key poses: (figure, pose) → the new figure, and how far on the pose to look at is.
POSE_CHANGES: Mapping[str, tuple[Callable[[dict[str, Any], int], dict[str, Any]], int]] = {
    "copy": (key_poses.with_copy, 1),
    "remove": (key_poses.without, -1),
    "earlier": (lambda figure, pose: key_poses.moved(figure, pose, pose - 1), -1),
    "later": (lambda figure, pose: key_poses.moved(figure, pose, pose + 1), 1),
}


class FigureEditorMixin(FigurePreviewMixin, VersionedAdmin):
    """Admin mixin with the pose editor of an exercise.

    `?from=` names the exercise whose figure to begin with; without it, it is the exercise's own.
    """

    def get_urls(self) -> list[URLPattern]:
        """Add the URL of the editor."""
        editor = self.admin_site.admin_view(self.figure_editor)
        return [path("<int:pk>/figure/", editor, name="programs_exercise_figure"), *super().get_urls()]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def figure_editor(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the figure with all its numbers; change its key poses as `do` says; with `save`, save it."""
        exercise, form = self.figure_asked(request, pk)
        error = ""
        if form and request.method == "POST" and form.is_valid():
            try:
                if "save" in request.POST:
                    return self._save(request, exercise, form)
                form = _with_pose_change(form, request.POST.get("do", ""))
            except FigureError as problem:
                error = str(problem)
        return self._editor_page(request, exercise, form, error)

    def _editor_page(
        self, request: HttpRequest, exercise: Exercise, form: FigureForm | None, error: str
    ) -> HttpResponse:
        picture, problem = seen_pose(exercise, form) if form else (None, "")
        context = self.admin_site.each_context(request) | {
            "title": _("The figure of “%(name)s”") % {"name": exercise},
            "opts": self.opts,
            "original": exercise,
            "form": form,
            "begin_with": begin_with(request),
            "similar": similar_figures(exercise),
            "women": [(code, label.split(":")[0]) for code, label in FigureWoman.choices],
            "drawing": mark_safe(picture.svg) if picture else "",  # noqa: S308  # our own SVG; its name is escaped
            "edit_state": request.POST.get(FIELD) or written(state_of([ComparedFigure(exercise.figure)])),
            "error": error or problem,
        }
        status = 422 if error or (form and form.errors) else 200
        return TemplateResponse(request, "admin/programs/figure.html", context, status=status)

    def _save(self, request: HttpRequest, exercise: Exercise, form: FigureForm) -> HttpResponse:
        """Save the figure, or ask what to keep of what somebody else saved meanwhile.

        Raise FigureError if it cannot be drawn, or the exercise is not whole yet.
        """
        with transaction.atomic():
            stored = Exercise.objects.select_for_update().get(pk=exercise.pk).figure
            sent, compared = form.changed(), [ComparedFigure(stored)]
            asked = ask_about_conflicts(
                request,
                [ComparedFigure(stored, sent)],
                compared,
                lambda: self.last_save(request, exercise),
                exercise,
            )
            if asked:
                return asked
            kept = [part for part, choice in choices_in(request.POST).items() if choice == THEIRS]
            self._store(request, exercise, merged(stored, sent, kept))
        return redirect("admin:programs_exercise_figure", exercise.pk)

    def _store(self, request: HttpRequest, exercise: Exercise, figure: Mapping[str, Any]) -> None:
        program = Program.objects.order_by("pk").first()
        unit = unit_of(program, ("exercises", exercise.slug)) if program else None
        if program is None or unit is None or unit.part is None:
            raise FigureError(_("First fill in the rest of this exercise and save it. Then save the figure."))
        size = save_figure(program, unit.part, figure, cast(User, request.user), timezone.now())
        self.log_change(request, exercise, _("Figure changed"))
        messages.success(request, _("Saved. Mothers see it when you publish."))
        if size > LARGE:
            words = _(
                "It moves in many places at once, so its drawing is large (%(size)d KB). Smaller turns help."
            )
            messages.warning(request, words % {"size": round(size / 1000)})


def _with_pose_change(form: FigureForm, asked: str) -> FigureForm:
    """Return the form with its key poses changed, or as it is. Raise FigureError where that cannot be."""
    if asked not in POSE_CHANGES:
        return form
    change, onward = POSE_CHANGES[asked]
    pose = form.cleaned_data["pose"]
    figure = change(form.changed(), pose)
    seen = max(0, min(pose + onward, len(figure["poses"]) - 1))
    return FigureForm(figure, form.cleaned_data["woman"], pose=seen, both=form.cleaned_data["both"])
