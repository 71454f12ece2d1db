"""Admin of documents."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from blog.models import Document
from blog.services.documents import delete_documents
from common.desk_admin import DeskAdmin
from common.members import signed_in_user

from .document_form import DocumentForm


@admin.register(Document)
class DocumentAdmin(DeskAdmin):
    """Documents that articles link to: uploaded here or brought in from an old blog, never edited."""

    add_words = _("New document")
    form = DocumentForm
    fields = ["file"]
    list_display = ["name", "readable_size", "address_to_copy", "uploaded_at"]
    search_fields = ["name"]

    def has_change_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        """Deny it: another file is another document."""
        return False

    def get_fields(self, request: HttpRequest, obj: Document | None = None) -> Any:
        """Return the upload field for a new document, else its properties."""
        return self.list_display if obj else self.fields

    def save_model(self, request: HttpRequest, document: Document, form: Any, change: bool) -> None:
        """Save the document with its uploader."""
        document.uploaded_by = document.uploaded_by or signed_in_user(request)
        document.save()

    def delete_model(self, request: HttpRequest, document: Document) -> None:
        """Delete the document and its file."""
        delete_documents([document])

    def delete_queryset(self, request: HttpRequest, documents: Any) -> None:
        """Delete the documents and their files."""
        delete_documents(documents)

    @admin.display(description=_("size"), ordering="size")
    def readable_size(self, document: Document) -> str:
        """Return the size with its unit."""
        return filesizeformat(document.size)

    @admin.display(description=_("address to link to from an article"))
    def address_to_copy(self, document: Document) -> str:
        """Return the URL to link to, which downloads it."""
        return format_html('<a href="{0}">{0}</a>', document.get_absolute_url())
