from anymail.signals import tracking
from django.apps import AppConfig


class PostpartumConfig(AppConfig):
    """The front door: pages that need two apps, and the demo."""

    name = "postpartum"

    def ready(self):
        """Listen to what the mail provider tells."""
        from postpartum.mail.bounces import note_event  # noqa: PLC0415 needs the models, which load later

        tracking.connect(note_event, dispatch_uid="postpartum.mail.bounces")
