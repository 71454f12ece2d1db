"""What a mail provider tells us later: a mail came back, or was called spam by whoever got it."""

from anymail.signals import EventType
from django.utils import timezone

from postpartum.models import Mail

CAME_BACK = {EventType.BOUNCED, EventType.REJECTED, EventType.FAILED, EventType.COMPLAINED}


def note_event(sender, event, esp_name, **kwargs):
    """Mark the newest mail to the address of the event, so that the desk sees it. For anymail's `tracking` signal."""
    if event.event_type not in CAME_BACK or not event.recipient:
        return
    newest = Mail.objects.to([event.recipient]).order_by("-created_at").first()
    if newest:
        newest.state = Mail.State.BOUNCED
        newest.problem = f"{esp_name}: {event.event_type} {event.reject_reason or ''}".strip()[:300]
        newest.changed_at = timezone.now()
        newest.save(update_fields=["state", "problem", "changed_at"])
