"""Thousands of slow connections at the documented web server, while other visitors read."""

import contextlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.faults.site import ROOT, Site, a_site, free_port
from bench.faults.slow_clients import HOST, NEW_A_SECOND
from script.lib import env_files

SECONDS = 45  # with all of them: three times what nginx gives a request's head
SPARE = 1000  # open files that are no slow connection
PAGES = ("/", "/articles/", "/articles/cesarean-scar/", "/program/", "/safety/", "/accounts/login/")
MAIN = """
worker_processes auto;
worker_rlimit_nofile {files};
pid {folder}/nginx.pid;
error_log {folder}/error.log crit;
events {{ worker_connections {connections}; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def slow_connections(_: str, wanted: int) -> dict[str, object]:
    """Hold so many connections that say, or take, a few bytes in seconds. Everybody else must be answered."""
    if not shutil.which("nginx"):
        sys.exit("This needs Debian's nginx.")
    most = _raise_open_files() - SPARE
    address = free_port()
    with a_site(SITE_URL=f"https://{HOST}:{address}") as site, _nginx(site, address):
        return _besiege(address, min(wanted, most))


def _raise_open_files() -> int:
    """Allow as many open files as this account may have. Return how many."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most


@contextlib.contextmanager
def _nginx(site: Site, port: int) -> Iterator[None]:
    """nginx as deploy/install sets it up, on a port of its own."""
    folder = site.data_dir.parent / "nginx"
    folder.mkdir()
    certificate = [
        "-keyout",
        folder / "privkey.pem",
        "-out",
        folder / "fullchain.pem",
        "-subj",
        f"/CN={HOST}",
    ]
    new = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
        *certificate,
    ]
    subprocess.run(new, check=True, capture_output=True)
    (folder / "site.conf").write_text(_configuration(site, folder, port))
    files = min(_documented("OPEN_FILES"), resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    connections = _documented("CONNECTIONS")
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, files=files, connections=connections))
    running = subprocess.Popen(["nginx", "-c", folder / "nginx.conf", "-g", "daemon off;"])
    try:
        while not _visit(port, "/safety/")[0]:
            time.sleep(0.1)
        yield
    finally:
        running.terminate()
        running.wait()


def _configuration(site: Site, folder: Path, port: int) -> str:
    """Return the site's part of nginx's configuration, with the ports and folders of this run."""
    own = env_files.read(site.data_dir / "production.env") | {"DEBUG": "0", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "deploy.lib.nginx", "configuration", str(folder), "SOCKET", str(folder)]
    text = site.run(*command, **own).replace("http://unix:SOCKET", f"http://127.0.0.1:{site.port}")
    text = text.replace("/var/log/nginx/", f"{folder}/").replace("listen 443", f"listen {port}")
    lines = [line for line in text.splitlines() if "listen [::]" not in line]
    return "\n".join(lines).replace("listen 80", f"listen {free_port()}")


def _documented(name: str) -> int:
    """Return a number of deploy/lib/site.sh."""
    [line] = [
        line for line in (ROOT / "deploy/lib/site.sh").read_text().splitlines() if line.startswith(f"{name}=")
    ]
    return int(line.partition("=")[2].split("#")[0])


def _besiege(port: int, how_many: int) -> dict[str, object]:
    waited: list[float] = []
    statuses: Counter[int] = Counter()
    command = [sys.executable, "-m", "bench.faults.slow_clients", str(port), str(how_many)]
    with tempfile.TemporaryFile("w+") as told:
        slow = subprocess.Popen(command, cwd=ROOT, stdout=told)
        end = time.monotonic() + how_many / NEW_A_SECOND + SECONDS
        while time.monotonic() < end:
            status, seconds = _visit(port, PAGES[statuses.total() % len(PAGES)])
            statuses[status] += 1
            waited.append(seconds)
            time.sleep(0.1)
        slow.terminate()
        slow.wait()
        told.seek(0)
        counts = [int(line) for line in told]
    return {
        "slow at once": max(counts),
        "asked": how_many,
        "visits": dict(statuses),
        "longest wait": round(max(waited), 2),
        "usual wait": round(sorted(waited)[len(waited) // 2], 3),
        "lost": statuses.total() - statuses[200],
    }


def _visit(port: int, path: str) -> tuple[int, float]:
    """Ask for a page as anybody does, by curl. Return its status and the seconds it took."""
    command = ["curl", "--silent", "--insecure", "--max-time", "30", "--output", "/dev/null"]
    command += ["--write-out", "%{http_code} %{time_total}", f"https://{HOST}:{port}{path}"]
    said = subprocess.run(command, capture_output=True, text=True).stdout.split()
    return int(said[0]), float(said[1])
