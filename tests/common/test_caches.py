"""A cache at CACHE_URL: shared while it is there, missed by nobody while it is away."""

import shutil
import subprocess

import pytest
from django.core.cache import caches
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from postpartum import backing_services
from tests.servers import a_free_port
from tests.worker import wait_until


def the_cache(monkeypatch, port):
    """The cache that the settings name with this server."""
    monkeypatch.setenv("CACHE_URL", f"redis://127.0.0.1:{port}/0")
    made = backing_services.cache()
    return caches.__class__({"default": made})["default"]


def test_without_its_server_nothing_is_there_and_nothing_fails(monkeypatch):
    cache = the_cache(monkeypatch, a_free_port())

    cache.set("a", 1)

    assert cache.get("a", "else") == "else"
    assert cache.get_or_set("a", lambda: 2) == 2
    assert cache.add("a", 1)
    assert cache.get_many(["a"]) == {}
    assert not cache.delete("a")


@pytest.mark.skipif(not shutil.which("redis-server"), reason="no Redis on this machine")
def test_what_one_process_keeps_another_finds(monkeypatch, tmp_path):
    port = a_free_port()
    running = subprocess.Popen(
        ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: _answers(port))
        the_cache(monkeypatch, port).set("a", 1)

        assert the_cache(monkeypatch, port).get("a") == 1
        assert Redis(port=port).keys() == [b"tend:1:a"]
    finally:
        running.kill()
        running.wait()


def _answers(port):
    try:
        return Redis(port=port).ping()
    except RedisConnectionError:
        return False
