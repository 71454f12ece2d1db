"""Admin of concerns: a list that links to the member's record, where a concern is resolved."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from common.desk_admin import DeskAdmin
from programs.models import Concern
from programs.rules.vocabulary import Urgency
from programs.wording.concerns import URGENCY_WORDS, concern_title


class SettledFilter(admin.SimpleListFilter):
    """Concerns that are settled, and those that are not."""

    title = _("settled")
    parameter_name = "settled"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        """Return yes and no."""
        return [("no", _("Not yet")), ("yes", _("Settled"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Concern]) -> QuerySet[Concern]:
        """Return the concerns chosen."""
        if self.value() not in ("no", "yes"):
            return queryset
        return queryset.filter(resolved_at__isnull=self.value() == "no")


class UrgencyFilter(admin.SimpleListFilter):
    """Concerns by how soon somebody should look at them."""

    title = _("how soon")
    parameter_name = "urgency"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        """Return the urgencies, the most pressing first."""
        return [(urgency.value, URGENCY_WORDS[urgency]) for urgency in URGENCY_WORDS]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Concern]) -> QuerySet[Concern]:
        """Return the concerns of the urgency chosen."""
        return queryset.filter(urgency=self.value()) if self.value() in {*Urgency} else queryset


@admin.register(Concern)
class ConcernAdmin(DeskAdmin):
    """All concerns, resolved ones too. Only the record shows what was reported, and logs the access to it."""

    list_display = ["about", "soon", "opened_at", "resolved_at", "resolved_by"]
    list_display_links = None
    list_filter = [SettledFilter, UrgencyFilter]
    list_select_related = ["participant__user", "resolved_by"]
    ordering = ["-opened_at"]

    @admin.display(description=_("concern"))
    def about(self, concern: Concern) -> SafeString:
        """Return a link to the member's record, or to the concern's own page if it is about no member."""
        whose = concern.participant.user if concern.participant else _("A reader")
        return format_html('<a href="{}">{}</a> · {}', _page(concern), whose, concern_title(concern.code))

    @admin.display(description=_("how soon"), ordering="urgency")
    def soon(self, concern: Concern) -> Any:
        """Return by when somebody should look at it, in words."""
        return URGENCY_WORDS[Urgency(concern.urgency)]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Redirect to the member's record, or to the concern's own page if it is about no member."""
        concern = self.get_object(request, object_id)
        if concern is None:  # Django's own method answers with a message and a redirect
            return super().change_view(request, object_id, form_url, extra_context)
        return redirect(_page(concern))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Redirect likewise: the record has every note."""
        return self.change_view(request, object_id, extra_context=extra_context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: a concern is only opened by the rules."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: a concern is resolved on the member's record, with a note."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: a concern is resolved, never deleted."""
        return False


def _page(concern: Concern) -> str:
    if concern.participant_id is None:
        return reverse("admin:desk_concern", args=[concern.pk])
    return reverse("admin:desk_member", args=[concern.participant_id])
