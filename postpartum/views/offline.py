"""What lets the site work in flight mode: the manifest, the service worker, the page shown without a network."""

from hashlib import sha256
from pathlib import Path

from allauth.account.views import LogoutView
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from programs.wording.player import player_words

PLAYER = Path(settings.BASE_DIR, "static", "js", "player")
OTHERS = (
    "css/site.css",
    "css/app.css",
    "css/journey.css",
    "css/player.css",
    "img/mark.svg",
    "js/check-in.js",
)
NO_KEY = "0" * 32
PAPER = "#f8f4ec"


@require_safe
@cache_control(max_age=3600)
def manifest(request):
    """How the site looks as an app on her phone."""
    name = settings.PRACTICE["name"]
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


@require_safe
@cache_control(no_cache=True)
def shell(request):
    """The page shown where the network is away. It knows nobody: what is hers it finds sealed on her phone."""
    return render(request, "offline/shell.html", _shell_context(), content_type="text/html")


@require_safe
@cache_control(no_cache=True)
def service_worker(request):
    """The script that keeps the shell, the safety page and the files they need; another version, another cache."""
    assets = [static(path) for path in _paths()]
    context = {
        "version": _version(render_to_string("offline/shell.html", _shell_context(), request), assets),
        "assets": assets,
        "shell": reverse("offline"),
        "safety": reverse("safety"),
        "static": settings.STATIC_URL,
        "photos": reverse("exercise_photo", args=[NO_KEY, 0, "webp"]).partition(NO_KEY)[0],
    }
    return render(request, "offline/sw.js", context, content_type="text/javascript")


class ForgettingLogoutView(LogoutView):
    """Sign her out, and have her browser forget all it kept of her."""

    def post(self, *args, **kwargs):
        """Sign out as allauth does."""
        response = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"storage"'
        return response


def _shell_context():
    page = {
        "kept": reverse("kept_sessions"),
        "safety": reverse("safety"),
        "today": reverse("today"),
        "checkIn": static("js/check-in.js"),
    }
    return {"words": player_words(), "page": page}


def _paths():
    return [*OTHERS, *(f"js/player/{path.name}" for path in sorted(PLAYER.glob("*.js")))]


def _version(page, assets):
    """A fingerprint of all that is kept; while developing, names of files do not tell that they have changed."""
    digest = sha256("".join([page, *assets]).encode())
    if settings.DEBUG:
        for path in _paths():
            digest.update(Path(finders.find(path)).read_bytes())
    return digest.hexdigest()[:16]
