"""Sessions with their prescriptions: in order by hand, by keyboard or by number, with the minutes at once."""

from django import forms
from django.contrib import admin
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from common.choices import LongSelect
from programs.authoring.drafts import prescription_data, session_draft
from programs.models import Exercise, Prescription, Session

from .versioned import VersionedAdmin


class PrescriptionForm(forms.ModelForm):
    """One exercise of the session; counted or timed, never both."""

    def clean(self):
        """A dose has either repetitions or seconds."""
        words = super().clean()
        if bool(words.get("reps")) == bool(words.get("seconds")):
            raise forms.ValidationError(_("Give either repetitions or seconds."))
        return words


class PrescriptionInline(admin.TabularInline):
    """The exercises of a session with their doses."""

    model = Prescription
    form = PrescriptionForm
    verbose_name = _("exercise of this session")
    verbose_name_plural = _("exercises of this session, in order")
    extra = 1
    ordering = ["position"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """The exercises are asked for once, not once a line."""
        if db_field.name != "exercise":
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs | {"widget": LongSelect})
        field.choices = [("", "–"), *Exercise.objects.order_by("name").values_list("pk", "name")]
        return field

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Without the ways to other forms: this one is for the order and the doses."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        for way in ("add", "change", "delete", "view"):
            if hasattr(getattr(field, "widget", None), f"can_{way}_related"):
                setattr(field.widget, f"can_{way}_related", False)
        return field


@admin.register(Session)
class SessionAdmin(VersionedAdmin):
    """One session with its prescriptions."""

    class Media:
        js = ["js/desk/session.js"]

    list_display = ["key", "title", "kind", "week"]
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

    def where(self, row):
        """Sessions are named by their key."""
        return ("sessions", row.key)

    def program_of(self, row):
        """Its own."""
        return row.program if row.program_id else None

    def get_readonly_fields(self, request, obj=None):
        """Its key stands in addresses and in what mothers did."""
        return ["key", "program"] if obj else []

    def get_urls(self):
        """Also: the minutes and remarks of a session in the making."""
        draft = self.admin_site.admin_view(self.draft_view)
        return [path("<int:pk>/draft/", draft, name="programs_session_draft"), *super().get_urls()]

    def draft_view(self, request, pk):
        """Minutes and remarks for the form as it stands, as JSON; nothing is saved."""
        session = get_object_or_404(Session.objects.select_related("week", "program"), pk=pk)
        if request.method != "POST" or not self.has_change_permission(request, session):
            return JsonResponse({}, status=403)
        formset = self._lines_of(request, session)
        rows = [form.cleaned_data for form in formset.forms if form.is_valid() and _counts(form)]
        incomplete = [_("One line is not complete yet.")] if any(map(_is_broken, formset.forms)) else []
        rows.sort(key=lambda row: row.get("position") or 0)
        draft = session_draft(session.program, session, [prescription_data(row) for row in rows])
        return JsonResponse(
            {
                "minutes": draft.minutes,
                "short": draft.short_minutes,
                "remarks": [*map(str, incomplete), *draft.remarks],
                "words": str(_("%(minutes)d minutes, short form %(short)d minutes"))
                % {"minutes": draft.minutes, "short": draft.short_minutes},
            }
        )

    def _lines_of(self, request, session):
        """The lines of the form as typed."""
        inline = self.get_inline_instances(request, session)[0]
        return inline.get_formset(request, session)(request.POST, instance=session, prefix="prescriptions")

    def about(self, session):
        """Its minutes and remarks, and where to ask for them while she edits."""
        return {
            "draft_address": reverse("admin:programs_session_draft", args=[session.pk]),
            "draft": session_draft(session.program, session, _prescriptions(session)),
        }


def _counts(form):
    return bool(form.cleaned_data.get("exercise")) and not form.cleaned_data.get("DELETE")


def _is_broken(form):
    return form.has_changed() and not form.is_valid()


def _prescriptions(session):
    names = [field.name for field in Prescription._meta.concrete_fields]
    rows = session.prescriptions.select_related("exercise")
    return [prescription_data({name: getattr(row, name) for name in names}) for row in rows]
