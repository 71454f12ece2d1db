"""Remarks on what could be better, but may be published as it is."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .subject import Found, Subject


def _figures(subject: Subject) -> Found:
    """Remark on each exercise that is told in words only: every other one shows how the body moves."""
    for slug, exercise in subject.plan.exercises.items():
        if not (exercise.figure or exercise.photo or exercise.video):
            yield ("exercises", slug, "figure"), _("it has no figure, and no photograph or video of yours")


CHECKS = (_figures,)
