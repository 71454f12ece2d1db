"""The page where the therapist records her spoken cues: the only one that may use the microphone."""

from collections.abc import Mapping
from typing import Any

from csp.decorators import csp_update
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from common.lookups import row_or_404
from common.members import signed_in_user
from common.recordings import MAX_SECONDS, RecordingRefusedError
from programs.models import Program
from programs.pages.media import recording_url
from programs.plan import Reader, Recording, Unreadable, Where
from programs.services.media import store_recording
from programs.services.voices import earlier_voices, save_voice

from .versioned import VersionedAdmin

MICROPHONE = "camera=(), geolocation=(), microphone=(self), payment=(), usb=(), interest-cohort=()"
REFUSED = {
    "recording_too_big": gettext_lazy("This file is larger than 20 MB. Please choose a smaller one."),
    "recording_too_long": gettext_lazy("This is longer than a minute. Please say it more briefly."),
    "recording_empty": gettext_lazy("There is no sound in this recording. Please record it once more."),
    "recording_unreadable": gettext_lazy(
        "This is no sound we can read. Please record it here, or choose an M4A, MP3, WAV or Ogg file."
    ),
}


class VoiceForm(forms.Form):
    """One recording of one place: a file, made in the browser or chosen."""

    file = forms.FileField(
        label=gettext_lazy("Or choose a sound file"),
        widget=forms.FileInput(attrs={"accept": "audio/*", "data-recording": ""}),
        error_messages={"required": gettext_lazy("Please record something, or choose a file.")},
    )

    def clean_file(self) -> Recording:
        """Encode and store the recording. Raise ValidationError for one that is not accepted."""
        try:
            return store_recording(self.cleaned_data["file"])
        except RecordingRefusedError as refused:
            raise forms.ValidationError(REFUSED[refused.code]) from None


class VoicedAdmin(VersionedAdmin):
    """Adds the page to the admin of a part of the program; `voices` are its recordings: {field: label}."""

    voices: Mapping[str, Any] = {}

    def get_urls(self) -> list[URLPattern]:
        """Add the page."""
        view = self.admin_site.admin_view(self.voice_view)
        return [
            path("<int:pk>/voice/", view, name=f"programs_{self.opts.model_name}_voice"),
            *super().get_urls(),
        ]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    @method_decorator(csp_update({"media-src": ["blob:"]}))
    def voice_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show each place with its recording, a recorder and the earlier takes; save, remove or bring back one."""
        row = row_or_404(self.model, str(pk))
        program, where = self.program_of(row), self.where(row)
        if not self.has_change_permission(request, row) or program is None:
            raise PermissionDenied
        name = request.POST.get("place", "")
        form = VoiceForm(request.POST, request.FILES) if name in self.voices else None
        if form is not None:
            try:
                if self._act(request, row, program, where, name, form):
                    return redirect(request.path)
            except Unreadable:
                form.add_error("file", _("First fill in the rest and save it. Then record."))
        places = [self._place(row, program, where, one, form if one == name else None) for one in self.voices]
        context = self.admin_site.each_context(request) | {
            "title": _("Your voice in “%(name)s”") % {"name": row},
            "opts": self.opts,
            "original": row,
            "places": places,
            "most_seconds": MAX_SECONDS,
        }
        response = TemplateResponse(
            request, "admin/programs/voice.html", context, status=422 if form else 200
        )
        response["Permissions-Policy"] = MICROPHONE
        return response

    def _act(
        self, request: HttpRequest, row: Any, program: Program, where: Where, name: str, form: VoiceForm
    ) -> bool:
        """Do what was asked for and return whether it was done."""
        recording: Recording | None = None
        if "back" in request.POST:
            earlier = earlier_voices(program, where, name, getattr(row, name))
            recording = next((one for one in earlier if one.key == request.POST["back"]), None)
            if recording is None:
                return True  # it is back already
        elif "remove" not in request.POST:
            if not form.is_valid():
                return False
            recording = form.cleaned_data["file"]
        save_voice(program, where, name, recording, signed_in_user(request), timezone.now())
        self.log_change(request, row, _("Voice changed"))
        messages.success(request, _("Saved. Mothers hear it when you publish."))
        return True

    def _place(
        self, row: Any, program: Program, where: Where, name: str, form: VoiceForm | None
    ) -> dict[str, Any]:
        stored = getattr(row, name)
        current: Recording | None = Reader().read(Recording | None, stored)
        earlier = earlier_voices(program, where, name, stored)
        return {
            "name": name,
            "label": self.voices[name],
            "now": recording_url(current),
            "form": form or VoiceForm(auto_id=f"{name}_%s"),
            "earlier": [(one.key, one.seconds, recording_url(one)) for one in earlier],
        }
