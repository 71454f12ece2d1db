"""Offline support: the manifest, the service worker, and the page shown without a network."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from allauth.account.views import LogoutView
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from common.practice import practice_details
from common.public_pages import public_page
from postpartum.script_packs import FOLDER, packed
from programs.pages.figures import forget_woman

PLAYER = Path(settings.BASE_DIR, "static", "js", "player")
OTHERS = (
    "css/site.css",
    "css/app.css",
    "css/breathe.css",
    "css/journey.css",
    "css/player.css",
    "img/mark.svg",
    "js/check-in.js",
)
NO_KEY = "0" * 32
PAPER = "#f8f4ec"


@public_page()
@require_safe
@cache_control(max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """Return the web app manifest."""
    name = practice_details()["name"]
    icons = [
        {
            "src": static(f"img/icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ]
    described = {
        "name": name,
        "short_name": name,
        "description": _("A gentle twelve-week way back to strength after birth."),
        "id": "/",
        "start_url": reverse("today"),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": icons,
    }
    return JsonResponse(described, content_type="application/manifest+json")


@public_page()
@require_safe
@cache_control(no_cache=True)
def shell(request: HttpRequest) -> HttpResponse:
    """Show the page for offline use. It contains no personal data: sessions are stored encrypted on the device."""
    return render(request, "offline/shell.html", _shell_context(), content_type="text/html")


@public_page("module")
@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Return the script that caches the shell, the safety page and their files; a new version makes a new cache.

    With `?module` it is a module, which also sends the outbox; browsers without module workers take it without.
    """
    accent = practice_details()["accent_url"]
    assets = [*(static(path) for path in _paths()), *([accent] if accent else [])]
    context = {
        "version": _version(render_to_string("offline/shell.html", _shell_context(), request), assets),
        "assets": assets,
        "shell": reverse("offline"),
        "safety": reverse("safety"),
        "breathe": reverse("breathe"),
        "kept": reverse("kept_sessions"),
        "module": "module" in request.GET,
        "background": static("js/player/background.js"),
        "static": settings.STATIC_URL,
        "pictures": [
            reverse("exercise_photo", args=[NO_KEY, 0, "webp"]).partition(NO_KEY)[0],
            reverse("exercise_voice", args=[NO_KEY]).partition(NO_KEY)[0],
            reverse("exercise_figure", args=[NO_KEY, "x", "x"]).partition(NO_KEY)[0],
        ],
    }
    return render(request, "offline/sw.js", context, content_type="text/javascript")


class ForgettingLogoutView(LogoutView):
    """Sign-out that also clears what the browser stored."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign out as allauth does."""
        response = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"storage"'
        forget_woman(response)
        return response


def _shell_context() -> dict[str, Any]:
    page = {
        "kept": reverse("kept_sessions"),
        "safety": reverse("safety"),
        "today": reverse("today"),
        "signIn": f"{reverse('account_login')}?next={reverse('today')}&check-in=",  # the country's code follows
        "checkIn": static("js/check-in.js"),
    }
    return {"page": page}


def _paths() -> list[str]:
    return [*OTHERS, *(FOLDER + name for name in sorted(_modules() if settings.DEBUG else _packed()))]


def _modules() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in PLAYER.glob("*.js")}


@cache
def _packed() -> frozenset[str]:
    """Return the names of the scripts that pages of production load, in the player's folder."""
    return frozenset(packed(_modules()))


def _version(page: str, assets: list[str]) -> str:
    """Return a fingerprint of all cached content; in development file names do not change with their content."""
    digest = sha256("".join([page, *assets]).encode())
    if settings.DEBUG:
        for path in _paths():
            digest.update(Path(str(finders.find(path))).read_bytes())
    return digest.hexdigest()[:16]
