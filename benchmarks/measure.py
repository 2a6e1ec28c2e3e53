"""How every benchmark is measured: in child processes that take turns, so that a drift of the machine hits all.

A time is the median of wall time over the turns, the first turn apart, which fills the caches; beside it stands
the processor time, which a busy machine changes less. Memory is the greatest that the process held; the kernel
counts what the measuring process held when it began, some 15 MB. A table goes into the file of `--markdown`.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent


class Run(NamedTuple):
    """What one run of a command took: seconds of wall and of processor time, bytes of memory; and its output."""

    wall: float
    processor: float
    peak: int
    output: bytes = b""


def once(command: Sequence[str]) -> Run:
    """Run `command` and return what it took; a command that fails ends the benchmark."""
    begun = time.perf_counter()
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, cwd=ROOT) as process:
        output = process.stdout.read() if process.stdout else b""
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, output)


def turns(commands: Mapping[str, Sequence[str]], runs: int) -> dict[str, Run]:
    """Run all commands in turn, so many times, and return the medians of each."""
    found: dict[str, list[Run]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            run = once(command)
            if turn:
                found[name].append(run)
    return {name: median(each) for name, each in found.items()}


def median(runs: Sequence[Run]) -> Run:
    """Return the median of every figure."""
    walls, processors, peaks, outputs = zip(*runs, strict=True)
    return Run(
        statistics.median(walls), statistics.median(processors), int(statistics.median(peaks)), outputs[-1]
    )


def best(work: Callable[[], object], *, repeat: int = 7, seconds: float = 0.1) -> float:
    """Return the least processor time of one call of `work`, over `repeat` rounds of so many seconds."""
    begun = time.process_time()
    work()
    count = max(1, round(seconds / max(time.process_time() - begun, 1e-7)))
    times = []
    for _ in range(repeat):
        begun = time.process_time()
        for _ in range(count):
            work()
        times.append((time.process_time() - begun) / count)
    return min(times)


def slope(points: Mapping[int, float]) -> float:
    """Return the exponent of a power law through the points: 1 is linear."""
    xs, ys = [math.log(each) for each in points], [math.log(each) for each in points.values()]
    return statistics.linear_regression(xs, ys).slope


def child(script: str, *arguments: object) -> tuple[Any, int]:
    """Run a benchmark script in a process of its own; return what it printed as JSON, and its memory in bytes."""
    run = once([sys.executable, script, *map(str, arguments)])
    return json.loads(run.output), run.peak


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a Markdown table, its first column to the left and the others to the right."""
    lines = [heads, ["---", *["--:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines) + "\n"


def milliseconds(seconds: float) -> str:
    """Return seconds in ms."""
    return f"{1000 * seconds:,.1f}"


def megabytes(count: int) -> str:
    """Return bytes in MB."""
    return f"{count / 2**20:,.0f}"


def machine() -> str:
    """Return what the figures were taken on."""
    name = platform.processor() or platform.machine()
    for line in Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else ():
        if line.startswith("model name"):
            name = line.partition(":")[2].strip()
            break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{platform.system()} {platform.release()}, {os.cpu_count()} × {name}, {memory:.0f} GiB, "
        f"{platform.python_implementation()} {platform.python_version()}"
    )


def main(section: Callable[[bool], str], *children: Callable[..., object]) -> None:
    """Print what `section` measures (or write it to the file of `--markdown`); `--child` is one of `children`."""
    if sys.argv[1:2] == ["--child"]:
        work = {each.__name__: each for each in children}[sys.argv[2]]
        print(json.dumps(work(*sys.argv[3:])))
        return
    parser = argparse.ArgumentParser(description=(sys.modules["__main__"].__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="fewer turns and smaller sizes")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the tables to this file")
    chosen = parser.parse_args()
    text = section(chosen.quick)
    if chosen.markdown:
        chosen.markdown.write_text(text, encoding="utf-8")
    else:
        print(text)
