"""Serves documents as downloads."""

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from blog.models import Document
from blog.services.documents import document_path
from common.documents import KINDS, ending_of
from common.stored_files import file_response


@csp_replace({"default-src": [NONE], "sandbox": True})  # type: ignore[arg-type]  # takes any view
@require_safe
def document(request: HttpRequest, key: str, name: str) -> FileResponse:
    """Serve a document as an attachment: even if a browser showed it, it would run nothing and be of no origin."""
    found = get_object_or_404(Document, key=key, name=name)
    content_type, _ = KINDS[ending_of(found.name)]
    response = file_response(found.key, document_path(found.key), content_type)
    response["Content-Disposition"] = content_disposition_header(True, found.name)
    return response
