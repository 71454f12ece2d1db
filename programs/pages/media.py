"""Where a photograph or a video of the therapist's own is found."""

from django.urls import reverse

from common.pictures import FALLBACK


def photo_address(photo):
    """The address of a programs.plan.Photo where only one can be named; "" for None."""
    return reverse("exercise_photo", args=[photo.key, photo.card_width, FALLBACK]) if photo else ""


def video_address(video):
    """The address of a programs.plan.Video; "" for None."""
    return reverse("exercise_video", args=[video.key, video.kind]) if video else ""


def own_media(exercise):
    """Both addresses by name, as the player needs them; those that are not there are left out."""
    found = {"photo": photo_address(exercise.photo), "video": video_address(exercise.video)}
    return {name: address for name, address in found.items() if address}
