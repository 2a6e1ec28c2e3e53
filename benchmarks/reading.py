"""Reading tables of figures: sonla beside csv, calamine, json and Pydantic alone, each in a process of its own.

What the others do is less: they parse, or check types; sonla also proves the decimal mark, checks every metric,
unit, period and basis, and keeps the place of whatever is wrong.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from pathlib import Path

from measure import ROOT, child, main, megabytes, table

sys.path.insert(0, str(ROOT))

ROWS, FEW = 100_000, 10_000
TURNS = 3


def made(path: str, rows: str) -> int:
    """Write honest figures as CSV, XLSX and JSON; return how many."""
    from sonla_cli import write
    from tests.honest import dataset

    data = dataset(1, int(rows) // 25)
    for ending in ("csv", "xlsx", "json"):
        write(data, f"{path}.{ending}")
    return len(data.observations)


def timed(tool: str, path: str) -> float:
    """Return the processor time that `tool` takes for the file, its imports apart."""
    # a short file first, read by the same tool, so that everything lazy is loaded
    READERS[tool](path.replace("many", "few"))
    gc.collect()
    begun = time.process_time()
    READERS[tool](path)
    return time.process_time() - begun


def sonla(path: str) -> object:
    from sonla_cli import load

    return load([path], embedded=False)


def csv_alone(path: str) -> object:
    import csv

    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def calamine(path: str) -> object:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def json_alone(path: str) -> object:
    import json

    return json.loads(Path(path).read_bytes())


def pydantic_alone(path: str) -> object:
    from pydantic import TypeAdapter

    from sonla_cli.models.observation import Observation

    check = TypeAdapter(list[Observation]).validate_python
    found: object = check(csv_alone(path) if path.endswith("csv") else json_alone(path)["observations"])  # type: ignore[index]
    return found


READERS = {
    "sonla": sonla,
    "csv": csv_alone,
    "calamine": calamine,
    "json": json_alone,
    "Pydantic": pydantic_alone,
}
TABLES = {
    "csv": ("sonla", "csv", "Pydantic"),
    "xlsx": ("sonla", "calamine"),
    "json": ("sonla", "json", "Pydantic"),
}


def section(quick: bool) -> str:
    """Return the table of times and memory."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        count, _ = child(__file__, "--child", "made", f"{folder}/many", FEW if quick else ROWS)
        child(__file__, "--child", "made", f"{folder}/few", 100)
        for ending, tools in TABLES.items():
            found: dict[str, list[tuple[float, int]]] = {tool: [] for tool in tools}
            for _ in range(1 if quick else TURNS):
                for tool in tools:
                    found[tool].append(child(__file__, "--child", "timed", tool, f"{folder}/many.{ending}"))
            base = min(found["sonla"])[0]
            for tool in tools:
                seconds, peak = min(found[tool])
                each = f"{count / seconds:,.0f}"
                rows.append(
                    [
                        f"{ending.upper()}, {tool}",
                        f"{seconds:.2f}",
                        each,
                        f"{base / seconds:.1f}",
                        megabytes(peak),
                    ]
                )
    return (
        f"## Reading\n\n{count:,} figures; seconds of processor time, the least of {1 if quick else TURNS} turns; the memory is the "
        "whole process's.\n\n" + table(["file and reader", "seconds", "rows /s", "sonla ÷ this", "MB"], rows)
    )


if __name__ == "__main__":
    main(section, made, timed)
