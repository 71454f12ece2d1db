"""Saves the moderation settings with a history of every state."""

from datetime import datetime
from typing import Any

from django.db import transaction

from blog import threads
from blog.models import CommentPolicy, PolicyVersion
from common.history import save_version_of
from common.members import User

from .refreshing import refresh_threads

POLICY_FIELDS = [field.name for field in CommentPolicy._meta.fields if not field.primary_key]


def policy_values(policy: CommentPolicy) -> dict[str, Any]:
    """Return the settings as a dictionary by field name."""
    return {name: getattr(policy, name) for name in POLICY_FIELDS}


@transaction.atomic
def save_policy(policy: CommentPolicy, by: User | None, now: datetime) -> None:
    """Save the settings and a version of them; render all threads again if the depth of indentation changed."""
    before = CommentPolicy.objects.select_for_update().first()
    if before is not None:
        _keep(before, None, now)
    policy.pk = 1
    policy.save()
    _keep(policy, by, now)
    if policy.max_depth != (before.max_depth if before else threads.MAX_DEPTH):
        refresh_threads(now)


def restore_policy(version: PolicyVersion, by: User | None, now: datetime) -> None:
    """Save the settings of an earlier version; the current ones stay in the history."""
    said = {name: value for name, value in version.said.items() if name in POLICY_FIELDS}
    save_policy(CommentPolicy(**said), by, now)


def _keep(policy: CommentPolicy, by: User | None, now: datetime) -> None:
    save_version_of(PolicyVersion, {}, {"said": policy_values(policy)}, by, now)
