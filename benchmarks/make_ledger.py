"""Write a national ledger of N vouchers as Parquet, its mapping, and its totals: the same bytes for the same seed.

    python benchmarks/make_ledger.py 1000000 /tmp/ledger [--seed 1] [--years 2025]

The shape is the country's: 34 provinces of unequal weight, 3,321 communes, 95,000 budget units, chapters and
items of the budget classification, payments and reversals over thirteen months, plans assigned early in the
year. Rows are made and written a million at a time, so that memory does not grow; `totals.csv` holds the sum of
every province, metric and measure, added up in Python's integers while the rows are written.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sonla_cli.catalogue.areas import AREAS, COUNTRY

CHUNK = 1_000_000
UNITS, COMMUNES = 95_000, 3_321
PROVINCES = [name for name, area in AREAS.items() if name != COUNTRY and area.into is None]
#: item, its metric, how often it comes up, and the centre of its amounts in đồng (log10)
ITEMS = [
    ("1001", "revenue.taxes_fees", 14, 6.5), ("1401", "revenue.land", 2, 8.0), ("1701", "revenue.taxes_fees", 10, 7.0),
    ("2716", "revenue.taxes_fees", 6, 5.5), ("6001", "expenditure.recurrent", 30, 7.0),
    ("6601", "expenditure.recurrent", 12, 6.3), ("7001", "expenditure.recurrent", 12, 6.8),
    ("9201", "disbursement", 4, 8.3), ("9301", "disbursement", 7, 8.8), ("9999", "", 3, 6.0),
]  # fmt: skip
MAPPING = """\
[columns]
area = "province"
unit = "unit"
date = "booked_on"
budget_year = "budget_year"
item = "item"

[areas]
{areas}

[amounts.actual]
column = "amount"
when = {{ kind = "payment" }}
sign = {{ column = "side", plus = "D", minus = "C" }}

[amounts.plan]
column = "amount"
basis = "prime_minister"
when = {{ kind = "estimate" }}

[[metrics]]
metric = "disbursement"
item = "9200-9399"

[[metrics]]
metric = ["revenue.land", "revenue.domestic", "revenue.local"]
item = "1401"

[[metrics]]
metric = ["revenue.taxes_fees", "revenue.domestic", "revenue.local"]
item = ["10*", "17*", "27*"]

[[metrics]]
metric = ["expenditure.recurrent", "expenditure.total"]
item = "6000-7799"
"""
SCHEMA = pa.schema([
    ("budget_year", pa.int16()), ("booked_on", pa.date32()), ("province", pa.string()), ("commune", pa.int16()),
    ("unit", pa.int32()), ("chapter", pa.int16()), ("item", pa.string()), ("kind", pa.string()),
    ("side", pa.string()), ("amount", pa.int64()),
])  # fmt: skip


def codes() -> list[str]:
    """Return the code of each province, in the order of `PROVINCES`."""
    return [f"{place:02d}" for place in range(1, len(PROVINCES) + 1)]


def chunk(rng: np.random.Generator, rows: int, year: int) -> tuple[pa.Table, np.ndarray]:
    """Return `rows` vouchers of a budget year, and their sums by province, item and measure."""
    weights = 1 / np.arange(1, len(PROVINCES) + 1) ** 0.6
    province = rng.choice(len(PROVINCES), rows, p=weights / weights.sum())
    odds = np.array([item[2] for item in ITEMS], dtype=float)
    item = rng.choice(len(ITEMS), rows, p=odds / odds.sum())
    plan = rng.random(rows) < 0.03
    reversal = ~plan & (rng.random(rows) < 0.02)
    opening = int(np.datetime64(f"{year}-01-01", "D").astype(int))
    # most is paid towards the end; disbursement alone reaches into January of the next year
    day = (rng.beta(2.2, 1.6, rows) * 364).astype(np.int32)
    late = (item == 7) | (item == 8)
    day = np.where(late & (rng.random(rows) < 0.05), 365 + day % 31, day)
    day = np.where(plan, day % 60, day)
    amount = np.power(10.0, rng.normal(np.array([each[3] for each in ITEMS])[item], 0.6)).astype(np.int64) + 1
    amount = np.where(plan, amount * 40, amount)
    sums = np.zeros((len(PROVINCES), len(ITEMS), 2), dtype=np.int64)
    np.add.at(sums, (province, item, plan.astype(np.int8)), np.where(reversal, -amount, amount))
    unit = (province * (UNITS // len(PROVINCES)) + rng.integers(0, UNITS // len(PROVINCES), rows)).astype(
        np.int32
    )
    table = pa.table(
        {
            "budget_year": pa.array(np.full(rows, year, np.int16)),
            "booked_on": pa.array((opening + day).astype(np.int32)).cast(pa.date32()),
            "province": _words(province, codes()),
            "commune": pa.array((unit % COMMUNES).astype(np.int16)),
            "unit": pa.array(unit),
            "chapter": pa.array((400 + unit % 590).astype(np.int16)),
            "item": _words(item, [each[0] for each in ITEMS]),
            "kind": _words(plan, ["payment", "estimate"]),
            "side": _words(reversal, ["D", "C"]),
            "amount": pa.array(amount),
        },
    )
    return table, sums


def _words(places: np.ndarray, words: list[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(places.astype(np.int8)), pa.array(words)).cast(pa.string())


def write(rows: int, folder: Path, seed: int = 1, years: tuple[int, ...] = (2025,)) -> Path:
    """Write `ledger.parquet`, `ledger.toml` and `totals.csv` to a folder; return the path of the first."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "ledger.parquet"
    totals: dict[tuple[int, str, str, str], int] = {}
    with pq.ParquetWriter(path, SCHEMA, compression="zstd", compression_level=1) as writer:
        for number, start in enumerate(range(0, rows, CHUNK)):
            year = years[number % len(years)]
            table, sums = chunk(np.random.default_rng([seed, number]), min(CHUNK, rows - start), year)
            writer.write_table(table.cast(SCHEMA))
            for province, name in enumerate(PROVINCES):
                for item, (_code, metric, _odds, _centre) in enumerate(ITEMS):
                    for place, measure in enumerate(("actual", "plan")):
                        key = (year, name, metric, measure)
                        totals[key] = totals.get(key, 0) + int(sums[province, item, place])
    areas = "\n".join(f'"{code}" = "{name}"' for code, name in zip(codes(), PROVINCES, strict=True))
    (folder / "ledger.toml").write_text(MAPPING.format(areas=areas), encoding="utf-8")
    with (folder / "totals.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(("year", "area", "metric", "measure", "total"))
        lines.writerows((*key, total) for key, total in sorted(totals.items()))
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a national ledger of N vouchers.")
    parser.add_argument("rows", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--years", default="2025", help="budget years, separated by commas")
    given = parser.parse_args()
    years = tuple(int(year) for year in given.years.split(","))
    print(write(given.rows, given.folder, given.seed, years))


if __name__ == "__main__":
    main()
