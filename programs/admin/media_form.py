"""The fields for the therapist's own photograph and video."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from common.kept_uploads import KeptFileField, KeptFileInput
from common.picture_errors import REFUSED
from common.pictures import PictureRefusedError
from common.videos import VideoRefusedError
from programs.models import Exercise, Week
from programs.pages.media import photo_url, video_url
from programs.plan import Photo, Reader, Video, plain
from programs.services.media import store_captions, store_photo, store_video

VIDEO_REFUSED = {
    "video_too_big": _("This video is larger than 80 MB. Please make it shorter or smaller."),
    "video_unreadable": _("This is not a video phones can play. Please bring it as MP4 (H.264) or WebM."),
    "video_codec": _(
        "Many phones cannot show this kind of MP4. Please save it again as “most compatible” or H.264."
    ),
    "captions_too_big": _("These captions are larger than 500 KB."),
    "captions_unreadable": _("We cannot read these captions. Please bring a WebVTT file (.vtt)."),
}


class VideoForm(forms.ModelForm):
    """Upload of a video: files are validated and stored in `clean`, and the row changes in `save`."""

    video_file = KeptFileField(
        label=_("Video"),
        required=False,
        widget=KeptFileInput(attrs={"accept": "video/mp4,video/webm"}),
        help_text=_("MP4 or WebM, at most 80 MB. In a session it runs silently, again and again."),
    )
    captions_file = KeptFileField(
        label=_("Captions of the video"),
        required=False,
        widget=KeptFileInput(attrs={"accept": ".vtt,text/vtt"}),
        help_text=_("What is said in it, as a WebVTT file (.vtt), for those who cannot hear it."),
    )
    no_speech = forms.BooleanField(label=_("Nothing is said in this video"), required=False)
    video_remove = forms.BooleanField(label=_("Remove the video"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own: dict[str, Photo | Video | None] = {}
        video = video_of(self.instance)
        self.stored_files: dict[str, str | None] = {"video_file": video.key if video else None}
        self.initial["no_speech"] = bool(video and not video.captions)

    def clean(self) -> dict[str, Any]:
        """Store the files already here, so that an invalid one is reported beside its field."""
        super().clean()
        if not self.errors:
            self._store_files()
        return self.cleaned_data

    def save(self, commit: bool = True) -> Any:
        """Save the row with its new files."""
        for name, media in self.own.items():
            setattr(self.instance, name, plain(media, whole=True))
        return super().save(commit)

    def media_of(self, data: dict[str, Any]) -> dict[str, Photo | Video | None]:
        """Return the stored files by field of the row, adding errors for what is missing."""
        return {"video": self._video(data)}

    def _store_files(self) -> None:
        try:
            self.own = self.media_of(self.cleaned_data)
        except PictureRefusedError as refused:
            self.add_error("photo_file", REFUSED[refused.code])
        except VideoRefusedError as refused:
            place = "captions_file" if refused.code.startswith("captions") else "video_file"
            self.add_error(place, VIDEO_REFUSED[refused.code])

    def _video(self, data: dict[str, Any]) -> Video | None:
        """Return the new video, adding errors for a missing file or missing captions."""
        current, file, captions = video_of(self.instance), data["video_file"], data["captions_file"]
        if not file and (data["video_remove"] or not current):
            if captions and not current:
                self.add_error("video_file", _("Please choose the video these captions belong to."))
            return None
        if captions and data["no_speech"]:
            self.add_error("no_speech", _("There are captions: then something is said in it."))
            return current
        has_captions = bool(captions or (not file and current and current.captions))
        if not has_captions and not data["no_speech"]:
            self.add_error(
                "captions_file",
                _("Please bring captions for the video, or tick that nothing is said in it."),
            )
            return current
        if file or current is None:
            video: Video = store_video(file, captions)
            return video
        if captions:
            return replace(current, captions=store_captions(captions))
        return replace(current, captions="") if data["no_speech"] else current


class MediaForm(VideoForm):
    """Upload of a photograph and a video."""

    photo_file = KeptFileField(
        label=_("Photograph"),
        required=False,
        widget=KeptFileInput(attrs={"accept": "image/*"}),
        help_text=_("At most 20 MB. Where it was taken is removed. Only of people who agree to be shown."),
    )
    photo_alt = forms.CharField(
        label=_("What the photograph shows"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("For those who cannot see it. One sentence."),
    )
    photo_remove = forms.BooleanField(label=_("Remove the photograph"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        photo = photo_of(self.instance)
        self.stored_files["photo_file"] = photo.key if photo else None
        self.initial["photo_alt"] = photo.alt if photo else ""

    def media_of(self, data: dict[str, Any]) -> dict[str, Photo | Video | None]:
        """Return the stored photograph and video."""
        return {"photo": self._photo(data), **super().media_of(data)}

    def _photo(self, data: dict[str, Any]) -> Photo | None:
        """Return the new photograph, adding errors for a missing file or text."""
        current = photo_of(self.instance)
        if data["photo_alt"] and not (data["photo_file"] or current):
            self.add_error("photo_file", _("Please choose the photograph these words belong to."))
            return None
        if data["photo_remove"] and not data["photo_file"]:
            return None
        if (data["photo_file"] or current) and not data["photo_alt"]:
            self.add_error("photo_alt", _("Please say in a sentence what the photograph shows."))
            return current
        if data["photo_file"]:
            photo: Photo = store_photo(data["photo_file"], data["photo_alt"])
            return photo
        return replace(current, alt=data["photo_alt"]) if current else None


def photo_of(exercise: Exercise) -> Photo | None:
    """Return the photograph of an exercise, or None."""
    photo: Photo | None = Reader().read(Photo | None, exercise.photo)
    return photo


def video_of(row: Exercise | Week) -> Video | None:
    """Return the video of a row, or None."""
    video: Video | None = Reader().read(Video | None, row.video)
    return video


def photo_html(exercise: Exercise) -> SafeString | None:
    """Return the photograph as HTML, or None."""
    photo = photo_of(exercise)
    if photo is None:
        return None
    return format_html('<img class="d-figure" src="{}" alt="{}" width="320">', photo_url(photo), photo.alt)


def video_html(row: Exercise | Week) -> SafeString | None:
    """Return the video as HTML to play it, or None."""
    video = video_of(row)
    if video is None:
        return None
    return format_html(
        '<video class="d-figure" src="{}" poster="{}" width="320" controls playsinline preload="metadata"></video>',
        video_url(video),
        photo_url(photo_of(row)) if isinstance(row, Exercise) else "",
    )
