"""Pictures for articles."""

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from blog.models import Picture
from blog.services.pictures import PictureRefusedError, add_picture

REFUSED = {
    "too_big": _("This file is larger than 20 MB. Please choose a smaller one."),
    "too_large": _("This picture has too many pixels. Please make it smaller first."),
    "unreadable": _("This is not a picture we can read. Please choose a JPEG, PNG, WebP, AVIF or GIF."),
}


class PictureForm(forms.ModelForm):
    """A new picture with the words for those who cannot see it."""

    file = forms.FileField(
        label=_("Picture"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
        help_text=_("At most 20 MB."),
    )

    class Meta:
        model = Picture
        fields = ["alt"]

    def clean(self):
        """Make the picture already here, so that a file that is none is told beside its field."""
        words = super().clean()
        if self.errors:
            return words
        try:
            self.made = add_picture(words["file"], alt=words["alt"], now=timezone.now())
        except PictureRefusedError as refused:
            self.add_error("file", REFUSED[refused.code])
        return words

    def save(self, commit=True):
        """The picture is made by now."""
        return self.made

    def save_m2m(self):
        """There is nothing more to keep."""


@admin.register(Picture)
class PictureAdmin(admin.ModelAdmin):
    """Upload, then put the address into an article."""

    list_display = ["thumbnail", "alt", "address_to_copy", "uploaded_at"]
    search_fields = ["alt"]
    readonly_fields = ["thumbnail", "address_to_copy", "uploaded_at"]

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

    @admin.display(description=_("address to put into an article"))
    def address_to_copy(self, picture):
        """The page offers the other sizes by itself."""
        return format_html("<code>{}</code>", picture.get_absolute_url())
