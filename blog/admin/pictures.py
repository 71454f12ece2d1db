"""Admin of images."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from blog.models import Picture
from common.desk_admin import DeskAdmin
from common.edit_conflicts.admin import EditConflictMixin
from common.members import User, signed_in_user

from .picking import PickingMixin
from .picture_form import PictureForm


@admin.register(Picture)
class PictureAdmin(PickingMixin, EditConflictMixin, DeskAdmin):
    """Images of articles; the editor offers them under “Browse…”."""

    add_words = _("New picture")
    list_display = ["thumbnail", "alt", "address_to_copy", "uploaded_at"]
    search_fields = ["alt"]
    readonly_fields = ["thumbnail", "address_to_copy", "uploaded_at", "uploader"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Use the upload form for a new image only."""
        return super().get_form(request, obj, change, **({} if obj else {"form": PictureForm}) | kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the upload fields for a new image, else its properties."""
        return ["alt", *self.readonly_fields] if obj else ["file", "alt"]

    def save_model(self, request: HttpRequest, picture: Picture, form: Any, change: bool) -> None:
        """Save the image with its uploader."""
        picture.uploaded_by = picture.uploaded_by or signed_in_user(request)
        picture.save()

    @admin.display(description=_("picture"))
    def thumbnail(self, picture: Picture) -> str:
        """Return a small preview."""
        address = picture.address(picture.widths[0], "webp")
        words = picture.alt or _("A picture without words")
        return format_html('<img src="{}" alt="{}" width="120" loading="lazy">', address, words)

    @admin.display(description=_("uploaded by"))
    def uploader(self, picture: Picture) -> User | None:
        """Return who uploaded it, None if the account was erased."""
        return picture.uploaded_by

    @admin.display(description=_("address to put into an article"))
    def address_to_copy(self, picture: Picture) -> str:
        """Return the URL to insert into an article."""
        return format_html("<code>{}</code>", picture.get_absolute_url())
