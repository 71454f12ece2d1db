"""Choosing a picture from the editor, or uploading one there and then, in a window of its own."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from blog.models import Picture
from common.members import signed_in_user

from .picture_form import PictureForm

SHOWN = 60


class PickingMixin(admin.ModelAdmin):
    """For the admin of pictures: the page that the editor's “Browse…” opens."""

    def get_urls(self) -> list[URLPattern]:
        """Also: the page to pick from."""
        pick = path("pick/", self.admin_site.admin_view(self.pick_view), name="blog_picture_pick")
        return [pick, *super().get_urls()]

    def pick_view(self, request: HttpRequest) -> HttpResponse:
        """The newest pictures, or those whose words match ?q=, and a form for a new one, which then stands first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = PictureForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and self.has_add_permission(request) and form.is_valid():
            picture = form.save()
            picture.uploaded_by = signed_in_user(request)
            picture.save(update_fields=["uploaded_by"])
            return redirect(request.get_full_path())
        q = request.GET.get("q", "").strip()
        context = self.admin_site.each_context(request) | {
            "title": _("Choose a picture"),
            "is_popup": True,
            "form": form if self.has_add_permission(request) else None,
            "q": q,
            "number": request.GET.get("CKEditorFuncNum", ""),
            "pictures": Picture.objects.filter(alt__icontains=q)[:SHOWN],
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "blog/admin/pick.html", context, status=status)
