"""Files in a bucket of an S3-compatible store, which all servers share."""

from collections.abc import Iterator
from typing import Any

from botocore.config import Config
from storages.backends.s3 import S3Storage

CHUNK = 256 * 1024  # bytes
IN_MEMORY = 2 * 2**20  # bytes of an opened file, before it goes on in a temporary file


class BucketStorage(S3Storage):
    """A folder of a bucket. Nobody but the site reads it: files have no address of their own.

    Names are never used twice, so a file that is there already is the one that is being saved.
    """

    def get_default_settings(self) -> dict[str, Any]:
        """Return the options; addresses with the bucket in the path, which every server understands."""
        timeouts = Config(
            connect_timeout=2,
            read_timeout=10,
            retries={"total_max_attempts": 2},
            s3={"addressing_style": "path"},
            signature_version="s3v4",
            # Sums that only AWS knows would be refused elsewhere.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        ours = {
            "default_acl": None,
            "file_overwrite": True,
            "client_config": timeouts,
            "max_memory_size": IN_MEMORY,
        }
        return super().get_default_settings() | ours

    def read_range(self, name: str, part: range) -> Iterator[bytes]:
        """Yield the bytes `part` of a file, without fetching the others."""
        wanted = f"bytes={part.start}-{part.stop - 1}"
        found = self.bucket.Object(self._normalize_name(name)).get(Range=wanted)
        yield from found["Body"].iter_chunks(CHUNK)
