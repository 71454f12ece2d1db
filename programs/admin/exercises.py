"""Exercises as she writes them: real fields instead of data."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from programs.labels import choices
from programs.models import Exercise
from programs.pages.figures import addresses_of
from programs.rules.vocabulary import Equipment, SafetyFlag

from .exercise_tables import CautionsField, DosesField
from .figure_preview import FigurePreviewMixin
from .media_form import MediaForm, shown_photo, shown_video
from .versioned import VersionedAdmin
from .widgets import LinesField, PlacedTextsField

PLACES = [("why", _("Why")), ("easier", _("Easier")), ("harder", _("Harder"))]
MOST_LINES = 12


class ExerciseForm(MediaForm):
    """One exercise: its words, cautions, doses and neighbours."""

    equipment = forms.MultipleChoiceField(
        label=_("Equipment"), choices=choices(Equipment), widget=forms.CheckboxSelectMultiple
    )
    steps = LinesField(label=_("Steps"))
    form_cues = LinesField(label=_("Form cues"), required=False)
    tags = LinesField(label=_("Tags"), required=False)
    safety = CautionsField(label=_("Cautions and swaps"))
    doses = DosesField(label=_("Doses"))
    harder_never_with = forms.MultipleChoiceField(
        label=_("Never the harder way with"),
        choices=choices(SafetyFlag),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    no_baby_text = PlacedTextsField(
        label=_("Other words"),
        required=False,
        help_text=_("For mothers whose baby is not with them: which text, and the words instead."),
    )

    class Meta:
        model = Exercise
        exclude = ["figure", "loaded_digest"]  # what is drawn, and what files wrote

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = Exercise.objects.exclude(pk=self.instance.pk).order_by("name")
        self.fields["safety"].widget.exercises = list(others.values_list("slug", "name"))
        self.fields["no_baby_text"].widget.places = [
            *PLACES,
            *_numbered("steps", _("Step")),
            *_numbered("form_cues", _("Form cue")),
            *_cautions(),
        ]


def _numbered(place, words):
    return [(f"{place}/{number}", f"{words} {number}") for number in range(1, MOST_LINES + 1)]


def _cautions():
    return [(f"safety/{flag}", words) for flag, words in choices(SafetyFlag)]


@admin.register(Exercise)
class ExerciseAdmin(FigurePreviewMixin, VersionedAdmin):
    """One exercise: words, cautions, doses, neighbours."""

    class Media:
        js = ["js/desk/lines.js"]

    form = ExerciseForm
    list_display = ["name", "focus", "position", "mode", "updated_at"]
    list_filter = ["focus", "position", "mode"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["easier_variant", "harder_variant"]
    readonly_fields = ["picture", "own_photo", "own_video"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "name",
                    "slug",
                    "picture",
                    "focus",
                    "position",
                    "equipment",
                    "mode",
                    "sides",
                    "side_note",
                ]
            },
        ),
        (
            _("What she reads"),
            {"fields": ["why", "steps", "inhale_cue", "exhale_cue", "form_cues", "common_mistake"]},
        ),
        (
            _("Easier and harder"),
            {
                "fields": [
                    "easier_text",
                    "easier_variant",
                    "harder_text",
                    "harder_variant",
                    "harder_from_phase",
                    "harder_never_with",
                    "harder_not_with_hypermobility",
                ]
            },
        ),
        (
            _("Your own photograph or video"),
            {
                "description": _("They take the place of the drawn figure, when you publish."),
                "fields": [
                    "own_photo",
                    "photo_file",
                    "photo_alt",
                    "photo_remove",
                    "own_video",
                    "video_file",
                    "captions_file",
                    "no_speech",
                    "video_remove",
                ],
            },
        ),
        (_("Cautions and swaps"), {"fields": ["safety"]}),
        (_("Doses"), {"fields": ["doses"]}),
        (_("Other words"), {"fields": ["no_baby_text", "tags"]}),
    ]

    def where(self, row):
        """Exercises are named by their slug."""
        return ("exercises", row.slug)

    def get_readonly_fields(self, request, obj=None):
        """Its address never changes: sessions and bookmarks rely on it."""
        return [*self.readonly_fields, "slug"] if obj else self.readonly_fields

    def get_prepopulated_fields(self, request, obj=None):
        """A new one is named by its words."""
        return {} if obj else {"slug": ["name"]}

    @admin.display(description=_("Figure"))
    def picture(self, exercise):
        """The moving figure as she sees it."""
        address = addresses_of(exercise).moving
        if not address:
            return _("There is no figure of this exercise yet.")
        return format_html('<img class="d-figure" src="{}" alt="" width="400" height="300">', address)

    @admin.display(description=_("Photograph now"))
    def own_photo(self, exercise):
        """Her own photograph."""
        return shown_photo(exercise) or _("None: the drawn figure is shown.")

    @admin.display(description=_("Video now"))
    def own_video(self, exercise):
        """Her own video."""
        return shown_video(exercise) or _("None.")
