"""What the editor asks for images: a popup to choose or upload one, and a place for pasted ones."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from blog.models import Picture
from common.members import signed_in_user
from common.pictures import PictureRefusedError

from .picture_form import PastedPictureForm, PictureForm

SHOWN = 60


class PickingMixin(admin.ModelAdmin):
    """Adds the page that the editor's “Browse…” opens, and what stores a pasted image."""

    def get_urls(self) -> list[URLPattern]:
        """Add the popup, and the URL that stores pasted images."""
        pick = path("pick/", self.admin_site.admin_view(self.pick_view), name="blog_picture_pick")
        pasted = path("pasted/", self.admin_site.admin_view(self.pasted_view), name="blog_picture_pasted")
        return [pick, pasted, *super().get_urls()]

    def pick_view(self, request: HttpRequest) -> HttpResponse:
        """List the newest images, or those whose description matches ?q=, with an upload form."""
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

    @method_decorator(require_POST)
    def pasted_view(self, request: HttpRequest) -> JsonResponse:
        """Store an image out of a pasted text: its URL as JSON, or 422 for what is no image."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = PastedPictureForm(request.POST, request.FILES)
        if not form.is_valid():
            return JsonResponse({}, status=422)
        try:
            picture = form.save(signed_in_user(request))
        except PictureRefusedError:
            return JsonResponse({}, status=422)
        return JsonResponse({"src": picture.get_absolute_url()})
