"""Time rollups and checks side by side: sonla on DuckDB, DuckDB's own SQL, Polars, pandas, Miller, Spark.

    python benchmarks/ledger.py [--quick] [--markdown benchmarks/LEDGER.md --scale docs/scale.md --picture docs/pictures/ledger.svg]

One run makes each ledger, rolls it up with every tool in a process of its own, holds all answers against each
other, and deletes the ledger; then a million printed rates are checked. What is written is written whole from what
was measured: the document, the block between two marks of the guide, and the picture. `results` yields the rows.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import ledger_report as report
from ledger_runs import CHECKS, RUNS, SPARK, WHOLE, Result, measure

HERE = Path(__file__).parent
SIZES = (100_000, 1_000_000, 10_000_000, 50_000_000, 100_000_000)
QUICK = (100_000, 1_000_000)
RATES = 1_000_000
#: the largest ledger that is given to a tool; what is not named here gets all
MOST = {"Polars": 100_000_000, "pandas": 50_000_000, "Miller": 1_000_000}
#: the ledger that Spark is tried on, and the workers it has
SPARK_AT, WORKERS = 10_000_000, (1, 2)


def results(*, quick: bool = False, repeat: int = 3, folder: Path | None = None) -> Iterator[Result]:
    """Yield what each tool took; raise `AssertionError` if two tools disagree."""
    for rows in QUICK if quick else SIZES:
        with tempfile.TemporaryDirectory(prefix="sonla-ledger-", dir=folder) as name:
            yield from _rollups(rows, Path(name), repeat)
    with tempfile.TemporaryDirectory(prefix="sonla-rates-", dir=folder) as name:
        yield from _checks(Path(name), repeat)


def _rollups(rows: int, folder: Path, repeat: int) -> Iterator[Result]:
    import make_ledger

    path = make_ledger.write(rows, folder)
    runs = {name: body for name, body in RUNS.items() if rows <= MOST.get(name, rows)}
    if "Miller" in runs:
        if shutil.which("mlr"):
            _as_csv(path)
        else:
            del runs["Miller"]
    found = [
        Result("rollup", rows, name, data=path.stat().st_size, **measure(name, body, folder, repeat))
        for name, body in runs.items()
    ]
    if rows == SPARK_AT:
        found += [
            Result("rollup", rows, f"Spark, workers: {workers}", **_on_spark(workers, folder, repeat))
            for workers in WORKERS
        ]
    answers = {each.answer for each in found if not each.error}
    assert len(answers) == 1, answers
    yield from found


def _as_csv(path: Path) -> None:
    import make_ledger
    import pyarrow.csv
    import pyarrow.parquet as pq

    options = pyarrow.csv.WriteOptions(quoting_style="none")
    with pyarrow.csv.CSVWriter(path.with_suffix(".csv"), make_ledger.SCHEMA, write_options=options) as writer:
        for batch in pq.ParquetFile(path).iter_batches(100_000):
            writer.write_batch(batch)


def _on_spark(workers: int, folder: Path, repeat: int) -> dict[str, Any]:
    sys.path.insert(0, str(HERE.parent))
    from tests.ledger import servers

    place = folder / f"spark{workers}"
    place.mkdir()
    try:
        with servers.spark(place, workers) as cluster:
            return measure("Spark", SPARK, folder, repeat, cluster.url)
    except (OSError, ImportError, TimeoutError) as error:
        return {"error": f"not installed: {error}"}


def _checks(folder: Path, repeat: int) -> Iterator[Result]:
    write_rates(folder)
    found = [
        Result("check", RATES, name, **measure(name, body, folder, repeat)) for name, body in CHECKS.items()
    ]
    whole = [each.answer for each in found if each.tool in WHOLE and not each.error]
    assert all(answer == whole[0] for answer in whole), whole
    yield from found


def write_rates(folder: Path) -> None:
    """Write a million honest rates: an actual, a plan, and the attainment rounded half up to one decimal."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    rng = np.random.default_rng(11)
    actual, plan = rng.integers(1, 20_000, RATES), rng.integers(1, 20_000, RATES)
    # half up, in whole numbers: 1000 × actual ÷ plan, and a half
    tenths = pa.array((2000 * actual + plan) // (2 * plan)).cast(pa.decimal128(20, 0))
    tenth = pa.scalar("0.1", pa.string()).cast(pa.decimal128(2, 1))
    attainment = pc.multiply(tenths, tenth).cast(pa.decimal128(12, 1))
    table = pa.table({"actual": actual, "plan": plan, "attainment": attainment})
    pq.write_table(table, folder / "rates.parquet")


def machine() -> str:
    """Say where this runs, and with what."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts = [
        f"{platform.system()} {platform.machine()}, processors: {os.cpu_count()}, memory: {memory:.0f} GiB, load at the start: {os.getloadavg()[0]:.1f}",
        f"Python {platform.python_version()}",
    ]
    for name in ("duckdb", "ibis-framework", "polars", "pandas", "pyspark"):
        try:
            parts.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            parts.append(f"{name} not installed")
    return "; ".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="ledgers of 100,000 and a million rows only")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where ledgers are written while they are measured")
    parser.add_argument("--markdown", type=Path, help="write the document here, not to stdout")
    parser.add_argument("--scale", type=Path, help="put the short table between the marks of this guide")
    parser.add_argument("--picture", type=Path, help="write the picture here (SVG)")
    given = parser.parse_args()
    where = machine()
    found = []
    for each in results(quick=given.quick, repeat=given.repeat, folder=given.folder):
        took = each.error or f"{each.median:.3f} s"
        print(f"{each.job} {each.rows:,} {each.tool}: {took}", file=sys.stderr, flush=True)
        found.append(each)
    document = report.document(found, where)
    if given.markdown:
        given.markdown.write_text(document, encoding="utf-8")
    else:
        print(document, end="")
    if given.scale:
        given.scale.write_text(report.filled(given.scale.read_text("utf-8"), found), encoding="utf-8")
    if given.picture:
        given.picture.write_text(report.picture(found), encoding="utf-8")


if __name__ == "__main__":
    main()
