from allauth.account.signals import user_signed_up
from anymail.signals import tracking
from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PostpartumConfig(AppConfig):
    """Pages that need more than one app, and the demo."""

    name = "postpartum"
    verbose_name = _("The site")

    def ready(self) -> None:
        """Connect the signals of mail events, red flags and migrations, and register the system checks."""
        # All need the models, which load later.
        from blog.signals import red_flag_found, red_flag_reported  # noqa: PLC0415
        from postpartum import checks  # noqa: F401, PLC0415
        from postpartum.desk.roles import sync_roles  # noqa: PLC0415
        from postpartum.mail.bounces import note_event  # noqa: PLC0415
        from postpartum.names import look_at_names  # noqa: PLC0415
        from postpartum.red_flag_comments import open_concern, open_concern_of_report  # noqa: PLC0415

        red_flag_found.connect(open_concern, dispatch_uid="postpartum.red_flag_comments")
        red_flag_reported.connect(open_concern_of_report, dispatch_uid="postpartum.red_flag_reports")
        user_signed_up.connect(look_at_names, dispatch_uid="postpartum.names")
        tracking.connect(note_event, dispatch_uid="postpartum.mail.bounces")
        post_migrate.connect(sync_roles, sender=self, dispatch_uid="postpartum.desk.roles")
