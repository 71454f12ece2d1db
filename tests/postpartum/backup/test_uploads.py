"""Uploads into a tar and out again; whatever a tar says, nothing leaves the folder."""

import io
import tarfile

import pytest

from postpartum.backup.errors import BackupError
from postpartum.backup.manifest import newest
from postpartum.backup.uploads import move_into_place, pack, prepare, unpack
from tests.postpartum.backup.changed import member, tar_of
from tests.postpartum.backup.conftest import files


@pytest.mark.parametrize(
    "hostile",
    [
        member("../out"),
        member("a/../../out"),
        member("/tmp/out"),
        member("."),
        member("link", tarfile.SYMTYPE, "/etc/passwd"),
        member("link", tarfile.LNKTYPE, "../out"),
        member("pipe", tarfile.FIFOTYPE),
        member("folder", tarfile.DIRTYPE),
    ],
    ids=lambda hostile: f"{hostile.name} {hostile.type}",
)
def test_only_plain_files_below_the_folder_are_taken(tmp_path, hostile):
    source = io.BytesIO(tar_of((member("first"), b"first"), (hostile, b"")))

    with pytest.raises(BackupError, match="never write there"):
        unpack(source, tmp_path / "new")

    assert files(tmp_path) == {"new/first": b"first"}


def test_a_tar_that_ends_half_way_is_an_error(tmp_path):
    content = tar_of((member("a"), b"a" * 100_000))

    with pytest.raises(BackupError, match="cannot be read"):
        unpack(io.BytesIO(content[:50_000]), tmp_path / "new")


def test_linked_folders_come_along_and_what_a_killed_restore_left_does_not(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.mp4").write_bytes(b"a")
    media = tmp_path / "media"
    prepare(media).joinpath("half").write_bytes(b"half")
    (media / "videos").symlink_to(tmp_path / "elsewhere")
    tar = io.BytesIO()

    assert len(pack(media, tar)) == 1

    tar.seek(0)
    assert unpack(tar, tmp_path / "new") == 1
    assert files(tmp_path / "new") == {"videos/a.mp4": b"a"}


def test_without_uploads_the_tar_is_empty(tmp_path):
    tar = io.BytesIO()

    assert len(pack(tmp_path / "never made", tar)) == 0

    tar.seek(0)
    assert unpack(tar, tmp_path / "new") == 0


def test_uploads_that_cannot_be_moved_are_all_kept_and_found(tmp_path):
    media = tmp_path / "media"
    work = prepare(media)
    (work / "new").mkdir()
    (work / "new" / "a").write_bytes(b"new")
    (work / "old").mkdir()  # in the way
    (media / "a").write_bytes(b"old")

    with pytest.raises(BackupError, match="by hand"):
        move_into_place(media, work)

    assert (media / "a").read_bytes() == b"old"
    assert (work / "new" / "a").read_bytes() == b"new"


def test_the_newest_migration_of_each_app():
    pairs = [("blog", "0002_b"), ("blog", "0010_c"), ("accounts", "0001_initial")]

    assert newest(pairs) == {"blog": "0010_c", "accounts": "0001_initial"}
