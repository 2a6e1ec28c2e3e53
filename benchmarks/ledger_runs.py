"""What is timed: the same rollup and the same check, in each tool's own words, run in a process of its own.

Every body defines `run()`, which returns what all of them must agree on: a sum, or how many rows have each verdict.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple


class Result(NamedTuple):
    """What one tool took for one job: seconds of each run, peak memory and size of the data in bytes."""

    job: str
    rows: int
    tool: str
    times: tuple[float, ...] = ()
    peak: int = 0
    data: int = 0
    answer: Any = None
    error: str = ""

    @property
    def median(self) -> float:
        return statistics.median(self.times)


#: area, leaf metric, year and month → actual and plan; what the mapping says, written by hand
SQL = """
SELECT province, leaf, year, month,
       sum(CASE WHEN kind = 'payment' THEN CASE side WHEN 'C' THEN -amount WHEN 'D' THEN amount END END) AS actual,
       sum(CASE WHEN kind = 'estimate' THEN amount END) AS plan
FROM (SELECT province, kind, side, amount, budget_year AS year,
             (year(booked_on) - budget_year) * 12 + month(booked_on) AS month,
             CASE WHEN length(item) = 4 AND item BETWEEN '9200' AND '9399' THEN 0
                  WHEN item = '1401' THEN 1
                  WHEN starts_with(item, '10') OR starts_with(item, '17') OR starts_with(item, '27') THEN 2
                  WHEN length(item) = 4 AND item BETWEEN '6000' AND '7799' THEN 3 END AS leaf
      FROM '{path}')
GROUP BY ALL
"""
RUNS = {
    "sonla": """
from sonla_cli.ledger import asking, mapping, result, rollup, tables
from sonla_cli.ledger.run import Order, roll
def run():
    rolled = roll(Order(path, folder + "/ledger.toml"))
    rolled.csv()
    return sum(int(r["value"]) for r in rolled.observations()
               if r["metric"] == "disbursement" and r["measure"] == "actual" and "@" in r["period"])
""",
    "DuckDB SQL": """
import duckdb
def run():
    con = duckdb.connect()
    con.execute("SET enable_progress_bar = false")
    rows = con.execute(SQL).fetchall()
    return sum(r[4] or 0 for r in rows if r[1] == 0 and 1 <= r[3] <= 13)
""",
    "Polars": """
import polars as pl
def run():
    item = pl.col("item")
    leaf = (pl.when(item.is_between(pl.lit("9200"), pl.lit("9399"))).then(0).when(item == "1401").then(1)
            .when(item.str.slice(0, 2).is_in(["10", "17", "27"])).then(2)
            .when(item.is_between(pl.lit("6000"), pl.lit("7799"))).then(3))
    paid = pl.col("kind") == "payment"
    rows = (pl.scan_parquet(path).with_columns(leaf=leaf, year=pl.col("budget_year").cast(pl.Int32),
              month=(pl.col("booked_on").dt.year() - pl.col("budget_year").cast(pl.Int32)) * 12 + pl.col("booked_on").dt.month(),
              actual=pl.when(paid).then(pl.when(pl.col("side") == "C").then(-pl.col("amount")).otherwise(pl.col("amount"))),
              plan=pl.when(~paid).then(pl.col("amount")))
            .group_by("province", "leaf", "year", "month").agg(pl.col("actual").sum(), pl.col("plan").sum())
            .collect(engine="streaming"))
    return rows.filter((pl.col("leaf") == 0) & pl.col("month").is_between(1, 13))["actual"].sum()
""",
    "pandas": """
import numpy as np, pandas as pd
def run():
    t = pd.read_parquet(path, columns=["province", "item", "kind", "side", "amount", "budget_year", "booked_on"])
    item, two = t["item"], t["item"].str[:2]
    t["leaf"] = np.select([item.between("9200", "9399"), item == "1401", two.isin(["10", "17", "27"]), item.between("6000", "7799")], [0, 1, 2, 3], -1)
    day = pd.to_datetime(t["booked_on"])
    t["month"] = (day.dt.year - t["budget_year"]) * 12 + day.dt.month
    paid = t["kind"] == "payment"
    signed = t["amount"].where(t["side"] != "C", -t["amount"])
    t["actual"], t["plan"] = signed.where(paid, 0), t["amount"].where(~paid, 0)
    rows = t.groupby(["province", "leaf", "budget_year", "month"], as_index=False)[["actual", "plan"]].sum()
    return int(rows[(rows["leaf"] == 0) & rows["month"].between(1, 13)]["actual"].sum())
""",
    "Miller": """
import subprocess
def run():
    out = subprocess.run(["mlr", "--icsv", "--ojson", "put", '''
      $leaf = "-"; if ($item >= "9200" && $item <= "9399") {$leaf = 0} elif ($item == "1401") {$leaf = 1}
      elif ($item =~ "^(10|17|27)") {$leaf = 2} elif ($item >= "6000" && $item <= "7799") {$leaf = 3}
      $month = (int(substr($booked_on, 0, 3)) - $budget_year) * 12 + int(sub(substr($booked_on, 5, 6), "^0", ""));
      $actual = $kind == "payment" ? ($side == "C" ? -$amount : $amount) : 0;
      $plan = $kind == "estimate" ? $amount : 0''',
      "then", "stats1", "-a", "sum", "-f", "actual,plan", "-g", "province,leaf,budget_year,month", folder + "/ledger.csv"],
      capture_output=True, check=True, text=True).stdout
    return sum(r["actual_sum"] for r in json.loads(out) if r["leaf"] == 0 and 1 <= r["month"] <= 13)
""",
}
SPARK = """
from sonla_cli.ledger import engine as engines, mapping, result, rollup, tables
from sonla_cli.ledger.asking import ask
opened = engines.connect(engine_url)
table = tables.open_table(opened, path)
plan = rollup.plan(table, mapping.read(folder + "/ledger.toml"), engine=opened.kind)
def run():
    rolled = result.read(ask(opened, plan.table), plan, path)
    return sum(int(r["value"]) for r in rolled.observations()
               if r["metric"] == "disbursement" and r["measure"] == "actual" and "@" in r["period"])
"""
#: a million honest rates; the last two answer less than the others
ALARMS = "SELECT actual, plan, attainment FROM '{folder}/rates.parquet' WHERE abs(actual::DOUBLE / plan * 100 - attainment::DOUBLE) > 0.05"
#: the four verdicts in doubles, `open` where two ends of intervals are too close for a double to tell them apart
DOUBLES = """
WITH ends AS (SELECT actual, plan, attainment, attainment::DOUBLE - 0.05 AS said_low, attainment::DOUBLE + 0.05 AS said_high,
                     (actual - 0.5::DOUBLE) / (plan + 0.5) * 100 AS low, (actual + 0.5::DOUBLE) / (plan - 0.5) * 100 AS high
              FROM '{folder}/rates.parquet'),
     told AS (SELECT actual, plan, attainment,
                     CASE WHEN NOT coalesce(actual >= 1 AND plan >= 1, false)
                            OR least(abs(low - said_high), abs(high - said_low), abs(low - said_low), abs(high - said_high))
                               <= 1e-9 * greatest(high, said_high, 1) THEN 'open'
                          WHEN low > said_high OR high < said_low THEN 'contradictory'
                          WHEN said_low <= low AND high <= said_high THEN 'exact'
                          ELSE 'within rounding' END AS verdict
              FROM ends)
"""
IN_PYTHON = """
import duckdb
from collections import Counter
from sonla_cli.ledger.checking import claims, verdict
NAMES = ("actual", "plan", "attainment")
[claim] = claims(NAMES)
def judge(rows):
    return Counter(verdict(claim, dict(zip(NAMES, map(str, row)))) for row in rows)
"""
CHECKS = {
    "sonla": """
from sonla_cli.ledger.verdicts import check
def run():
    [found] = check("", folder + "/rates.parquet")
    return {name: count for name, count in found.counts.items() if count}
""",
    "DuckDB in doubles, the rows they leave open in Decimal": IN_PYTHON
    + """
def run():
    with duckdb.connect() as con:
        con.execute("SET enable_progress_bar = false")
        query = DOUBLES.format(folder=folder)
        found = Counter(dict(con.execute(query + "SELECT verdict, count(*) FROM told GROUP BY 1").fetchall()))
        if found.pop("open", 0):
            found += judge(con.execute(query + "SELECT actual, plan, attainment FROM told WHERE verdict = 'open'").fetchall())
        return dict(found)
""",
    "every row in Decimal": IN_PYTHON
    + """
def run():
    return dict(judge(duckdb.sql(f"FROM '{folder}/rates.parquet' SELECT actual, plan, attainment").fetchall()))
""",
    "DuckDB in doubles, as one would write it": """
import duckdb
def run():
    with duckdb.connect() as con:
        return {"contradictory": len(con.execute(ALARMS.format(folder=folder)).fetchall())}
""",
    "the same, each alarm looked at in Decimal": IN_PYTHON
    + """
def run():
    with duckdb.connect() as con:
        rows = con.execute(ALARMS.format(folder=folder)).fetchall()
    return {"contradictory": judge(rows)["contradictory"]}
""",
}
#: these give the four verdicts; the others only say which rows they hold to be wrong
WHOLE = tuple(CHECKS)[:3]
#: a run of these takes so long that none is spent on getting warm
SLOW = ("Miller", "every row in Decimal")
FRAME = """
import json, resource, sys, time, warnings
warnings.simplefilter("ignore")
given = json.loads(sys.argv[1])
folder, engine_url, SQL, ALARMS, DOUBLES = (given[name] for name in ("folder", "engine", "SQL", "ALARMS", "DOUBLES"))
path = folder + "/ledger.parquet"
{body}
times = []
answer = run() if given["warm"] else None
for _ in range(given["repeat"]):
    start = time.perf_counter()
    answer = run()
    times.append(time.perf_counter() - start)
# the kernel's own high-water mark: that of getrusage is inherited from the process that started this one
own = int(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
peak = max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
print(json.dumps({{"times": times, "peak": peak * 1024, "answer": answer if isinstance(answer, dict) else int(answer)}}))
"""


def measure(name: str, body: str, folder: Path, repeat: int, engine: str = "") -> dict[str, Any]:
    """Return the times of a body, the peak of its memory in bytes and its answer; or its `error`."""
    given = {
        "folder": str(folder), "engine": engine, "repeat": 1 if name in SLOW else repeat, "warm": name not in SLOW,
        "SQL": SQL.format(path=folder / "ledger.parquet"), "ALARMS": ALARMS, "DOUBLES": DOUBLES,
    }  # fmt: skip
    command = [sys.executable, "-c", FRAME.format(body=body), json.dumps(given)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        return {"error": lines[-1] if lines else f"ended by signal {-done.returncode}"}
    found: dict[str, Any] = json.loads(
        next(line for line in done.stdout.splitlines() if line.startswith("{"))
    )
    return found
