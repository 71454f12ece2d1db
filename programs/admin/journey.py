"""What members reported that the therapist must see: a list that leads to the record, where it is settled."""

from django.contrib import admin
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from programs.models import Concern
from programs.wording.concerns import concern_title


@admin.register(Concern)
class ConcernAdmin(admin.ModelAdmin):
    """All concerns, settled ones too. Only the record shows what was reported, and writes down who looked."""

    list_display = ["about", "urgency", "opened_at", "resolved_at", "resolved_by"]
    list_display_links = None
    list_filter = [("resolved_at", admin.EmptyFieldListFilter), "urgency"]
    list_select_related = ["participant__user", "resolved_by"]
    ordering = ["-opened_at"]

    @admin.display(description=_("concern"))
    def about(self, concern):
        """Whose it is, as the way to her record; of a comment by somebody else, the way to that."""
        whose = concern.participant.user if concern.participant else _("A reader")
        return format_html('<a href="{}">{}</a> · {}', _page(concern), whose, concern_title(concern.code))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """A concern is read on her record, or on a page of its own where there is none."""
        concern = self.get_object(request, object_id)
        if concern is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return redirect(_page(concern))

    def has_add_permission(self, request):
        """A concern comes from what a member reported."""
        return False

    def has_change_permission(self, request, obj=None):
        """It is settled on her record, with a note."""
        return False

    def has_delete_permission(self, request, obj=None):
        """A concern is resolved, never removed."""
        return False


def _page(concern):
    if concern.participant_id is None:
        return reverse("admin:desk_concern", args=[concern.pk])
    return reverse("admin:desk_member", args=[concern.participant_id])
