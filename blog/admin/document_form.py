"""The upload form of a document."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models import Document
from blog.services.documents import add_document
from common.documents import ENDINGS, DocumentRefusedError
from common.kept_uploads import KeptFileField, KeptFileInput

REFUSED = {
    "document_kind": _(
        "This is not a kind of document we keep. Please choose a PDF, or a file of an office program."
    ),
    "document_too_big": _("This file is larger than 50 MB. Please choose a smaller one."),
    "document_damaged": _(
        "This file is not what its name says. Please open it yourself, save it again, and try once more."
    ),
}


class DocumentForm(forms.ModelForm):
    """A file for readers to download."""

    file = KeptFileField(
        label=_("Document"),
        widget=KeptFileInput(attrs={"accept": ",".join(ENDINGS)}),
        help_text=_("A PDF or a file of an office program, at most 50 MB. Readers download it as it is."),
    )

    class Meta:
        model = Document
        fields: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        """Store the document during validation, so that an invalid file is reported at its field."""
        super().clean()
        data = self.cleaned_data
        if self.errors:
            return data
        try:
            self.made = add_document(data["file"], name=data["file"].name, now=timezone.now())
        except DocumentRefusedError as refused:
            self.add_error("file", REFUSED[refused.code])
        return data

    def save(self, commit: bool = True) -> Document:
        """Return the document that `clean` created."""
        return self.made

    def save_m2m(self) -> None:
        """Do nothing; the admin requires this method."""
