"""The course around the sessions: weeks, phases, the words of the program, and the releases made of them."""

from django.contrib import admin

from programs.models import Milestone, Phase, Program, Release, Week

from .versioned import VersionedAdmin


@admin.register(Week)
class WeekAdmin(VersionedAdmin):
    """A week's theme and education point."""

    list_display = ["number", "theme", "phase"]
    list_select_related = ["phase"]

    def where(self, row):
        """Weeks are named by their number."""
        return ("weeks", row.number)

    def program_of(self, row):
        """That of its phase."""
        return row.phase.program if row.phase_id else None


class MilestoneInline(admin.StackedInline):
    """The self-checks that close a phase."""

    model = Milestone
    extra = 0
    prepopulated_fields = {"slug": ["text"]}


@admin.register(Phase)
class PhaseAdmin(VersionedAdmin):
    """A phase with its milestones."""

    list_display = ["number", "name", "goal"]
    inlines = [MilestoneInline]

    def where(self, row):
        """Phases are named by their number."""
        return ("phases", row.number)

    def program_of(self, row):
        """Its own."""
        return row.program if row.program_id else None


@admin.register(Program)
class ProgramAdmin(VersionedAdmin):
    """The words of the program as a whole."""

    list_display = ["name"]

    def where(self, row):
        """There is one such part in a program."""
        return ("about",)

    def program_of(self, row):
        """Itself."""
        return row if row.pk else None


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
