"""What every template may say without a view passing it."""

from django.conf import settings


def practice(request):
    """The practice's name, therapist and address, as `practice`, and the site's own `site_url`."""
    return {"practice": settings.PRACTICE, "site_url": settings.SITE_URL}
