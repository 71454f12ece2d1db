"""URLs of the therapist's own photographs and videos."""

from django.urls import reverse

from common.pictures import FALLBACK
from programs.plan import Photo, PlannedExercise, Video


def photo_url(photo: Photo | None) -> str:
    """Return the URL of a photograph where only one width can be given; "" for None."""
    return reverse("exercise_photo", args=[photo.key, photo.card_width, FALLBACK]) if photo else ""


def video_url(video: Video | None) -> str:
    """Return the URL of a video; "" for None."""
    return reverse("exercise_video", args=[video.key, video.kind]) if video else ""


def own_media(exercise: PlannedExercise) -> dict[str, str]:
    """Return the URLs of `photo` and `video` for the player, without those that do not exist."""
    found = {"photo": photo_url(exercise.photo), "video": video_url(exercise.video)}
    return {name: url for name, url in found.items() if url}
