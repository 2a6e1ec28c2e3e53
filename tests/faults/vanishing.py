"""Takes files away from commands that are reading them: removed, cut short, or replaced by a folder.

    python -m tests.faults.vanishing 10

Every kind of file is read by forked commands (see `tests.faults.killing`) and goes away at a moment of the reading.
The command says so and exits with 2, or was done with the file; it neither hangs nor crashes.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.console import ROOT
from tests.faults.killing import load, said, start, status
from tests.faults.writers import DATA, VOUCHERS

ENDS = ("csv", "json", "jsonl", "xlsx", "parquet", "zip")


def remove(path: Path) -> None:
    path.unlink()


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def replace(path: Path) -> None:
    path.unlink()
    path.mkdir()


WAYS: tuple[Callable[[Path], None], ...] = (remove, cut, replace)


def files(base: Path) -> dict[str, list[str]]:
    """Make a file of every kind and return the command that reads each."""
    found = {}
    for end in ENDS:
        name = f"figures.{end}"
        process = start(base, ["data", "convert", str(DATA), name])
        if status(process):
            raise AssertionError(said(base))
        found[name] = ["data", "validate", name]
    shutil.copy(VOUCHERS, base / "vouchers.csv")
    shutil.copy(VOUCHERS.with_suffix(".toml"), base / "vouchers.toml")
    found["vouchers.csv"] = ["rollup", "vouchers.csv", "--map", str(base / "vouchers.toml")]
    (base / "article.txt").write_text((ROOT / "examples" / "article.txt").read_text("utf-8") * 40, "utf-8")
    found["article.txt"] = ["extract", "article.txt", "--format", "json"]
    return found


def campaign(rounds: int, seed: int = 1) -> Counter[str]:
    """Take every file away so many times in every way."""
    load()
    draw = random.Random(seed)  # noqa: S311 - the same moments for the same seed
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="sonla-faults-") as text:
        base = Path(text) / "files"
        base.mkdir()
        for name, arguments in files(base).items():
            began = time.monotonic()
            ended = status(start(base, arguments))
            seconds = time.monotonic() - began
            if ended:
                raise AssertionError((name, ended, said(base)))
            for number in range(rounds):
                for way in WAYS:
                    folder = Path(text) / f"{name}-{number}-{way.__name__}"
                    folder.mkdir()
                    shutil.copy(base / name, folder / name)
                    process = start(folder, arguments)
                    time.sleep(draw.uniform(0, 0.8 * seconds))
                    way(folder / name)
                    ended, heard = status(process), said(folder)
                    if ended not in (0, 2) or "Traceback" in heard or "internal error" in heard:
                        raise AssertionError((name, way.__name__, ended, heard[-2000:]))
                    counts["told" if ended else "done"] += 1
    return counts


if __name__ == "__main__":
    print(json.dumps(campaign(int(sys.argv[1]) if len(sys.argv) > 1 else 10)))
