"""Exercises, sessions and weeks: what the therapist edits, and the releases she publishes."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.models import Exercise, Milestone, Phase, Prescription, Program, Release, Session, Week
from programs.services.publishing import publish


@admin.register(Exercise)
class ExerciseAdmin(admin.ModelAdmin):
    """One exercise: words, cautions, doses, neighbours."""

    list_display = ["name", "focus", "position", "mode", "updated_at"]
    list_filter = ["focus", "position", "mode"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["easier_variant", "harder_variant"]


class PrescriptionInline(admin.TabularInline):
    """The exercises of a session with their doses."""

    model = Prescription
    extra = 0
    autocomplete_fields = ["exercise"]


@admin.register(Session)
class SessionAdmin(admin.ModelAdmin):
    """One session with its prescriptions."""

    list_display = ["key", "title", "kind", "week"]
    list_filter = ["kind"]
    list_select_related = ["week"]
    search_fields = ["key", "title"]
    inlines = [PrescriptionInline]


@admin.register(Week)
class WeekAdmin(admin.ModelAdmin):
    """A week's theme and education point."""

    list_display = ["number", "theme", "phase"]
    list_select_related = ["phase"]


class MilestoneInline(admin.StackedInline):
    """The self-checks that close a phase."""

    model = Milestone
    extra = 0


@admin.register(Phase)
class PhaseAdmin(admin.ModelAdmin):
    """A phase with its milestones."""

    list_display = ["number", "name", "goal"]
    inlines = [MilestoneInline]


@admin.register(Program)
class ProgramAdmin(admin.ModelAdmin):
    """The program; publishing makes a release that new members live."""

    list_display = ["name"]
    actions = ["publish"]

    @admin.action(description=gettext_lazy("Publish what is written now"))
    def publish(self, request, queryset):
        """Freeze each chosen program as a release, or say what is broken."""
        for program in queryset:
            try:
                release = publish(program, request.user, timezone.now())
            except ValidationError as error:
                self.message_user(request, " ".join(error.messages), messages.ERROR)
            else:
                self.message_user(request, _("Release %(number)d is published.") % {"number": release.number})


@admin.register(Release)
class ReleaseAdmin(admin.ModelAdmin):
    """Releases are for looking at: nothing about them can change."""

    list_display = ["program", "number", "published_at", "published_by"]
    list_select_related = ["program", "published_by"]
    fields = ["program", "number", "published_at", "published_by"]

    def get_queryset(self, request):
        """Without the plan, which is large and not shown."""
        return super().get_queryset(request).defer("plan")

    def has_add_permission(self, request):
        """A release comes from publishing only."""
        return False

    def has_change_permission(self, request, obj=None):
        """A release never changes."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Members live in it."""
        return False
