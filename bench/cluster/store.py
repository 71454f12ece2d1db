"""A file store that keeps what it took when it is killed: SeaweedFS, whose one program a wheel on PyPI brings."""

import json
import time
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from bench.cluster.parts import HOST, PATIENCE, STORE, free_port

BUCKET = "tend"
KEYS = {"AWS_ACCESS_KEY_ID": "proof", "AWS_SECRET_ACCESS_KEY": "of-the-proof-only"}
PORTS = (
    "master.port",
    "master.port.grpc",
    "volume.port",
    "volume.port.grpc",
    "filer.port",
    "filer.port.grpc",
)
# One server elects itself; with the default of ten seconds that takes most of a restart.
OPTIONS = ("-master.electionTimeout=1s", "-master.volumeSizeLimitMB=64", "-volume.max=20")
NOT_NEEDED = ("-s3.port.iceberg=0", "-s3.port.lance=0")


def command(folder: Path, port: int) -> list[str]:
    """Return the command that serves S3 on `port` and keeps everything in `folder`."""
    folder.mkdir()
    identity = {
        "name": "site",
        "credentials": [{"accessKey": KEYS["AWS_ACCESS_KEY_ID"], "secretKey": KEYS["AWS_SECRET_ACCESS_KEY"]}],
        "actions": ["Admin", "Read", "Write", "List"],
    }
    allowed = folder / "s3.json"
    allowed.write_text(json.dumps({"identities": [identity]}))
    own = [f"-{name}={free_port()}" for name in (*PORTS, "s3.port.grpc")]
    place = [f"-dir={folder}", f"-ip={HOST}", f"-ip.bind={HOST}"]
    s3 = ["-s3", f"-s3.port={port}", f"-s3.config={allowed}", *NOT_NEEDED]
    return [str(STORE), "server", *place, *s3, *OPTIONS, *own]


def make_bucket(address: str) -> None:
    """Make the site's bucket as soon as the store takes it, and a file in it. Raise what it said last."""
    once = Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"})
    keys = {name.lower(): value for name, value in KEYS.items()}
    client = boto3.client("s3", endpoint_url=address, region_name="us-east-1", config=once, **keys)
    end = time.monotonic() + PATIENCE
    while True:
        try:
            client.create_bucket(Bucket=BUCKET)
            client.put_object(Bucket=BUCKET, Key="first", Body=b"")
            return
        except (BotoCoreError, ClientError):
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
