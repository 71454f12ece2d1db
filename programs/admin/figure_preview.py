"""Trying out the poses of an exercise's figure at the desk: joint angles in, a drawing out."""

import json

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from programs.figures import WOMEN, FigureError, draw_pose

LONGEST = 20_000  # bytes of a figure as it is written


class FigurePreviewMixin:
    """For the admin of exercises: an address that draws one pose of a figure, of which nothing is kept."""

    def get_urls(self):
        """The preview before the addresses Django's admin has."""
        view = self.admin_site.admin_view(self.figure_preview)
        return [path("figure-preview/", view, name="programs_exercise_figure_preview"), *super().get_urls()]

    @method_decorator(require_POST)
    def figure_preview(self, request):
        """An SVG of {"figure": …, "pose": 0, "woman": "ines"}; 400 with {"error": …} in words for who wrote it."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        try:
            asked = _asked(request.body)
            name, woman = str(asked.get("name") or _("This figure")), WOMEN.get(asked.get("woman"))
            svg = draw_pose(name, asked["figure"], asked.get("pose", 0), woman or WOMEN["ines"])
        except FigureError as error:
            return JsonResponse({"error": str(error)}, status=400)
        return HttpResponse(svg, content_type="image/svg+xml", headers={"Cache-Control": "no-store"})


def _asked(body):
    """What is asked for, as a dict with a figure in it. Raises FigureError."""
    if len(body) > LONGEST:
        raise FigureError(_("This figure is too long."))
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        asked = None
    if not isinstance(asked, dict) or not isinstance(asked.get("figure"), dict):
        raise FigureError(_("Write a figure as data: {“figure”: {“poses”: …}}."))
    return asked
