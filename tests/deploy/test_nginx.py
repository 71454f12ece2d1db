"""nginx's configuration has the site's own limits and names."""

import re
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from blog.admin.import_form import MAX_FILE_BYTES, MAX_PICTURES_BYTES
from common import documents, pictures, videos
from deploy.lib.nginx import configuration

LOCATION = re.compile(r"location (/\S*) {(.*?)}", re.DOTALL)


def limit_at(address):
    """The largest body in bytes that nginx takes at an address."""
    text = configuration("/tls", "/web.sock", "/pages")
    https = text[text.index("listen 443 ssl http2;") :]
    [general] = re.findall(r"(?m)^    client_max_body_size (\d+);", https)
    fitting = [(place, inside) for place, inside in LOCATION.findall(https) if address.startswith(place)]
    inside = max(fitting)[1]
    return int((re.findall(r"client_max_body_size (\d+);", inside) or [general])[0])


def test_it_takes_what_the_site_takes_and_little_more():
    """The site refuses in words what is over its limits, so it must get to see it; nginx refuses what is far over."""
    form = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    desk = max(documents.MAX_BYTES, videos.MAX_BYTES + videos.MAX_CAPTIONS_BYTES + pictures.MAX_BYTES)
    archive = MAX_FILE_BYTES + MAX_PICTURES_BYTES
    assert form < limit_at("/search/") <= 2 * form
    assert desk + form < limit_at(reverse("admin:blog_document_add")) <= desk + 2 * form
    assert archive + form < limit_at(reverse("admin:blog_importrun_add")) <= archive + 2 * form


def test_files_are_uploaded_at_the_desk_only():
    """Elsewhere nginx takes no more than a form."""
    pages = [
        path
        for path in Path(settings.BASE_DIR, "templates").rglob("*.html")
        if "multipart" in path.read_text()
    ]
    assert pages
    assert [path for path in pages if not {"admin", "desk"} & set(path.parts)] == []


def test_names_and_places_are_filled_in(settings):
    settings.ALLOWED_HOSTS = ["tend.example.org", "www.tend.example.org"]
    text = configuration("/tls", "/web.sock", "/pages")
    assert text.count("server_name tend.example.org www.tend.example.org;") == 2
    assert "ssl_certificate /tls/fullchain.pem;" in text
    assert "proxy_pass http://unix:/web.sock;" in text
    assert "@{" not in text


def test_what_the_site_believes_of_a_visitor_is_what_nginx_saw():
    text = configuration("/tls", "/web.sock", "/pages")
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in text
    assert "proxy_set_header X-Forwarded-Proto https;" in text
