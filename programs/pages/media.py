"""URLs of the therapist's own photographs, videos and recordings."""

from django.urls import reverse

from common.pictures import FALLBACK
from programs.plan import Photo, PlannedExercise, PlannedSession, Recording, Video


def photo_url(photo: Photo | None) -> str:
    """Return the URL of a photograph where only one width can be given; "" for None."""
    return reverse("exercise_photo", args=[photo.key, photo.card_width, FALLBACK]) if photo else ""


def video_url(video: Video | None) -> str:
    """Return the URL of a video; "" for None."""
    return reverse("exercise_video", args=[video.key, video.kind]) if video else ""


def recording_url(recording: Recording | None) -> str:
    """Return the URL of a recording; "" for None."""
    return reverse("exercise_voice", args=[recording.key]) if recording else ""


def own_voices(session: PlannedSession) -> dict[str, str]:
    """Return the URLs of a session's spoken `opening` and `closing` for the player, without those that do not exist."""
    found = {"opening": recording_url(session.opening_voice), "closing": recording_url(session.closing_voice)}
    return {name: url for name, url in found.items() if url}


def own_media(exercise: PlannedExercise) -> dict[str, str]:
    """Return the URLs of `photo`, `video` and `voice` for the player, without those that do not exist."""
    found = {"photo": photo_url(exercise.photo), "video": video_url(exercise.video)}
    found["voice"] = recording_url(exercise.voice)
    return {name: url for name, url in found.items() if url}
