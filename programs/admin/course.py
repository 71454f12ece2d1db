"""Admin of weeks, phases, the texts of the program, and its releases."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from common.desk_admin import DeskAdmin, DeskStackedInline
from programs.labels import choices
from programs.models import Milestone, Phase, Program, Release, Week
from programs.plan import Where
from programs.rules.vocabulary import Weekday

from .media_form import video_html
from .versioned import VersionedAdmin
from .widgets import FlagTextsField, LinesField, PlacedTextsField, PlacedTextsWidget, line_numbers


class WeekAdmin(VersionedAdmin):
    """A week's theme and education point. Registered by postpartum.admin, whose form also knows the articles."""

    add_words = _("New week")
    list_display = ["__str__", "phase"]
    list_select_related = ["phase"]
    readonly_fields = ["own_video"]
    fieldsets = [
        (None, {"fields": ["phase", "number", "theme", "education"]}),
        (
            _("To read or to watch"),
            {
                "description": _("It goes with the education point, once you publish."),
                "fields": [
                    "article_slug",
                    "own_video",
                    "video_file",
                    "captions_file",
                    "no_speech",
                    "video_remove",
                ],
            },
        ),
        (_("Walking"), {"fields": ["walking_minutes", "walking_days", "walking_note"]}),
        (
            _("When her baby is not with her"),
            {
                "description": _("With another education point, the article and the video are left out."),
                "fields": ["theme_no_baby", "education_no_baby"],
            },
        ),
    ]

    @admin.display(description=_("Video now"))
    def own_video(self, week: Week) -> Any:
        """Return the week's video as HTML."""
        return video_html(week) or _("None.")

    def where(self, row: Any) -> Where:
        """Identify a week by its number."""
        return ("weeks", row.number)

    def program_of(self, row: Any) -> Program | None:
        """Return the program of its phase."""
        return row.phase.program if row.phase_id else None


class MilestoneForm(forms.ModelForm):
    """One milestone, with alternative texts by safety flag."""

    text_by_flag = FlagTextsField(label=_("Other words"), required=False)


class MilestoneInline(DeskStackedInline):
    """The milestones of a phase."""

    add_words = _("Add a milestone")
    model = Milestone
    form = MilestoneForm
    extra = 0
    prepopulated_fields = {"slug": ["text"]}


@admin.register(Phase)
class PhaseAdmin(VersionedAdmin):
    """A phase with its milestones."""

    add_words = _("New phase")
    list_display = ["__str__", "goal"]
    inlines = [MilestoneInline]

    def where(self, row: Any) -> Where:
        """Identify a phase by its number."""
        return ("phases", row.number)

    def program_of(self, row: Any) -> Program | None:
        """Return its own program."""
        return row.program if row.program_id else None


class ProgramForm(forms.ModelForm):
    """The texts of the program as a whole; lists have one input for each item, because items contain commas."""

    not_for = LinesField(label=_("What it is not for"), required=False)
    suggested_days = forms.MultipleChoiceField(
        label=_("Days suggested for sessions"),
        choices=choices(Weekday),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    cesarean_guidance = LinesField(label=_("After a cesarean"), required=False)
    no_baby_text = PlacedTextsField(
        label=_("Other words"),
        required=False,
        help_text=_("For mothers whose baby is not with them: which text, and the words instead."),
    )
    cesarean_rules = LinesField(label=_("What the rules do after a cesarean"), required=False)
    safety_flags = FlagTextsField(label=_("What the safety flags mean"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = cast(PlacedTextsWidget, self.fields["no_baby_text"].widget)
        widget.places = [
            (f"cesarean_guidance/{number}", _("After a cesarean, line %(number)d") % {"number": number})
            for number in line_numbers(self, "cesarean_guidance")
        ]


@admin.register(Program)
class ProgramAdmin(VersionedAdmin):
    """The texts of the program as a whole."""

    add_words = _("New program")

    class Media:
        js = ["js/desk/lines.js"]

    form = ProgramForm
    list_display = ["name"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "subtitle", "audience", "not_for"]}),
        (_("Days and amount"), {"fields": ["suggested_days", "hours_between_sessions", "volume_note"]}),
        (
            _("For some mothers"),
            {"fields": ["cesarean_guidance", "no_baby_note", "no_baby_text"]},
        ),
        (
            _("For clinicians"),
            {
                "description": _("They stand on the page that a mother prints for her clinician."),
                "fields": ["version", "review_note", "cesarean_rules", "safety_flags"],
            },
        ),
    ]

    def where(self, row: Any) -> Where:
        """Identify the only such part of a program."""
        return ("about",)

    def program_of(self, row: Any) -> Program | None:
        """Return the row itself."""
        return row if row.pk else None


@admin.register(Release)
class ReleaseAdmin(DeskAdmin):
    """Releases, read-only."""

    list_display = ["program", "number", "published_at", "published_by"]
    list_select_related = ["program", "published_by"]
    fields = ["program", "number", "published_at", "published_by"]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Release]":
        """Defer the plan, which is large and not shown."""
        return super().get_queryset(request).defer("plan")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: a release is only made by publishing."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: a release is immutable."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: enrollments reference a release."""
        return False
