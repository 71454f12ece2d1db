"""Preview of a pose of an exercise's figure: joint angles in, a drawing out."""

import json
from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from programs.figures import WOMEN, FigureError, draw_pose

MAX_BYTES = 20_000  # of the request's JSON


class FigurePreviewMixin(ModelAdmin):
    """Admin mixin with a view that draws one pose of a figure and stores nothing."""

    def get_urls(self) -> list[URLPattern]:
        """Add the URL of the preview."""
        view = self.admin_site.admin_view(self.figure_preview)
        return [path("figure-preview/", view, name="programs_exercise_figure_preview"), *super().get_urls()]

    @method_decorator(require_POST)
    def figure_preview(self, request: HttpRequest) -> HttpResponse:
        """Return an SVG of {"figure": …, "pose": 0, "woman": "ines"}; 400 with {"error": …} for an invalid figure."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        try:
            asked = _asked(request.body)
            name, woman = str(asked.get("name") or _("This figure")), WOMEN.get(str(asked.get("woman")))
            svg = draw_pose(name, asked["figure"], asked.get("pose", 0), woman or WOMEN["ines"])
        except FigureError as error:
            return JsonResponse({"error": str(error)}, status=400)
        return HttpResponse(svg, content_type="image/svg+xml", headers={"Cache-Control": "no-store"})


def _asked(body: bytes) -> dict[str, Any]:
    """Parse the request, a dict with a figure in it. Raise FigureError if it is none."""
    if len(body) > MAX_BYTES:
        raise FigureError(_("This figure is too long."))
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        asked = None
    if not isinstance(asked, dict) or not isinstance(asked.get("figure"), dict):
        raise FigureError(_("Write a figure as data: {“figure”: {“poses”: …}}."))
    return asked
