"""A view that does nothing, in a project as `django-admin startproject` makes it: what all ratios are to.

Run beside the site, by the same server with the same configuration.
"""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    SECRET_KEY="bench",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    # None is asked but by the server's configuration, which goes on where none answers.
    DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "none", "HOST": "/nowhere"}},
)


def hello(request: HttpRequest) -> HttpResponse:
    """The bare view."""
    return HttpResponse("Hello")


urlpatterns = [path("bench/hello/", hello)]
application = get_wsgi_application()
