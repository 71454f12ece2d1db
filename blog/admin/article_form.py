"""The forms of an article and of a page."""

from typing import Any, cast

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorFormField

from blog.models import Article, Page, Version
from blog.sanitizing import clean_article, plain_text

# All that blog.sanitizing allows: what an import brought must outlive an edit.
EXTENSIONS = {
    "Heading": {"levels": [2, 3, 4]},
    "HeadingIds": True,
    "Anchor": True,
    "EditorLabel": True,
    "Bold": True,
    "Italic": True,
    "Underline": True,
    "Strike": True,
    "Subscript": True,
    "Superscript": True,
    "Code": True,
    "CodeBlock": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "Figure": {"pickerUrl": reverse_lazy("admin:blog_picture_pick")},
    "Caption": True,
    "Image": {"allowBase64": True},  # stands for a pasted picture until that is stored; never saved
    "Pasting": {
        "uploadUrl": reverse_lazy("admin:blog_picture_pasted"),
        "waiting": _("Bringing the pictures along …"),
        "missing": _(
            "Not every picture could come along. Its place is marked: put it in there with the picture button."
        ),
        "missingHere": _("[Picture missing: %s]"),
    },
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "SpecialCharacters": True,
}


class EditingForm(forms.ModelForm):
    """A text with a rich text editor; the submitted HTML is sanitized."""

    body = ProseEditorFormField(
        label=_("Text"), required=False, config={"extensions": EXTENSIONS}, sanitize=clean_article
    )

    version_name = forms.CharField(
        label=_("Name this version"),
        max_length=Version._meta.get_field("name").max_length,
        required=False,
        help_text=_("Only if you want to find it again later."),
    )
    restored_text: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        address = self.fields["slug"]
        address.required = False  # without one, it follows from the title
        address.error_messages["unique"] = _(
            "Another text of yours has this address. Please change it a little, by one more word for example."
        )
        self.stored_initial = dict(self.initial)
        self.initial.update(self.restored_text)

    def clean(self) -> dict[str, Any]:
        """Fill in the address. Refuse to publish a text without a word or picture."""
        super().clean()
        data = self.cleaned_data
        if data.get("title") and not data.get("slug") and "slug" not in self.errors:
            data["slug"] = slugify(data["title"])
            if not data["slug"]:
                self.add_error("slug", _("Please write an address with the letters a to z."))
        body = data.get("body", "")
        is_empty = not plain_text(body).strip() and "<img" not in body
        if data.get("status") == Article.Status.PUBLISHED and is_empty and "body" not in self.errors:
            self.add_error("body", _("There is nothing to read yet. Write something, or save it as a draft."))
        return data


class ArticleForm(EditingForm):
    """An article."""

    class Meta:
        model = Article
        fields = "__all__"  # noqa: DJ007 - the admin names the fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Keep the current author selectable: they may no longer be staff.
        authors = Q(is_staff=True) | Q(pk=self.instance.author_id)
        author = cast(forms.ModelChoiceField, self.fields["author"])
        author.queryset = get_user_model().objects.filter(authors)

    def clean(self) -> dict[str, Any]:
        """Default the time of publication to now."""
        super().clean()
        data = self.cleaned_data
        if data.get("status") == Article.Status.PUBLISHED and not data.get("published_at"):
            data["published_at"] = timezone.now()
        return data


class PageForm(EditingForm):
    """A page of the site."""

    class Meta:
        model = Page
        fields = ["title", "slug", "summary", "body", "status"]

    def clean(self) -> dict[str, Any]:
        """Set the time of publication, which no page shows, when it is first published."""
        super().clean()
        if self.cleaned_data.get("status") == Page.Status.PUBLISHED and not self.instance.published_at:
            self.instance.published_at = timezone.now()
        return self.cleaned_data
