"""Admin of sessions with their prescriptions, which are sorted by drag, keyboard or number, with a live duration."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from common.choices import LongSelect
from common.desk_admin import DeskStackedInline
from programs.authoring.doses import TEMPO, dose_in, doses_in
from programs.authoring.drafts import prescription_data, session_draft
from programs.models import Exercise, Prescription, Program, Session
from programs.pages.mending import words_of
from programs.plan import Where

from .voice import VoicedAdmin

DOSE_FIELDS = ("sets", "reps", "seconds", "rest_seconds", "sides", *(f"{part}_seconds" for part in TEMPO))


class PrescriptionForm(forms.ModelForm):
    """One exercise of `session`; counted or timed, never both. A new exercise brings its own dose."""

    session: Session | None = None

    def clean(self) -> dict[str, Any]:
        """Read a zero as nothing, and fill in the dose of the exercise: the model requires repetitions or seconds.

        What was typed stays. Where the repetitions or seconds that there were are taken out, the form asks for some.
        """
        super().clean()
        data = self.cleaned_data
        data |= {name: data[name] or None for name in ("reps", "seconds") if name in data}
        if not data.get("exercise") or self.errors:
            return data
        has_dose = data.get("reps") or data.get("seconds")
        changed = {*self.changed_data}
        if self.instance.pk and not has_dose and changed & {"reps", "seconds"}:
            self.add_error("reps", _("Type how many repetitions, or how many seconds."))
        elif not has_dose or self._has_old_dose():
            own = dose_in(data["exercise"], phase_of(self.session))
            data |= {name: value for name, value in own.items() if name not in changed}
        return data

    def clean_sets(self) -> int:
        """Refuse no sets at all."""
        sets: int = self.cleaned_data["sets"]
        if not sets:
            raise ValidationError(_("Type at least 1 set."))
        return sets

    def _has_old_dose(self) -> bool:
        """Whether another exercise was chosen, and the dose is still that of the one before: no script filled it in."""
        changed = {*self.changed_data}
        return bool(self.instance.pk) and "exercise" in changed and not changed & {*DOSE_FIELDS}


class PrescriptionFormSet(BaseInlineFormSet):
    """The exercises of a session. Each form knows the session, also a new one that is not saved yet."""

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        form.session = self.instance
        return form


def phase_of(session: Session | None) -> int | None:
    """Return the number of the phase of a session's week, if it has one."""
    return session.week.phase.number if session and session.week else None


class PrescriptionInline(DeskStackedInline):
    """The exercises of a session with their doses."""

    add_words = _("Add an exercise")
    model = Prescription
    form = PrescriptionForm
    formset = PrescriptionFormSet
    verbose_name = _("exercise of this session")
    verbose_name_plural = _("exercises of this session, in order")
    extra = 1
    ordering = ["position"]
    template = "admin/programs/session_cards.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Prescription]:
        """Load the exercises, whose name and figure a card shows."""
        return super().get_queryset(request).select_related("exercise")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Query the exercises once for the formset, not once for each row."""
        if db_field.name != "exercise":
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs | {"widget": LongSelect})
        if field is not None:
            field.choices = [("", "–"), *Exercise.objects.order_by("name").values_list("pk", "name")]
        return field


@admin.register(Session)
class SessionAdmin(VoicedAdmin):
    """One session with its prescriptions."""

    add_words = _("New session")

    class Media:
        js = ["js/desk/session.js"]

    voices = {"opening_voice": _("At the beginning"), "closing_voice": _("At the end")}

    list_display = ["title", "kind", "week", "key"]
    list_filter = ["kind"]
    list_select_related = ["week__phase"]
    search_fields = ["key", "title"]
    inlines = [PrescriptionInline]
    fields = [
        "title",
        "key",
        "program",
        "week",
        "kind",
        "letter",
        "note",
        "use_when",
        "walking_note",
        "rounds_target",
    ]

    def title_of(self, row: Any) -> str:
        """Return its title; the key stands in its field."""
        return str(row.title)

    def where(self, row: Any) -> Where:
        """Identify a session by its key."""
        return ("sessions", row.key)

    def anchor_of(self, where: Where) -> str:
        """Return the anchor of the card of the exercise that a remark is about."""
        return f"#prescriptions-{where[3]}" if where[2:3] == ("prescriptions",) and len(where) > 3 else ""

    def program_of(self, row: Any) -> Program | None:
        """Return its own program."""
        return row.program if row.program_id else None

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Fix the key of an existing session: URLs and members' logs depend on it."""
        return ["key", "program"] if obj else []

    def get_urls(self) -> list[URLPattern]:
        """Add the URL of the draft view."""
        draft = self.admin_site.admin_view(self.draft_view)
        return [path("<int:pk>/draft/", draft, name="programs_session_draft"), *super().get_urls()]

    def draft_view(self, request: HttpRequest, pk: int) -> JsonResponse:
        """Return minutes and remarks for the unsaved form as JSON; nothing is saved."""
        session = get_object_or_404(Session.objects.select_related("week", "program"), pk=pk)
        if request.method != "POST" or not self.has_change_permission(request, session):
            return JsonResponse({}, status=403)
        formset = self._formset(request, session)
        rows = [form.cleaned_data for form in formset.forms if form.is_valid() and _is_filled(form)]
        incomplete = [_("One line is not complete yet.")] if any(map(_is_broken, formset.forms)) else []
        rows.sort(key=lambda row: row.get("position") or 0)
        draft = session_draft(session.program, session, [prescription_data(row) for row in rows])
        return JsonResponse(
            {
                "minutes": draft.minutes,
                "short": draft.short_minutes,
                "remarks": [*map(str, incomplete), *words_of(session, draft.remarks)],
                "words": str(_("%(minutes)d minutes, short form %(short)d minutes"))
                % {"minutes": draft.minutes, "short": draft.short_minutes},
            }
        )

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add the doses to the form of a new session, for the week that its address names."""
        if not context.get("original"):
            context["doses"] = doses_in(_phase_in(context["adminform"].form))
        return super().render_change_form(request, context, *args, **kwargs)

    def _formset(self, request: HttpRequest, session: Session) -> Any:
        """Return the bound formset of the prescriptions."""
        inline = self.get_inline_instances(request, session)[0]
        return inline.get_formset(request, session)(request.POST, instance=session, prefix="prescriptions")

    def about(self, row: Any) -> Mapping[str, Any]:
        """Return its minutes and remarks, and the URL that updates them while the form is edited."""
        draft = session_draft(row.program, row, _prescriptions(row))
        return {
            "draft_address": reverse("admin:programs_session_draft", args=[row.pk]),
            "draft": draft,
            "draft_remarks": words_of(row, draft.remarks),
            "doses": doses_in(phase_of(row)),
        }


def _phase_in(form: Any) -> int | None:
    """Return the number of the phase of the week that a form shows, if any."""
    try:
        week = form.fields["week"].to_python(form["week"].value())
    except ValidationError:
        return None
    return week.phase.number if week else None


def _is_filled(form: Any) -> bool:
    return bool(form.cleaned_data.get("exercise")) and not form.cleaned_data.get("DELETE")


def _is_broken(form: Any) -> bool:
    return form.has_changed() and not form.is_valid()


def _prescriptions(session: Session) -> list[dict[str, Any]]:
    names = [field.name for field in Prescription._meta.concrete_fields]
    rows = session.prescriptions.select_related("exercise")
    return [prescription_data({name: getattr(row, name) for name in names}) for row in rows]
