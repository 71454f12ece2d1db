"""Pictures for articles."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from blog.models import Picture

from .picking import PickingMixin
from .picture_form import PictureForm


@admin.register(Picture)
class PictureAdmin(PickingMixin, admin.ModelAdmin):
    """Upload; the editor offers them under “Browse…”."""

    list_display = ["thumbnail", "alt", "address_to_copy", "uploaded_at"]
    search_fields = ["alt"]
    readonly_fields = ["thumbnail", "address_to_copy", "uploaded_at", "uploader"]

    def get_form(self, request, obj=None, **kwargs):
        """The file is asked for once."""
        return super().get_form(request, obj, **({} if obj else {"form": PictureForm}) | kwargs)

    def get_fields(self, request, obj=None):
        """The file first, then what became of it."""
        return ["alt", *self.readonly_fields] if obj else ["file", "alt"]

    def save_model(self, request, picture, form, change):
        """Who brought it."""
        picture.uploaded_by = picture.uploaded_by or request.user
        picture.save()

    @admin.display(description=_("picture"))
    def thumbnail(self, picture):
        """Small."""
        address = picture.address(picture.widths[0], "webp")
        return format_html('<img src="{}" alt="" width="120" loading="lazy">', address)

    @admin.display(description=_("uploaded by"))
    def uploader(self, picture):
        """Who brought it; nobody any longer if that account was erased."""
        return picture.uploaded_by

    @admin.display(description=_("address to put into an article"))
    def address_to_copy(self, picture):
        """The page offers the other sizes by itself."""
        return format_html("<code>{}</code>", picture.get_absolute_url())
