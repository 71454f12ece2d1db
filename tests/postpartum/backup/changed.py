"""Backups that are not as they were made."""

import hashlib
import io
import json
import tarfile
import zipfile

from postpartum.backup.manifest import DATABASE, MANIFEST, UPLOADS


def changed(backup, path, parts=None, sums=True, **manifest):
    """A copy of `backup` at `path` with other parts or another manifest; its sums made to fit unless told otherwise."""
    with zipfile.ZipFile(backup) as packed:
        contents = {name: packed.read(name) for name in (DATABASE, UPLOADS)} | (parts or {})
        said = json.loads(packed.read(MANIFEST))
    if sums:
        for name in (DATABASE, UPLOADS):
            digest = hashlib.sha256(contents[name]).hexdigest()
            said["parts"][name] = {"size": len(contents[name]), "sha256": digest}
    contents.setdefault(MANIFEST, json.dumps(said | manifest).encode())
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in contents.items():
            packed.writestr(name, content)
    return path


def part(backup, name):
    """The bytes of one part."""
    with zipfile.ZipFile(backup) as packed:
        return packed.read(name)


def manifest(backup):
    """What a backup says of itself."""
    return json.loads(part(backup, MANIFEST))


def tar_of(*members):
    """A tar of pairs (member, content)."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as tar:
        for member, content in members:
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return file.getvalue()


def member(name, kind=tarfile.REGTYPE, linkname=""):
    """A member of a tar."""
    made = tarfile.TarInfo(name)
    made.type, made.linkname = kind, linkname
    return made
