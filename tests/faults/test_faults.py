"""What can go wrong on a machine: kills, full disks, folders and files that cannot be written, files that go away.

Whatever happens, a target is the old file or the new one, whole. `docs/faults.md` tells what is promised.
"""

from __future__ import annotations

import ctypes
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.console import ROOT, environment, run
from tests.faults import writers
from tests.faults.writers import WRITERS, content, prepare, strays
from tests.sources.files import csv_text, fields

SMALL = [each for each in WRITERS if each.command in ("budget", "data add", "data template", "extract")]


def sonla(folder: Path, *arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-B", "-m", "sonla_cli", *arguments], cwd=folder, env=environment(), capture_output=True,
        text=True, encoding="utf-8", timeout=120, check=False, stdin=subprocess.DEVNULL, **more,
    )  # type: ignore[call-overload, no-any-return]  # fmt: skip


def quiet(text: str) -> None:
    assert "Traceback" not in text
    assert "internal error" not in text


def test_every_command_that_writes_is_tried():
    assert {each.command for each in WRITERS} == set(writers.commands_that_write())


@pytest.mark.slow
def test_killed_at_any_moment_the_old_file_or_the_new_one_is_there():
    """`SONLA_KILLS=1000` is the campaign told of in `docs/faults.md`."""
    count = os.environ.get("SONLA_KILLS", str(3 * len(WRITERS)))
    done = run_module("tests.faults.killing", count, "--seed", "1")
    found = json.loads(done.stdout)
    assert found["killed"] + found["done before"] == int(count)
    assert found["killed while writing"] > int(count) / 20


@pytest.mark.slow
def test_killed_at_every_line_that_writes_the_old_file_or_the_new_one_is_there():
    done = run_module("tests.faults.killing", "--lines")
    assert all(lines > 30 for lines in json.loads(done.stdout).values())


def run_module(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "ignore", "-m", name, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done


# disks


def fails_whole(folder: Path, writer: writers.Writer, **more: object) -> str:
    """Run a command that cannot write; what was there stays, and nothing else does. Return what it says."""
    old = content(folder, writer)
    done = sonla(folder, *writer.arguments, **more)
    assert done.returncode == 2, (writer.words, done)
    quiet(done.stderr)
    assert content(folder, writer) == old, writer.words
    assert strays(folder, writer) == [], writer.words
    return done.stderr


def limit() -> None:
    # a file grows to 64 bytes and no further (nor would the byte code that Python writes, hence -B)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))


@pytest.mark.parametrize("writer", SMALL, ids=lambda each: each.words.split(str(ROOT))[0])
def test_a_file_that_cannot_grow_leaves_the_old_one(tmp_path, writer):
    folder = tmp_path / "run"
    prepare(folder, writer)
    assert "File too large" in fails_whole(folder, writer, preexec_fn=limit)


def test_a_package_that_cannot_be_finished_is_not_begun(tmp_path):
    """The sources fit and the observations do not: neither is there afterwards, and what was there before is."""
    rows = [fields(value=str(4900 + month), period=f"2025-{month}M", source="mine") for month in range(1, 12)]
    (tmp_path / "new.csv").write_text(csv_text(rows), encoding="utf-8")
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "notes.txt").write_text("mine", encoding="utf-8")
    for target in ("made", "kept"):
        command = ("data", "convert", "new.csv", target, "--to", "package")
        done = sonla(
            tmp_path, *command, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))
        )
        assert (done.returncode, "File too large" in done.stderr) == (2, True), done
    assert not (tmp_path / "made").exists()
    assert [each.name for each in (tmp_path / "kept").iterdir()] == ["notes.txt"]
    assert sonla(tmp_path, "data", "convert", "new.csv", "made", "--to", "package").returncode == 0
    assert len(list((tmp_path / "made").iterdir())) == 3


def test_what_another_process_placed_meanwhile_is_not_taken_back(tmp_path, monkeypatch):
    """Both found the folder empty; the other was the first to place its sources."""
    from sonla_cli.core.problem import SonlaError
    from sonla_cli.models.observation import Dataset
    from sonla_cli.sources import writing

    def late(*_given: object, **_how: object) -> None:
        (tmp_path / "sources.csv").write_text("theirs", encoding="utf-8")
        raise FileExistsError

    monkeypatch.setattr(writing, "replacing", late)
    with pytest.raises(SonlaError):
        writing.write(Dataset(), str(tmp_path), form="package")
    assert (tmp_path / "sources.csv").read_text(encoding="utf-8") == "theirs"


@pytest.mark.slow
def test_a_full_disk_leaves_the_old_file(tmp_path):
    """A file system of 200 KB in memory, full but for a page; mounted in a name space of its own where we are no root."""
    small = tmp_path / "small"
    small.mkdir()
    if os.environ.get("SONLA_FULL_DISK"):
        full_disk(Path(os.environ["SONLA_FULL_DISK"]))
        return
    private = (
        ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]
    )
    again = (
        f"{sys.executable} -m pytest -q -m slow -p no:cacheprovider tests/faults/test_faults.py -k full_disk"
    )
    mounted = f"mount -t tmpfs -o size=200k none {small} && SONLA_FULL_DISK={small} {again}"
    done = subprocess.run(
        [*private, "sh", "-c", mounted], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def full_disk(small: Path) -> None:
    assert shutil.disk_usage(small).total < 300_000
    for place, writer in enumerate(WRITERS):
        folder = small / f"run-{place}"
        prepare(folder, writer)
        ballast = small / "ballast"
        with ballast.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"\0" * 4096)
            except OSError:
                pass
        said = fails_whole(folder, writer)
        assert "No space left on device" in said, (writer.words, said)
        ballast.unlink()
        shutil.rmtree(folder)


# folders and files


def powerless() -> None:
    """Root may write everywhere: give up the right to, for the program that is about to start."""
    if os.geteuid() == 0:
        drop_from_bounding_set, override, read_search, owner = 24, 1, 2, 3
        for capability in (override, read_search, owner):
            assert ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0) == 0


@pytest.mark.parametrize(
    "writer", [SMALL[0], SMALL[-1], next(each for each in WRITERS if each.appends)], ids=str
)
def test_a_read_only_folder_is_told_and_stays_as_it_is(tmp_path, writer):
    folder = tmp_path / "run"
    prepare(folder, writer)
    for each in (folder, *folder.rglob("*")):
        each.chmod(0o555 if each.is_dir() else 0o644)
    assert "Permission denied" in fails_whole(folder, writer, preexec_fn=powerless)
    for each in (folder, *folder.rglob("*")):
        each.chmod(0o755)


def test_force_replaces_a_read_only_file_and_keeps_it_read_only(tmp_path):
    out = tmp_path / "out.csv"
    out.write_bytes(writers.OLD)
    out.chmod(0o444)
    assert sonla(tmp_path, "data", "template", "out.csv").returncode == 2
    assert out.read_bytes() == writers.OLD
    assert sonla(tmp_path, "data", "template", "out.csv", "--force").returncode == 0
    assert out.read_bytes().startswith(b"area,")
    assert out.stat().st_mode & 0o777 == 0o444


def test_a_name_as_long_as_names_may_be_can_be_written(tmp_path):
    out = "ă" * 124 + ".csv"
    assert len(os.fsencode(out)) == 252
    assert sonla(tmp_path, "data", "template", out).returncode == 0
    assert [each.name for each in tmp_path.iterdir()] == [out]


# streams


@pytest.mark.parametrize("command", ["sonla --version", "sonla --help", "sonla budget", "sonla budget --json", "sonla data template",
                                     "sonla data schema", f"sonla data convert {writers.DATA} -"])  # fmt: skip
def test_a_stdout_that_takes_nothing_is_told(command):
    for out, why in ((">/dev/full", "No space left on device"), (">&-", "Bad file descriptor")):
        done = run(f"{command} {out}")
        assert done.returncode == 2, done
        assert f"stdout: cannot write the file: {why}" in done.stderr
        quiet(done.stderr)


def test_a_stdout_that_is_closed_early_is_the_end_without_a_word():
    for command in (
        "budget",
        "budget --json",
        "data show",
        "indicators --json",
        f"data convert {writers.DATA} - --to jsonl",
    ):
        done = run(f"sonla {command} | head -1; echo ${{PIPESTATUS[0]}}")
        assert done.stdout.endswith("\n0\n"), command
        assert done.stderr == "", command


def test_what_cannot_be_said_is_not_said_and_the_status_stays():
    assert run("sonla nonsense 2>/dev/full").returncode == 2
    assert run("sonla nonsense 2>&-").returncode == 2
    done = run("sonla budget --json 2>&- <&-")
    assert done.returncode == 0
    assert json.loads(done.stdout)["rows"]


def test_a_closed_stdin_is_an_empty_file():
    done = run("sonla budget --data - --no-embedded <&-")
    assert done.returncode == 2
    assert "stdin: the file is empty" in done.stderr


def test_a_file_does_not_take_the_place_of_a_closed_stream(tmp_path):
    done = run("sonla budget --json -o out.json >&- 2>&- <&-", tmp_path)
    assert done.returncode == 0
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["rows"]


# requests to end


@pytest.mark.slow
def test_a_request_to_end_is_obeyed_without_a_word_and_leaves_nothing(tmp_path):
    """SIGTERM and SIGINT at moments of every command: the status says which, and only whole files are there."""
    done = run_module("tests.faults.killing", str(4 * len(WRITERS)), "--seed", "2", "--requests")
    assert json.loads(done.stdout)["killed"] > len(WRITERS)


def test_a_command_that_is_waiting_ends_when_it_is_asked_to(tmp_path):
    for number, status in ((signal.SIGINT, 130), (signal.SIGTERM, -15)):
        command = [sys.executable, "-m", "sonla_cli", "data", "add", "-", "--to", "p"]
        process = subprocess.Popen(
            command, cwd=tmp_path, env=environment(), stdin=subprocess.PIPE, stderr=subprocess.PIPE
        )
        wait_for_reading(process.pid)
        process.send_signal(number)
        assert process.communicate(timeout=60)[1].strip() == b""
        assert process.returncode == status
        assert list(tmp_path.iterdir()) == []


def wait_for_reading(process: int) -> None:
    """Wait until a process sleeps in a read of its stdin."""
    for _ in range(3000):
        state = Path(f"/proc/{process}/syscall").read_text() if os.geteuid() == 0 else ""
        if state.startswith("0 0x0 "):
            return
        if not state and "pipe" in Path(f"/proc/{process}/wchan").read_text():
            return
        time.sleep(0.01)
    raise AssertionError("it never read")


# several at once


@pytest.mark.slow
def test_eight_writers_of_one_package_lose_nothing_though_some_are_killed(tmp_path):
    folder, draw = tmp_path / "p", random.Random(1)  # noqa: S311
    processes = []
    for number in range(8):
        file = tmp_path / f"{number}.csv"
        file.write_text(csv_text([fields(value=str(1000 + number), source=f"s{number}")]), encoding="utf-8")
        command = [sys.executable, "-m", "sonla_cli", "data", "add", str(file), "--to", str(folder)]
        processes.append(
            subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        )
    for process in processes[6:]:
        time.sleep(draw.uniform(0.1, 1.0))
        process.kill()
    ended = [(process.communicate()[1], process.returncode) for process in processes]
    assert ended[:6] == [(b"", 0)] * 6
    from sonla_cli.sources import tables

    values = [each.value for each in tables.load([str(folder)]).observations]
    assert len(values) == len(set(values))
    assert {str(1000 + number) for number, (_, status) in enumerate(ended) if status == 0} <= set(values)


# files that go away while they are read


@pytest.mark.slow
def test_a_file_that_vanishes_or_shrinks_while_it_is_read_is_told():
    done = run_module("tests.faults.vanishing", "8")
    assert json.loads(done.stdout)["told"] > 20
