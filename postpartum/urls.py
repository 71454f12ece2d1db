"""Every address of the site. They are stable: tests, feeds and bookmarks rely on them."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from postpartum.views import errors
from postpartum.views.dev_mail import dev_mail
from postpartum.views.health import healthz
from postpartum.views.home import home
from postpartum.views.my_data import my_data
from postpartum.views.safety import safety

urlpatterns = [
    path("", home, name="home"),
    path("articles/", include("blog.urls")),
    path("", include("programs.urls")),
    path("safety/", safety, name="safety"),
    path("my-data/", my_data, name="my_data"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
]

if settings.DEBUG:
    urlpatterns += [path("dev/mail/", dev_mail, name="dev_mail")]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error
