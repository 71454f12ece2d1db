"""Text overrides: found, edited, compared and restored."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common.edit_conflicts.conflicts import choices_in
from common.edit_conflicts.pages import LastSave, ask_about_conflicts
from common.edit_conflicts.states import THEIRS, hidden_fields
from common.lookups import row_or_404
from common.members import MemberRequest
from postpartum.desk import roles
from postpartum.desk.forms_text_overrides import WordsForm
from postpartum.desk.navigation import desk_page, desk_render
from postpartum.models import TextOverride
from postpartum.text_overrides.entries import Group, Place, groups
from postpartum.text_overrides.parts import parts_of
from postpartum.text_overrides.saving import lock_text, save_override, versions_of

KEPT = 30


@desk_page(roles.SEE_WORDS)
@require_safe
def entries(request: MemberRequest) -> HttpResponse:
    """List every group of texts with the number of overrides in each."""
    overridden = set(TextOverride.objects.newest().filter(language=get_language()).keys_changed())
    found = [(group, len(overridden & set(group.places))) for group in groups().values()]
    return desk_render(request, "desk/words.html", {"groups": found}, _("Your words"))


@desk_page(roles.SEE_WORDS)
@require_safe
def group(request: MemberRequest, key: str) -> HttpResponse:
    """List the current texts of a group, filtered by ?q=."""
    found = _group_or_404(key)
    looked_for = request.GET.get("q", "").strip()
    overrides = {
        row.key: row.shown
        for row in TextOverride.objects.newest().filter(language=get_language(), key__in=found.places)
        if row.text
    }
    lines = [(place, overrides.get(place.key, "")) for place in found.places.values()]
    said = [line for line in lines if looked_for.lower() in (line[1] or line[0].shown).lower()]
    context = {"group": found, "lines": said, "looked_for": looked_for}
    return desk_render(request, "desk/words_group.html", context, found.title)


@desk_page(roles.SEE_WORDS, roles.CHANGE_WORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: MemberRequest, key: str, place: str) -> HttpResponse:
    """Edit one text: the original beside its override, and all earlier versions."""
    found = _group_or_404(key)
    here = found.places.get(place)
    if here is None:
        raise Http404
    with transaction.atomic():
        if request.method == "POST":
            lock_text(here)
        return _change(request, key, found, here)


def _change(request: MemberRequest, key: str, found: Group, here: Place) -> HttpResponse:
    kept = versions_of(here.key)
    if "back_to" in request.POST:
        text = row_or_404(kept, request.POST["back_to"]).text
        return _saved(request, here, key, text)
    now = kept.first()
    initial = {"text": now.shown if now and now.text else ""}
    form = WordsForm(request.POST or None, place=here, initial=initial)
    stored = [WordsForm(place=here, initial=initial)]
    if form.is_bound:
        saved = LastSave(now.saved_by_name, now.saved_at, now.saved_by == request.user) if now else LastSave()
        if asked := ask_about_conflicts(request, [form], stored, lambda: saved, here.about or here.shown):
            return asked
    if choices_in(request.POST).get("text") == THEIRS:
        return redirect("admin:desk_words_group", key)
    if form.is_valid():
        return _saved(request, here, key, form.cleaned_data["text"])
    context = {"form": form, "group": found, "place": here, "now": now, "kept": kept[:KEPT]}
    context |= {"edit_state": hidden_fields(stored), "parts": parts_of(here.shown)}
    return desk_render(request, "desk/words_change.html", context, here.title, 422 if form.errors else 200)


def _saved(request: MemberRequest, place: Place, group_key: str, text: str) -> HttpResponse:
    if save_override(place, text, request.user, timezone.now()):
        messages.success(request, _("Saved. Mothers read it within a minute."))
    return redirect("admin:desk_words_group", group_key)


def _group_or_404(key: str) -> Group:
    found = groups().get(key)
    if found is None:
        raise Http404
    return found
