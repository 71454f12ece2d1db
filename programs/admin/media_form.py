"""The fields for the therapist's own photograph and video of an exercise."""

from dataclasses import replace

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from common.picture_errors import REFUSED
from common.pictures import PictureRefusedError
from common.videos import VideoRefusedError
from programs.pages.media import photo_url, video_url
from programs.plan import Photo, Reader, Video, plain
from programs.services.media import keep_captions, keep_photo, keep_video

FILES = ("photo_file", "video_file", "captions_file")
ONCE_MORE = _("Something else on this page is not right yet. Please choose this file once more.")
VIDEO_REFUSED = {
    "video_too_big": _("This video is larger than 80 MB. Please make it shorter or smaller."),
    "video_unreadable": _("This is not a video phones can play. Please bring it as MP4 (H.264) or WebM."),
    "video_codec": _(
        "Many phones cannot show this kind of MP4. Please save it again as “most compatible” or H.264."
    ),
    "captions_too_big": _("These captions are larger than 500 KB."),
    "captions_unreadable": _("These are no captions we can read. Please bring a WebVTT file (.vtt)."),
}


class MediaForm(forms.ModelForm):
    """What she uploads is checked and kept while the form is; which of it an exercise shows changes on saving."""

    photo_file = forms.FileField(
        label=_("Photograph"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
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
    video_file = forms.FileField(
        label=_("Video"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "video/mp4,video/webm"}),
        help_text=_("MP4 or WebM, at most 80 MB. In a session it runs silently, again and again."),
    )
    captions_file = forms.FileField(
        label=_("Captions of the video"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".vtt,text/vtt"}),
        help_text=_("What is said in it, as a WebVTT file (.vtt), for those who cannot hear it."),
    )
    no_speech = forms.BooleanField(label=_("Nothing is said in this video"), required=False)
    video_remove = forms.BooleanField(label=_("Remove the video"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        photo, video = photo_of(self.instance), video_of(self.instance)
        self.initial |= {
            "photo_alt": photo.alt if photo else "",
            "no_speech": bool(video and not video.captions),
        }

    def clean(self):
        """Take the files in already here, so that one that will not do is told beside its field."""
        words = super().clean()
        if not self.errors:
            self._take_in(words)
        if self.errors:
            for name in FILES:
                if words.get(name) and name not in self.errors:
                    self.add_error(name, ONCE_MORE)
        return words

    def save(self, commit=True):
        """With what the exercise shows from now on."""
        for name, kept in self.own.items():
            setattr(self.instance, name, plain(kept, whole=True))
        return super().save(commit)

    def _take_in(self, words):
        try:
            self.own = {"photo": self._photo(words), "video": self._video(words)}
        except PictureRefusedError as refused:
            self.add_error("photo_file", REFUSED[refused.code])
        except VideoRefusedError as refused:
            place = "captions_file" if refused.code.startswith("captions") else "video_file"
            self.add_error(place, VIDEO_REFUSED[refused.code])

    def _photo(self, words):
        now = photo_of(self.instance)
        if words["photo_alt"] and not (words["photo_file"] or now):
            self.add_error("photo_file", _("Please choose the photograph these words belong to."))
            return None
        if words["photo_remove"] and not words["photo_file"]:
            return None
        if (words["photo_file"] or now) and not words["photo_alt"]:
            self.add_error("photo_alt", _("Please say in a sentence what the photograph shows."))
            return now
        if words["photo_file"]:
            return keep_photo(words["photo_file"], words["photo_alt"])
        return now and replace(now, alt=words["photo_alt"])

    def _video(self, words):
        now, file, captions = video_of(self.instance), words["video_file"], words["captions_file"]
        if not file and (words["video_remove"] or not now):
            if captions and not now:
                self.add_error("video_file", _("Please choose the video these captions belong to."))
            return None
        if captions and words["no_speech"]:
            self.add_error("no_speech", _("There are captions: then something is said in it."))
            return now
        if not captions and not words["no_speech"] and (file or not now.captions):
            self.add_error(
                "captions_file",
                _("Please bring captions for the video, or tick that nothing is said in it."),
            )
            return now
        if file:
            return keep_video(file, captions)
        kept = keep_captions(captions) if captions else "" if words["no_speech"] else now.captions
        return replace(now, captions=kept)


def photo_of(exercise):
    """The Photo a row says; None without one."""
    return Reader().read(Photo | None, exercise.photo)


def video_of(exercise):
    """The Video a row says; None without one."""
    return Reader().read(Video | None, exercise.video)


def shown_photo(exercise):
    """Her photograph as HTML; None without one."""
    photo = photo_of(exercise)
    return photo and format_html(
        '<img class="d-figure" src="{}" alt="{}" width="320">', photo_url(photo), photo.alt
    )


def shown_video(exercise):
    """Her video as HTML, to play; None without one."""
    video = video_of(exercise)
    return video and format_html(
        '<video class="d-figure" src="{}" poster="{}" width="320" controls playsinline preload="metadata"></video>',
        video_url(video),
        photo_url(photo_of(exercise)),
    )
