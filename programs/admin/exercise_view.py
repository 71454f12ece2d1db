"""The exercise as a member would see it, drawn from the form while it is filled in; nothing is stored."""

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from programs.authoring.content import rows_as_plan
from programs.authoring.drafts import exercise_draft
from programs.models import Exercise, Program
from programs.pages.catalogue import cautions_of, doses_of


class MemberViewMixin(ModelAdmin):
    """Admin mixin with the page of an exercise as it would be after saving."""

    def get_urls(self) -> list[URLPattern]:
        """Add the URL of the view."""
        view = self.admin_site.admin_view(self.member_view)
        return [path("<int:pk>/view/", view, name="programs_exercise_view"), *super().get_urls()]

    @method_decorator(require_POST)
    @method_decorator(xframe_options_sameorigin)
    def member_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Return the page of the unsaved form, 422 with a sentence while the form is not complete."""
        exercise = get_object_or_404(Exercise, pk=pk)
        if not self.has_change_permission(request, exercise):
            raise PermissionDenied
        form = self.get_form(request, exercise, change=True)(request.POST, instance=exercise)
        found = exercise_draft(form.instance) if form.is_valid() else None
        program = Program.objects.order_by("pk").first()
        plan = rows_as_plan(program)[0] if program else None
        if found is None or plan is None:
            return HttpResponse(_("Something is not complete yet."), status=422, content_type="text/plain")
        context = {
            "exercise": found,
            "shows_harder": bool(found.harder_text),
            "easier": plan.exercises.get(found.easier_variant or ""),
            "harder": plan.exercises.get(found.harder_variant or ""),
            "cautions": cautions_of(found, plan),
            "doses": doses_of(found, plan),
        }
        return TemplateResponse(request, "programs/exercise.html", context)
