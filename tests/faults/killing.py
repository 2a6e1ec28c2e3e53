"""Kills a command at a moment of its run and looks at what is left: the old file or the new one, whole.

    python -m tests.faults.killing 1000 --seed 1

A process that has loaded everything forks a child for each kill, so that the kill falls into the command and not
into the start of Python. Half of the moments are spread over the run, half over the time in which files change.
Moments are drawn from the seed, and the machine decides what each one hits. A summary goes to stdout as JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import pkgutil
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

from tests.faults.writers import WRITERS, Writer, content, prepare, strays

#: loaded before the forks; engines and pictures start threads only when they are used
HEAVY = (
    "altair", "docx", "docxtpl", "duckdb", "filelock", "ibis.backends.duckdb", "jinja2", "pyarrow.parquet",
    "python_calamine", "rich.console", "vl_convert", "xlsxwriter",
)  # fmt: skip
PATIENCE = 120.0


class Reference(NamedTuple):
    """A command left to itself: what it leaves, how long it took, and when it began to write."""

    new: object
    seconds: float
    writing: float


def load() -> None:
    """Import everything a command could import."""
    import sonla_cli

    for module in pkgutil.walk_packages(sonla_cli.__path__, "sonla_cli."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    for name in HEAVY:
        import_module(name)


def start(folder: Path, arguments: list[str], before: Callable[[], None] | None = None) -> int:
    """Start a command in a child process, what it says beside the folder, and return the process."""
    process = os.fork()
    if process:
        return process
    try:
        os.chdir(folder)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        spoken = os.open(told(folder), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for stream in (1, 2):
            os.dup2(spoken, stream)
        os.environ |= {"HOME": str(folder.parent), "XDG_CONFIG_HOME": str(folder.parent), "SONLA_LANG": "en"}
        from sonla_cli.cli import main

        if before is not None:
            before()
        main(arguments)
    except SystemExit as end:
        os._exit(int(end.code or 0))
    except BaseException:  # noqa: BLE001 - a child never returns into the test
        traceback.print_exc()
        os._exit(99)


def told(folder: Path) -> Path:
    """Return the file for what a command says."""
    return folder.with_name(f"{folder.name}.said")


def said(folder: Path) -> str:
    """Return what a command said, if it came to that."""
    return told(folder).read_text("utf-8") if told(folder).exists() else ""


def status(process: int) -> int:
    """Wait for a process and return its exit status, below zero for the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def reference(folder: Path, writer: Writer) -> Reference:
    """Let a command run to its end."""
    prepare(folder, writer)
    began = time.monotonic()
    before = set(strays(folder, writer))
    process, writing = start(folder, writer.arguments), 0.0
    while os.waitpid(process, os.WNOHANG) == (0, 0):
        if not writing and set(strays(folder, writer)) - before:
            writing = time.monotonic() - began
        time.sleep(0.0005)
    seconds = time.monotonic() - began
    return Reference(content(folder, writer), seconds, writing or seconds)


def kill(folder: Path, writer: Writer, known: Reference, draw: random.Random, number: int) -> int:
    """Start a command and send it a signal at a moment; return its status, 0 or 1 if it was done before."""
    process = start(folder, writer.arguments)
    began = time.monotonic()
    if draw.random() < 0.5:
        delay = draw.uniform(0, 1.1 * known.seconds)
    else:
        while not strays(folder, writer) and time.monotonic() - began < PATIENCE:
            if os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                break
            time.sleep(0.0002)
        delay = draw.uniform(0, 1.2 * (known.seconds - known.writing))
    # a child that is just being made is not the command yet
    time.sleep(max(delay, began + 0.005 - time.monotonic(), 0))
    os.kill(process, number)
    return status(process)


def judged(folder: Path, writer: Writer, old: object, known: Reference) -> Counter[str]:
    """Return what was found after a kill, after running the command again as well; raise where it is broken."""
    found = content(folder, writer)
    _hold(found in (old, known.new), "neither the old nor the new", writer, found)
    counts = Counter({"new" if found == known.new else "old": 1})
    left = strays(folder, writer)
    _hold(all(Path(each).name.startswith(".") for each in left), "a stray file", writer, left)
    if left:
        counts["killed while writing"] += 1
        ended = status(start(folder, writer.arguments))
        if writer.appends and found == known.new:
            _hold(ended == 2, "what is there already was added again", writer, ended)
            return counts
        _hold(ended in (0, 1), "the next run", writer, ended)
        _hold(content(folder, writer) == known.new, "the next run", writer, content(folder, writer))
        _hold(not strays(folder, writer), "still there after the next run", writer, strays(folder, writer))
    return counts


def _hold(condition: bool, what: str, writer: Writer, found: object) -> None:
    if not condition:
        raise AssertionError(f"{what}: `sonla {writer.words}`: {str(found)[:500]}")


#: a signal → the status of a command that it ended
KILLS = {signal.SIGKILL: -signal.SIGKILL}
REQUESTS = {signal.SIGTERM: -signal.SIGTERM, signal.SIGINT: 130}


def campaign(count: int, seed: int, signals: Mapping[int, int] = KILLS) -> Counter[str]:
    """End so many commands by these signals and return what was found."""
    load()
    draw = random.Random(seed)  # noqa: S311 - the same moments for the same seed
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="sonla-faults-") as name:
        base = Path(name)
        known = {
            writer: reference(base / f"reference-{place}", writer) for place, writer in enumerate(WRITERS)
        }
        for number in range(count):
            writer = WRITERS[number % len(WRITERS)]
            folder = base / f"run-{number}"
            prepare(folder, writer, with_old=draw.random() < 0.7 or writer.appends)
            old = content(folder, writer)
            chosen = draw.choice(tuple(signals))
            ended = kill(folder, writer, known[writer], draw, chosen)
            _hold(ended in (0, 1, signals[chosen]), "ended", writer, (ended, said(folder)))
            if signals is REQUESTS and ended not in (0, 1):
                left = strays(folder, writer)
                _hold(not said(folder).strip(), "not quiet", writer, said(folder))
                _hold(not left, "something is left", writer, left)
            counts += judged(folder, writer, old, known[writer])
            counts["done before" if ended in (0, 1) else "killed"] += 1
            told(folder).unlink(missing_ok=True)
            shutil.rmtree(folder)
            if number % 50 == 49:
                print(f"{number + 1} of {count}: {dict(counts)}", file=sys.stderr, flush=True)
    return counts


#: commands killed at every line, and the files whose lines these are
EVERY_LINE = ("data add", "data template")
LINES = (
    "core/atomic.py",
    "render/output.py",
    "sources/adding.py",
    "sources/writing.py",
    "sources/template.py",
)


def every_line(writer: Writer) -> int:
    """Kill a command at every line that has to do with writing, one run a line; return how many."""
    load()
    with tempfile.TemporaryDirectory(prefix="sonla-faults-") as name:
        base = Path(name)
        known = reference(base / "reference", writer)
        line = 0
        while True:
            folder = base / f"run-{line}"
            prepare(folder, writer)
            old = content(folder, writer)
            ended = status(start(folder, writer.arguments, lambda at=line: _kill_at(at)))  # type: ignore[misc]
            judged(folder, writer, old, known)
            if ended in (0, 1):
                return line
            _hold(ended == -signal.SIGKILL, "ended", writer, ended)
            line += 1


def _kill_at(line: int) -> None:
    """Let this process kill itself before the n-th line it runs of `LINES`."""
    left = [line]

    def trace(frame: FrameType, event: str, _argument: Any) -> Any:
        if not frame.f_code.co_filename.endswith(LINES):
            return None
        if event == "line":
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
        return trace

    sys.settrace(trace)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("count", nargs="?", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--lines", action="store_true", help="at every line that writes, instead of at random"
    )
    parser.add_argument("--requests", action="store_true", help="SIGTERM and SIGINT instead of SIGKILL")
    asked = parser.parse_args()
    if asked.lines:
        print(
            json.dumps(
                {each.words: every_line(each) for each in WRITERS if each.command in EVERY_LINE}, indent=1
            )
        )
    else:
        signals = REQUESTS if asked.requests else KILLS
        print(json.dumps(campaign(asked.count, asked.seed, signals), indent=1))
