"""nginx's configuration has the site's own limits and names."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.urls import reverse

from blog.admin.import_form import MAX_FILE_BYTES, MAX_PICTURES_BYTES
from common import documents, pictures, videos
from deploy.lib.nginx import configuration
from script.lib.environment import ROOT
from tests.servers import a_free_port

CONTAINER = ROOT / "deploy" / "nginx-container.conf"
CERTIFICATE = [
    "openssl",
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:prime256v1",
    "-nodes",
    "-subj",
    "/CN=tend",
]
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
LOCATION = re.compile(r"location (/\S*) {(.*?)}", re.DOTALL)


def limit_at(address):
    """The largest body in bytes that nginx takes at an address."""
    text = configuration("/tls", "/web.sock", "/pages")
    https = text[text.index("ssl_certificate ") :]
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


@pytest.mark.parametrize(
    ("version", "at_listen", "alone"), [("1.22.1", True, False), ("1.26.3", False, True), ("", False, True)]
)
def test_http2_is_asked_for_as_each_nginx_wants_it(tmp_path, monkeypatch, version, at_listen, alone):
    """Debian 12's, Debian 13's, and the container's, which the site's own container cannot ask."""
    program = tmp_path / "nginx"
    program.write_text(f"#!/bin/sh\necho nginx version: nginx/{version} >&2\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path) + ":/bin")
    text = configuration("/tls", "/web.sock", "/pages")
    assert ("listen 443 ssl http2;" in text, "http2 on;" in text) == (at_listen, alone)


def test_what_the_site_believes_of_a_visitor_is_what_nginx_saw():
    text = configuration("/tls", "/web.sock", "/pages")
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in text
    assert "proxy_set_header X-Forwarded-Proto https;" in text


@pytest.fixture
def as_in_containers(tmp_path):
    """The configuration as the container has it, with this machine's free ports and a certificate; where it stands."""
    tls = tmp_path / "tls"
    tls.mkdir()
    subprocess.run(
        [*CERTIFICATE, "-keyout", tls / "privkey.pem", "-out", tls / "fullchain.pem"],
        check=True,
        capture_output=True,
    )
    places = {"/run/nginx.pid": "nginx.pid", "/var/www/tend/nginx.conf": "site.conf", "/var/log/nginx/": ""}
    places = {old: f"{tmp_path}/{new}" for old, new in places.items()} | {
        f"listen {mark}{port}": f"listen {mark}{a_free_port()}"
        for port in (80, 443)
        for mark in ("", "[::]:")
    }
    site = configuration(str(tls), f"{tmp_path}/web.sock", str(tmp_path))
    for text, name in ((CONTAINER.read_text(), "nginx.conf"), (site, "site.conf")):
        for old, new in places.items():
            text = text.replace(old, new)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.mark.skipif(not NGINX, reason="no nginx here: apt-get install nginx")
def test_nginx_understands_it(as_in_containers):
    """Such as it runs in a container; on a server nginx itself is asked before it is told to read it."""
    ended = subprocess.run(
        [NGINX, "-t", "-p", as_in_containers, "-c", as_in_containers / "nginx.conf", "-e", "stderr"],
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr


def test_containers_hold_as_many_slow_connections_as_a_server():
    installed = (ROOT / "deploy" / "lib" / "site.sh").read_text()
    of_containers = CONTAINER.read_text()
    for variable, directive in (
        ("CONNECTIONS", "worker_connections"),
        ("OPEN_FILES", "worker_rlimit_nofile"),
    ):
        [number] = re.findall(rf"(?m)^{variable}=(\d+)", installed)
        assert f"{directive} {number};" in of_containers
    nginx = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())["services"]["nginx"]
    assert f"./{CONTAINER.name}:/etc/nginx/nginx.conf:ro" in nginx["volumes"]
    assert f"worker_rlimit_nofile {nginx['ulimits']['nofile']};" in of_containers
