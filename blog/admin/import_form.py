"""The upload form of an import."""

import zipfile
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from blog.importers.wordpress.rows.media import open_archive
from blog.models import ImportRun
from common.members import User

MAX_FILE_BYTES = 1_000_000_000
MAX_PICTURES_BYTES = 8_000_000_000


def _is_from_substack(file: UploadedFile) -> bool:
    """Return whether a ZIP is a Substack export, not a packed file of another format."""
    with zipfile.ZipFile(file) as packed:
        return any(name.rpartition("/")[2] == "posts.csv" for name in packed.namelist())


class ImportForm(forms.ModelForm):
    """The files to import, and the options."""

    keep_emails = forms.TypedChoiceField(
        label=_("Email addresses of people who commented"),
        choices=[("drop", _("Leave them out")), ("keep", _("Keep them, for me only"))],
        coerce=lambda word: word == "keep",
        widget=forms.RadioSelect,
        help_text=_(
            "They are never shown. Kept, they let the same person be known again. Network addresses are never kept."
        ),
    )
    mine = forms.BooleanField(label=_("I wrote all of these articles"), required=False)

    class Meta:
        model = ImportRun
        fields = ["file", "pictures", "keep_emails", "pages", "mine", "bring_back"]
        labels = {
            "file": _("The file from WordPress, Ghost or Substack"),
            "pictures": _("The pictures and documents, as a ZIP or TAR"),
            "bring_back": _("Also bring back articles I have deleted here since an earlier import"),
        }
        help_texts = {
            "file": _(
                "In WordPress: Tools → Export → All content; it ends in .xml. In Ghost: Settings → Migration tools → "
                "Export; it ends in .json. In Substack: Settings → Export; it ends in .zip."
            ),
            "pictures": _(
                "Optional. In WordPress.com: Tools → Export → Export media library; it ends in .tar. Elsewhere ask your web "
                "host for the folder wp-content/uploads, packed as a ZIP. Without it you get a list of what is missing, "
                "and can come again with the files."
            ),
        }
        widgets = {
            "file": forms.FileInput(
                attrs={"accept": ".xml,.json,.zip,text/xml,application/xml,application/json,application/zip"}
            ),
            "pictures": forms.FileInput(attrs={"accept": ".zip,.tar,application/zip,application/x-tar"}),
            "pages": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = True
        cast(forms.ChoiceField, self.fields["pages"]).choices = ImportRun.Pages.choices

    def clean_file(self) -> UploadedFile:
        """Check the size, and reject a ZIP that is not a Substack export."""
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE_BYTES:
            raise forms.ValidationError(_("This file is larger than 1 GB. Please export year by year."))
        if zipfile.is_zipfile(file) and not _is_from_substack(file):
            raise forms.ValidationError(_("This is a ZIP. Please unpack it and choose the .xml file in it."))
        file.seek(0)
        return file

    def clean_pictures(self) -> UploadedFile | None:
        """Check that the optional file is a ZIP or TAR of an acceptable size."""
        file = self.cleaned_data["pictures"]
        if not file:
            return file
        if file.size > MAX_PICTURES_BYTES:
            raise forms.ValidationError(
                _("This file is larger than 8 GB. Please bring the pictures in parts.")
            )
        if open_archive(file) is None:
            raise forms.ValidationError(_("This is neither a ZIP nor a TAR. Please pack the folder first."))
        file.seek(0)
        return file

    def waiting_run(self, user: User, *, dry_run: bool) -> ImportRun:
        """Save the run with its files, for the worker to start."""
        run = self.save(commit=False)
        run.file_name = self.cleaned_data["file"].name[:200]
        run.author = user if self.cleaned_data["mine"] else None
        run.started_by, run.dry_run = user, dry_run
        run.save()
        return run
