"""Pictures for articles."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from blog.models import Picture
from common.members import User, signed_in_user

from .picking import PickingMixin
from .picture_form import PictureForm


@admin.register(Picture)
class PictureAdmin(PickingMixin, admin.ModelAdmin):
    """Upload; the editor offers them under “Browse…”."""

    list_display = ["thumbnail", "alt", "address_to_copy", "uploaded_at"]
    search_fields = ["alt"]
    readonly_fields = ["thumbnail", "address_to_copy", "uploaded_at", "uploader"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The file is asked for once."""
        return super().get_form(request, obj, change, **({} if obj else {"form": PictureForm}) | kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The file first, then what became of it."""
        return ["alt", *self.readonly_fields] if obj else ["file", "alt"]

    def save_model(self, request: HttpRequest, picture: Picture, form: Any, change: bool) -> None:
        """Who brought it."""
        picture.uploaded_by = picture.uploaded_by or signed_in_user(request)
        picture.save()

    @admin.display(description=_("picture"))
    def thumbnail(self, picture: Picture) -> str:
        """Small."""
        address = picture.address(picture.widths[0], "webp")
        return format_html('<img src="{}" alt="" width="120" loading="lazy">', address)

    @admin.display(description=_("uploaded by"))
    def uploader(self, picture: Picture) -> User | None:
        """Who brought it; nobody any longer if that account was erased."""
        return picture.uploaded_by

    @admin.display(description=_("address to put into an article"))
    def address_to_copy(self, picture: Picture) -> str:
        """The page offers the other sizes by itself."""
        return format_html("<code>{}</code>", picture.get_absolute_url())
