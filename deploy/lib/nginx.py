"""Print nginx's configuration for the site of this environment, or the page for while the site is away.

    python -m deploy.lib.nginx configuration TLS SOCKET PAGES
    python -m deploy.lib.nginx page

TLS is the directory of fullchain.pem and privkey.pem, SOCKET where gunicorn listens, PAGES the directory of that page
and of the challenges of certificates. Limits, host names and places are the site's settings, written down once.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from string import Template

import django
from django.conf import settings
from django.template.loader import render_to_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postpartum.settings")
django.setup()  # before the site's modules, whose models need the settings

from blog.admin.import_form import MAX_FILE_BYTES, MAX_PICTURES_BYTES  # noqa: E402
from common import documents, pictures, videos  # noqa: E402

TEMPLATE = Path(__file__).resolve().parents[1] / "nginx.conf"
FORM = settings.DATA_UPLOAD_MAX_MEMORY_SIZE  # bytes of a form beside its files


class NginxTemplate(Template):
    """Names are written @{name}: a $ begins variables of nginx itself."""

    delimiter = "@"


def main() -> None:
    """Print what the arguments ask for."""
    match sys.argv[1:]:
        case ["configuration", tls, socket, pages]:
            print(configuration(tls, socket, pages), end="")
        case ["page"]:
            print(render_to_string("503.html"), end="")
        case _:
            sys.exit(__doc__)


def configuration(tls: str, socket: str, pages: str) -> str:
    """Return the configuration as text."""
    return NginxTemplate(TEMPLATE.read_text()).substitute(
        limits() | http2(), hosts=" ".join(settings.ALLOWED_HOSTS), tls=tls, socket=socket, pages=pages
    )


def limits() -> dict[str, int]:
    """Return the largest request body, in bytes, of a page, a desk page and the import.

    Larger by a form than what the site accepts: it is the site that refuses, in words.
    """
    largest = max(documents.MAX_BYTES, videos.MAX_BYTES + videos.MAX_CAPTIONS_BYTES + pictures.MAX_BYTES)
    return {
        "page_bytes": 2 * FORM,
        "desk_bytes": largest + 2 * FORM,
        "import_bytes": MAX_FILE_BYTES + MAX_PICTURES_BYTES + 2 * FORM,
    }


def http2() -> dict[str, str]:
    """Return how this machine's nginx is told to speak HTTP/2; without one, how that of the container is.

    From 1.25.1 on a directive of its own says so, and nginx warns of the word beside the port.
    """
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    said = subprocess.run([program, "-v"], capture_output=True, text=True).stderr if program else ""  # noqa: S603
    version = re.search(r"nginx/(\d+)\.(\d+)\.(\d+)", said)
    if version and tuple(map(int, version.groups())) < (1, 25, 1):
        return {"http2_at_listen": " http2", "http2_alone": ""}
    return {"http2_at_listen": "", "http2_alone": "http2 on;"}


if __name__ == "__main__":
    main()
