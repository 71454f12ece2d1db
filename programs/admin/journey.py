"""What members reported that the therapist must see. Read, and resolve with a note; nothing else."""

from django.contrib import admin
from django.utils import timezone

from programs.models import Concern


@admin.register(Concern)
class ConcernAdmin(admin.ModelAdmin):
    """Open concerns first, the most urgent on top."""

    list_display = ["code", "urgency", "opened_at", "resolved_at"]
    list_filter = [("resolved_at", admin.EmptyFieldListFilter), "urgency"]
    fields = ["code", "urgency", "facts", "opened_at", "note", "resolved_at", "resolved_by"]
    readonly_fields = ["code", "urgency", "facts", "opened_at", "resolved_at", "resolved_by"]
    show_full_result_count = False

    def has_add_permission(self, request):
        """A concern comes from what a member reported."""
        return False

    def has_delete_permission(self, request, obj=None):
        """A concern is resolved, never removed."""
        return False

    def save_model(self, request, obj, form, change):
        """A note resolves the concern."""
        if obj.note and not obj.resolved_at:
            obj.resolved_at, obj.resolved_by = timezone.now(), request.user
        super().save_model(request, obj, form, change)
