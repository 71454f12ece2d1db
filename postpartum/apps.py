from django.apps import AppConfig


class PostpartumConfig(AppConfig):
    """The front door: pages that need two apps, and the demo."""

    name = "postpartum"
