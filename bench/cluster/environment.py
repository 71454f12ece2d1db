"""The environment of each server of an installation, and what is run with it past the pooler.

Everywhere `folder` is that of the installation, and `ports` are those of its parts by name.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.cluster import store
from bench.cluster.parts import HOST, PASSWORD, ROOT

LOCK_PATIENCE = "-c lock_timeout=5s"  # of a migration, as deploy/lib/site.sh has it
PREPARE = "prepare"  # the server on which versions are prepared; its static files are everybody's


def environment(folder: Path, ports: Mapping[str, int], name: str, pool: str) -> dict[str, str]:
    """Return the environment of the server `name`, whose own folder holds nothing that another needs."""
    own = folder / ("static" if name == PREPARE else name)
    own.mkdir(exist_ok=True)
    static = own / "static"
    if name != PREPARE and not static.exists():
        static.symlink_to(folder / "static" / "static")
    pooler = f"postgres://postgres:{PASSWORD}@{HOST}:{ports['pooler']}"
    replica = {"REPLICA_URL": f"{pooler}/tend_replica"} if name.startswith("web") else {}
    return {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": f"{pooler}/{pool}",
        "DATABASE_POOLED": "1",
        "DATA_DIR": str(own),
        "SECRET_KEY": "of the proof only " * 4,
        "FIELD_KEYS": "YSBrZXkgb2YgdGhlIHByb29mLCBhbmQgbm8gb3RoZXI=",
        "ALLOWED_HOSTS": "*",
        "SITE_URL": f"http://{HOST}:{ports['web']}",
        "EMAIL_URL": f"smtp://{HOST}:{ports['mail']}",
        "TRUSTED_PROXY_COUNT": "1",
        "WEB_CONCURRENCY": "1",
        "CACHE_URL": f"redis://{HOST}:{ports['cache']}/0",
        "S3_BUCKET": store.BUCKET,
        "S3_ENDPOINT_URL": f"http://{HOST}:{ports['store']}",
        "STAFF_SECOND_FACTOR": "0",
        **store.KEYS,
        **replica,
    }


def prepare(folder: Path, ports: Mapping[str, int], version: Path) -> None:
    """Bring database and static files to a version: what an operator runs before its processes are exchanged."""
    run(folder, ports, "-m", "script.lib.prepare", version=version, PGOPTIONS=LOCK_PATIENCE)


def sign_in_members(folder: Path, ports: Mapping[str, int], how_many: int) -> dict[str, Any]:
    """Make members. Return {"members": [the cookies of each browser], "therapist": hers}."""
    settings = {"DJANGO_SETTINGS_MODULE": "bench.settings"}
    return json.loads(run(folder, ports, "manage.py", "sign_in_members", str(how_many), **settings))


def run(folder: Path, ports: Mapping[str, int], *command: str, version: Path = ROOT, **variables: str) -> str:
    """Run Python in a version, past the pooler, on the primary. Return what it said; exit where it fails."""
    primary = f"postgres://postgres:{PASSWORD}@{HOST}:{ports['primary']}/tend"
    own = environment(folder, ports, PREPARE, "tend") | {"DATABASE_URL": primary, "DATABASE_POOLED": "0"}
    ended = subprocess.run(
        [sys.executable, *command], env=own | variables, cwd=version, capture_output=True, text=True
    )
    if ended.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {ended.returncode}: {ended.stderr[-2000:]}")
    return ended.stdout
