"""Every URL of the site. They are stable: tests, feeds and bookmarks rely on them."""

from allauth.urls import urlpatterns as allauth_urls
from django.conf import settings
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.views.generic import RedirectView

from accounts.expired_codes import with_expired_codes
from accounts.limits import with_rate_limits
from accounts.reauthentication import ReauthenticateByCodeView, with_reauthentication
from blog.views.pages import page
from common.atomic_requests import with_atomic_requests
from common.public_pages import public_page
from postpartum.views import errors, offline
from postpartum.views.accent import accent
from postpartum.views.dev_mail import dev_mail
from postpartum.views.first_owner import first_owner
from postpartum.views.health import healthz, metrics
from postpartum.views.home import home
from postpartum.views.invitation import invitation
from postpartum.views.robots import SITEMAPS, favicon, robots
from postpartum.views.safety import safety
from postpartum.views.search import search

account_urls = [
    path(
        "reauthenticate/code/",
        ReauthenticateByCodeView.as_view(),
        name="account_reauthenticate_by_code",
    ),
    *with_reauthentication(allauth_urls),
]

urlpatterns = [
    path("", home, name="home"),
    path("articles/", include("blog.urls")),
    path("", include("programs.urls")),
    path("safety/", safety, name="safety"),
    path("", include("postpartum.member_urls")),
    path("offline/", offline.shell, name="offline"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("sw.js", offline.service_worker, name="service_worker"),
    path("accounts/logout/", offline.ForgettingLogoutView.as_view(), name="account_logout"),
    path("accounts/owner/<str:token>/", first_owner, name="first_owner"),
    path("accounts/invitation/<str:token>/", invitation, name="invitation"),
    path("accounts/", include(with_expired_codes(with_rate_limits(with_atomic_requests(account_urls))))),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path(".well-known/change-password", RedirectView.as_view(pattern_name="account_change_password")),
    path("accent/<str:key>.css", accent, name="accent"),
    path("search/", search, name="search"),
    path("sitemap.xml", public_page()(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", robots, name="robots"),
    path("favicon.ico", favicon, name="favicon"),
]

# What the mail provider reports counts only with the secret that both know.
if settings.ANYMAIL.get("WEBHOOK_SECRET"):
    urlpatterns += [path("mail-events/", include("anymail.urls"))]

if settings.DEBUG:
    urlpatterns += [path("dev/mail/", dev_mail, name="dev_mail")]

# Last, so that a page of the site never takes the address of another.
urlpatterns += [path("<slug:slug>/", page, name="page")]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error
