from __future__ import annotations

import os
import stat

import pytest

from sonla_cli.core.atomic import replacing


def test_a_file_appears_whole(tmp_path):
    path = tmp_path / "a"
    with replacing(path) as temporary:
        temporary.write_text("new")
        assert not path.exists()
    assert path.read_text() == "new"
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError, ValueError])
def test_an_interrupted_write_leaves_the_old_file_whole(tmp_path, error):
    path = tmp_path / "a"
    path.write_text("old")

    def write_half():
        with replacing(path, force=True) as temporary:
            temporary.write_text("half")
            raise error

    with pytest.raises(error):
        write_half()
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


def test_an_existing_file_is_not_overwritten(tmp_path):
    path = tmp_path / "a"
    path.write_text("old")
    with pytest.raises(FileExistsError), replacing(path) as temporary:
        temporary.write_text("new")
    assert path.read_text() == "old"


def test_a_file_that_another_process_made_meanwhile_is_not_overwritten(tmp_path):
    path = tmp_path / "a"

    def write_while_another_does():
        with replacing(path) as temporary:
            temporary.write_text("new")
            path.write_text("theirs")

    with pytest.raises(FileExistsError):
        write_while_another_does()
    assert path.read_text() == "theirs"
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


def test_the_permissions_of_an_overwritten_file_stay(tmp_path):
    path = tmp_path / "a"
    path.write_text("old")
    path.chmod(0o640)
    with replacing(path, force=True) as temporary:
        temporary.write_text("new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.parametrize("force", [False, True])
def test_what_was_written_is_on_the_disk_before_it_has_its_name(tmp_path, monkeypatch, force):
    """Otherwise a power cut leaves an empty file under the name of the old one."""
    path = tmp_path / "out"
    done = []
    sync = os.fsync

    def synced(handle: int) -> None:
        done.append((os.fstat(handle).st_size, path.exists()))
        sync(handle)

    monkeypatch.setattr(os, "fsync", synced)
    with replacing(path, force=force) as temporary:
        temporary.write_bytes(b"whole")
        assert done == []
    assert done == [(5, False)]
    assert path.read_bytes() == b"whole"
