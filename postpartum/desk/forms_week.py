"""The form of a week, whose education point may carry an article of this site."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models import Article
from common.choices import LongSelect
from programs.admin.media_form import VideoForm
from programs.models import Week


class WeekForm(VideoForm):
    """A week with its education point, and an article and a video to go with it."""

    article_slug = forms.ChoiceField(
        label=_("Article to read"),
        required=False,
        widget=LongSelect,
        help_text=_("Published articles only."),
        error_messages={"invalid_choice": _("This article is not published. Please choose another one.")},
    )

    class Meta:
        model = Week
        exclude = ["loaded_digest"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["video_file"].help_text = _("MP4 or WebM, at most 80 MB.")
        published = Article.objects.published(timezone.now()).order_by("title")
        self.titles = dict(published.values_list("slug", "title"))
        if self.instance.article_slug:  # stays chosen where it is not published any more
            self.titles.setdefault(self.instance.article_slug, self.instance.article_title)
        field = cast(forms.ChoiceField, self.fields["article_slug"])
        field.choices = [("", _("None")), *self.titles.items()]

    def save(self, commit: bool = True) -> Any:
        """Save the week with the title of its article as it is now."""
        self.instance.article_title = self.titles.get(self.cleaned_data["article_slug"], "")
        return super().save(commit)
