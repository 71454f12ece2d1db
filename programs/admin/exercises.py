"""Admin of exercises, with a real form field for each of their JSON columns."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from common.autocomplete import AutocompleteMixin
from programs.labels import choices
from programs.models import Exercise
from programs.pages.figures import addresses_of
from programs.plan import Where
from programs.rules.vocabulary import Equipment, SafetyFlag

from .exercise_tables import CautionsField, CautionsWidget, DosesField
from .exercise_view import MemberViewMixin
from .figure_editor import FigureEditorMixin
from .media_form import MediaForm, photo_html, video_html
from .voice import VoicedAdmin
from .widgets import LinesField, PlacedTextsField, PlacedTextsWidget, line_numbers

PLACES = [("why", _("Why")), ("easier", _("Easier")), ("harder", _("Harder"))]


class ExerciseForm(MediaForm):
    """One exercise: its texts, cautions, doses and neighbours."""

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
        exclude = ["figure", "loaded_digest"]  # written by the drawing rig and by the content files

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Exercise.objects.exclude(pk=self.instance.pk).order_by("name")
        cautions = cast(CautionsWidget, self.fields["safety"].widget)
        cautions.exercises = list(others.values_list("slug", "name"))
        replacements = cast(PlacedTextsWidget, self.fields["no_baby_text"].widget)
        replacements.places = [
            *PLACES,
            *_numbered(self, "steps", _("Step")),
            *_numbered(self, "form_cues", _("Form cue")),
            *_cautions(),
        ]


def _numbered(form: ExerciseForm, place: str, text: Any) -> list[tuple[str, str]]:
    return [(f"{place}/{number}", f"{text} {number}") for number in line_numbers(form, place)]


def _cautions() -> list[tuple[str, Any]]:
    return [(f"safety/{flag}", text) for flag, text in choices(SafetyFlag)]


@admin.register(Exercise)
class ExerciseAdmin(FigureEditorMixin, MemberViewMixin, AutocompleteMixin, VoicedAdmin):
    """One exercise: texts, cautions, doses, neighbours, photograph and video."""

    add_words = _("New exercise")

    class Media:
        js = ["js/desk/lines.js", "js/desk/tabs.js", "js/desk/member-view.js"]

    change_form_template = "admin/programs/exercise_change_form.html"
    voices = {"voice": _("Before she begins")}
    form = ExerciseForm
    list_display = ["name", "focus", "position", "mode", "updated_at"]
    list_filter = ["focus", "position", "mode"]
    ordering = ["name"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["easier_variant", "harder_variant"]
    readonly_fields = ["picture", "own_photo", "own_video"]
    fieldsets = [
        (
            _("Words"),
            {
                "fields": [
                    "name",
                    "slug",
                    "why",
                    "steps",
                    "inhale_cue",
                    "exhale_cue",
                    "form_cues",
                    "common_mistake",
                ]
            },
        ),
        (
            _("About it"),
            {
                "fields": [
                    "focus",
                    "position",
                    "equipment",
                    "mode",
                    "sides",
                    "side_note",
                    "tags",
                    "no_baby_text",
                ]
            },
        ),
        (_("Doses"), {"fields": ["doses"]}),
        (_("Cautions and swaps"), {"fields": ["safety"]}),
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
        (_("Figure"), {"fields": ["picture"]}),
        (
            _("Photograph and video"),
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
    ]

    def where(self, row: Any) -> Where:
        """Identify an exercise by its slug."""
        return ("exercises", row.slug)

    def anchor_of(self, where: Where) -> str:
        """Return the anchor of the tab with the field that a remark is about."""
        field = {"figure": "picture"}.get(str(where[2]), where[2]) if len(where) > 2 else ""
        tabs = enumerate(self.fieldsets, start=1)
        return next((f"#part-{number}" for number, (_name, tab) in tabs if field in tab["fields"]), "")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Fix the slug of an existing exercise: sessions and bookmarks depend on it."""
        return [*self.readonly_fields, "slug"] if obj else self.readonly_fields

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Sequence[str]]:
        """Derive the slug of a new exercise from its name."""
        return {} if obj else {"slug": ["name"]}

    @admin.display(description=_("Figure"))
    def picture(self, exercise: Exercise) -> Any:
        """Return the moving figure as HTML."""
        address = addresses_of(exercise).moving
        if not address:
            return _("There is no figure of this exercise yet.")
        return format_html('<img class="d-figure" src="{}" alt="" width="400" height="300">', address)

    @admin.display(description=_("Photograph now"))
    def own_photo(self, exercise: Exercise) -> Any:
        """Return the therapist's own photograph as HTML."""
        return photo_html(exercise) or _("None: the drawn figure is shown.")

    @admin.display(description=_("Video now"))
    def own_video(self, exercise: Exercise) -> Any:
        """Return the therapist's own video as HTML."""
        return video_html(exercise) or _("None.")
