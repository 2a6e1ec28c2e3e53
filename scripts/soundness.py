"""Soundness at length: hides true values, prints them, reads them back, and looks for a bound that misses one.

    python scripts/soundness.py 1000000 --json soundness.json

Examples are numbered: `--first` goes on where an earlier run ended, and a number that missed is tried alone with
`python scripts/soundness.py 1 --first NUMBER`. For every example one verdict is given on an engine and in memory.
Progress goes to stderr, a summary in Markdown to stdout; the exit status is 1 if anything missed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.truth import trials  # noqa: E402

#: examples of one piece of work, and rows of one table judged on the engine (four rates a row)
PIECE, ROWS = 20_000, 5_000
#: misses that are told in words
TOLD = 20


class Done(NamedTuple):
    """What came of a piece of work."""

    examples: Counter[str]
    verdicts: Counter[str]
    missed: list[dict[str, Any]]
    seconds: float


def work(piece: tuple[int, int]) -> Done:
    """Try the examples from one number to another, and as many verdicts."""
    start, end = piece
    began = time.process_time()
    examples: Counter[str] = Counter()
    missed: list[dict[str, Any]] = []
    for number in range(start, end):
        try:
            examples[trials.example(number)] += 1
        except Exception as error:  # noqa: BLE001 - a crash is a miss as well
            missed.append({"number": number, "what": f"{type(error).__name__}: {error}"[:2000]})
    verdicts: Counter[str] = Counter()
    try:
        verdicts = _verdicts(start, (end - start) * ROWS // PIECE)
    except Exception as error:  # noqa: BLE001
        missed.append({"table": start, "what": f"{type(error).__name__}: {error}"[:2000]})
    return Done(examples, verdicts, missed, time.process_time() - began)


def _verdicts(number: int, rows: int) -> Counter[str]:
    if rows < 2:
        return Counter()
    import ibis

    from tests.truth.rows import batch

    ibis.set_backend(ibis.duckdb.connect(threads=1))
    return batch(number, rows)


def pieces(first: int, count: int) -> Iterator[tuple[int, int]]:
    """Yield the numbers of every piece of work."""
    for start in range(first, first + count, PIECE):
        yield start, min(start + PIECE, first + count)


def run(first: int, count: int, processes: int) -> Done:
    """Do all the work and return what came of it."""
    whole = Done(Counter(), Counter(), [], 0.0)
    # a new process for every few pieces gives back what the engine keeps
    with get_context("spawn").Pool(processes, _politely, maxtasksperchild=10) as pool:
        for done in pool.imap_unordered(work, pieces(first, count)):
            whole = Done(
                whole.examples + done.examples, whole.verdicts + done.verdicts, whole.missed + done.missed,
                whole.seconds + done.seconds,
            )  # fmt: skip
            tried = sum(whole.examples.values()) + len(whole.missed)
            print(f"{tried:,} of {count:,}, {len(whole.missed)} missed", file=sys.stderr, flush=True)
    return whole


def _politely() -> None:
    """Let others on this machine go first."""
    os.setpriority(os.PRIO_PROCESS, 0, 10)


def versions() -> dict[str, str]:
    """Return what the figures were made with."""
    found = {name: version(name) for name in ("sonla", "duckdb", "ibis-framework")}
    return {
        **found,
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
    }


def markdown(done: Done, first: int) -> str:
    """Return the summary as Markdown."""
    lines = ["| what | how many |", "|---|--:|"]
    lines += [f"| {name} | {count:,} |" for name, count in done.examples.items()]
    lines += [f"| verdict: {name} | {count:,} |" for name, count in sorted(done.verdicts.items())]
    lines += [
        f"| **missed** | **{len(done.missed)}** |", "",
        f"From example {first:,}, {done.seconds:,.0f} seconds of processor time; "
        + ", ".join(f"{name} {each}" for name, each in versions().items()),
    ]  # fmt: skip
    return "\n".join([*lines, *(f"- {each}" for each in done.missed[:TOLD])])


def main() -> int:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("examples", nargs="?", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--json", metavar="FILE")
    asked = parser.parse_args()
    done = run(asked.first, asked.examples, asked.processes)
    print(markdown(done, asked.first))
    if asked.json:
        summary = {**done._asdict(), "first": asked.first, "versions": versions()}
        Path(asked.json).write_text(json.dumps(summary, indent=1, ensure_ascii=False), encoding="utf-8")
    return 1 if done.missed else 0


if __name__ == "__main__":
    sys.exit(main())
