"""The published program for everyone to read, from the newest release."""

from programs.facts.releases import plan_of
from programs.models import Release


def published_plan():
    """The plan of the newest release (one query), or None where nothing is published yet."""
    newest = Release.objects.order_by("-published_at", "-number").values_list("pk", flat=True).first()
    return plan_of(newest) if newest else None


def matching(exercises, focus="", position="", equipment=""):
    """The exercises that fit every filter given; an empty filter fits all."""
    return [
        exercise
        for exercise in exercises
        if focus in ("", exercise.focus)
        and position in ("", exercise.position)
        and (not equipment or equipment in exercise.equipment)
    ]
