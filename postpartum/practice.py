"""The practice's details: saved in versions, and read by each process once and again after a change."""

import threading
from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from blog.models import Picture
from blog.services import consent_versions, refresh_first_pages
from common.accent import accent_key
from common.locks import lock_name
from common.pictures import FALLBACK
from common.practice import ConsentPage, PracticePicture, override_practice, with_defaults
from postpartum.models import AccountTerms, Practice
from programs.models import EnrollmentPolicy

TEXTS = (
    "name",
    "therapist",
    "registration",
    "about",
    "email",
    "phone",
    "postal_address",
    "booking_url",
    "price",
    "price_url",
    "answers",
    "consent",
    "accent",
)
FIELDS = (*TEXTS, "photo_id", "logo_id", "front_picture_id", "front_parts", "country_id", "steps")
LABELS = {
    field.attname: field.verbose_name for field in Practice._meta.fields if field.attname in FIELDS[:-1]
}
VERSIONS = 30  # at most, on one page
PHOTO_WIDTH, LOGO_WIDTH, FRONT_WIDTH = 800, 400, 960  # pixels, at most

_reloading = threading.Lock()  # what was read first is shown first


def practice_in_force() -> Practice:
    """Return the newest version; an unsaved, empty one before anything was saved (one query)."""
    return Practice.objects.in_force().first() or Practice()


def reload_practice() -> None:
    """Show the version in force, whom the program is open to, and the pages a consent links to (three queries)."""
    with _reloading:
        pages = tuple(
            ConsentPage(one.pk, one.article.title, one.article.get_absolute_url())
            for one in consent_versions(timezone.now())
            if one.article
        )
        of_others = {"enrollment": EnrollmentPolicy.current_mode().value, "consent_pages": pages}
        override_practice(_said(practice_in_force()) | of_others)


def lock_practice() -> None:
    """Let one transaction at a time read and save the practice's details."""
    lock_name("practice")


@transaction.atomic
def save_practice(changes: Mapping[str, Any], by: User, now: datetime) -> bool:
    """Save a version in which `changes` ({name of FIELDS: value}) replace what is in force.

    Drafts of the first pages that nobody has written in say the same. Return whether anything changed.
    """
    lock_practice()
    newest = practice_in_force()
    known = {name: getattr(newest, name) for name in FIELDS}
    if newest.pk and known | dict(changes) == known:
        return False
    Practice.objects.create(**known | dict(changes), saved_at=now, saved_by=by, saved_by_name=str(by))
    details = with_defaults(_said(practice_in_force()))
    refresh_first_pages({"practice": details, "terms": AccountTerms.current()}, now)
    transaction.on_commit(reload_practice)
    return True


def restore_practice(version: Practice, by: User, now: datetime) -> bool:
    """Save what `version` says as the newest version. Return whether anything changed."""
    fields = {name: getattr(version, name) for name in FIELDS if name != "steps"}
    return save_practice(fields, by, now)


def versions_shown() -> list[tuple[Practice, list[Any]]]:
    """Return the newest versions, each with the labels of what it changed; those that changed nothing are left out."""
    rows = list(Practice.objects.all()[: VERSIONS + 1])
    changed = []
    for row, former in pairwise([*rows, Practice()]):
        labels = [LABELS[name] for name in LABELS if getattr(row, name) != getattr(former, name)]
        if labels:
            changed.append((row, labels))
    return changed[:VERSIONS]


def _said(row: Practice) -> dict[str, Any]:
    """Return what a version says, without what it leaves to the environment."""
    said: dict[str, Any] = {name: getattr(row, name) for name in TEXTS if getattr(row, name)}
    if row.country_id:
        said["country"] = row.country_id
    if row.accent:
        said["accent_url"] = reverse("accent", args=[accent_key(row.accent)])
    if row.photo:
        said["photo"] = _shown(row.photo, PHOTO_WIDTH)
        said["face_url"] = row.photo.face_url
    if row.logo:
        said["logo"] = _shown(row.logo, LOGO_WIDTH)
    if row.front_picture:
        said["front_picture"] = _shown(row.front_picture, FRONT_WIDTH)
    if row.front_parts:
        said["front_parts"] = tuple(row.front_parts)
    return said


def _shown(picture: Picture, at_most: int) -> PracticePicture:
    """Return a picture in its largest width up to `at_most`."""
    width = max((one for one in picture.widths if one <= at_most), default=picture.widths[0])
    height = round(picture.height * width / picture.width)
    return PracticePicture(picture.address(width, FALLBACK), width, height, picture.alt)
