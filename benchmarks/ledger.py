"""Time a rollup of N vouchers side by side: sonla on DuckDB, DuckDB's own SQL, pandas, Polars, Miller, Spark.

    python benchmarks/ledger.py 100000 1000000 10000000 [--spark 1,2 --spark-at 10000000] [--repeat 3] [--others-up-to 10000000]

One run makes each ledger, rolls it up with every tool in a process of its own, checks that all give the same
sums, and prints a Markdown table: the median of the times in the process (its start apart) and the peak of its
memory. Then a million printed rates are checked. The ledgers are deleted as soon as they are measured.
"""

from __future__ import annotations

import argparse
import json
import math
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

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
#: the sum that every tool must give: all disbursement, payments less reversals
CONTROL = "disbursement"

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
FRAME = """
import json, resource, sys, time, warnings
warnings.simplefilter("ignore")
folder, repeat, engine_url, SQL = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
path = folder + "/ledger.parquet"
{body}
times, answer = [], None
for _ in range(repeat):
    start = time.perf_counter()
    answer = run()
    times.append(time.perf_counter() - start)
# the kernel's own high-water mark: that of getrusage is inherited from the process that started this one
own = int(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
peak = max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
print(json.dumps({{"times": times, "peak": peak * 1024, "answer": int(answer)}}))
"""
#: a million honest rates: the definition compiled, naive SQL in doubles, and that with its alarms looked at again
CHECKS = {
    "sonla, in the engine": """
from sonla_cli.ledger.checking import claims, counted, judged
from sonla_cli.ledger.engine import connect
opened = connect()
from sonla_cli.ledger.tables import open_table
table = open_table(opened, folder + "/rates.parquet")
[claim] = claims(table.columns)
def run():
    found = opened.fetch(counted(judged(table, claim))).to_pylist()
    return {each["verdict"]: each["rows"] for each in found}.get("contradictory", 0)
""",
    "naive SQL in doubles": """
import duckdb
con = duckdb.connect()
NAIVE = f"FROM '{folder}/rates.parquet' SELECT {{what}} WHERE abs(actual::DOUBLE / plan * 100 - attainment::DOUBLE) > 0.05"
def run():
    return con.execute(NAIVE.format(what="count(*)")).fetchone()[0]
""",
    "naive SQL and a look at each alarm in Python": """
import duckdb
from sonla_cli.ledger.checking import claims, verdict
con = duckdb.connect()
[claim] = claims(["actual", "plan", "attainment"])
NAIVE = f"FROM '{folder}/rates.parquet' SELECT actual, plan, attainment WHERE abs(actual::DOUBLE / plan * 100 - attainment::DOUBLE) > 0.05"
def run():
    rows = con.execute(NAIVE).fetchall()
    return sum(verdict(claim, dict(zip(("actual", "plan", "attainment"), map(str, row)))) == "contradictory" for row in rows)
""",
    "every row in Python": """
import duckdb
from sonla_cli.ledger.checking import claims, verdict
con = duckdb.connect()
[claim] = claims(["actual", "plan", "attainment"])
def run():
    rows = con.execute(f"FROM '{folder}/rates.parquet' SELECT actual, plan, attainment").fetchall()
    return sum(verdict(claim, dict(zip(("actual", "plan", "attainment"), map(str, row)))) == "contradictory" for row in rows)
""",
}


def measure(body: str, folder: Path, repeat: int, engine: str = "") -> dict:
    sql = SQL.format(path=folder / "ledger.parquet")
    command = [sys.executable, "-c", FRAME.format(body=body), str(folder), str(repeat), engine, sql]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        return {"error": lines[-1] if lines else f"ended by signal {-done.returncode}"}
    return json.loads(next(line for line in done.stdout.splitlines() if line.startswith("{")))


def rollups(rows: int, given: argparse.Namespace) -> None:
    import make_ledger

    folder = Path(tempfile.mkdtemp(prefix="sonla-ledger-", dir=given.folder))
    try:
        path = make_ledger.write(rows, folder)
        print(f"\n**{rows:,} rows**, {path.stat().st_size / 2**20:,.0f} MiB of Parquet\n")
        print("| tool | median | best | peak memory | × DuckDB SQL |\n|---|---|---|---|---|")
        answers, medians = {}, {}
        runs = dict(RUNS)
        if rows > given.others_up_to:
            runs = {name: runs[name] for name in ("sonla", "DuckDB SQL")}
        elif shutil.which("mlr") is None or rows > given.miller_up_to:
            del runs["Miller"]
        else:
            import pyarrow.csv
            import pyarrow.parquet as pq

            with pyarrow.csv.CSVWriter(
                folder / "ledger.csv",
                make_ledger.SCHEMA,
                write_options=pyarrow.csv.WriteOptions(quoting_style="none"),
            ) as writer:
                for batch in pq.ParquetFile(path).iter_batches(100_000):
                    writer.write_batch(batch)
        found = {name: measure(body, folder, given.repeat) for name, body in runs.items()}
        (folder / "ledger.csv").unlink(missing_ok=True)
        for workers in given.spark if rows == given.spark_at else ():
            found[f"Spark, workers: {workers}"] = on_spark(workers, folder, given.repeat)
        for name, each in found.items():
            if "error" in each:
                print(f"| {name} | failed: {each['error'][:90]} | | | |")
                continue
            medians[name], answers[name] = statistics.median(each["times"]), each["answer"]
            ratio = medians[name] / statistics.median(found["DuckDB SQL"]["times"])
            print(
                f"| {name} | {medians[name]:.3f} s | {min(each['times']):.3f} s | {each['peak'] / 2**20:,.0f} MiB | {ratio:.2f} |"
            )
        assert len(set(answers.values())) == 1, answers
        given.points.append((rows, medians["sonla"], found["sonla"]["peak"]))
    finally:
        shutil.rmtree(folder)


def on_spark(workers: int, folder: Path, repeat: int) -> dict:
    sys.path.insert(0, str(HERE.parent))
    from tests.ledger import servers

    (folder / f"spark{workers}").mkdir()
    with servers.spark(folder / f"spark{workers}", workers) as cluster:
        return measure(SPARK, folder, repeat, cluster.url)


def checks(given: argparse.Namespace) -> None:
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = Path(tempfile.mkdtemp(prefix="sonla-rates-", dir=given.folder))
    rng = np.random.default_rng(11)
    actual, plan = rng.integers(1, 20_000, 1_000_000), rng.integers(1, 20_000, 1_000_000)
    # half up, in whole numbers: 1000 × actual ÷ plan, and a half
    tenths = (2000 * actual + plan) // (2 * plan)
    rate = pa.array(tenths).cast(pa.decimal128(20, 0))
    attainment = pa.compute.multiply(rate, pa.scalar("0.1", pa.string()).cast(pa.decimal128(2, 1))).cast(
        pa.decimal128(12, 1)
    )
    try:
        pq.write_table(
            pa.table({"actual": actual, "plan": plan, "attainment": attainment}), folder / "rates.parquet"
        )
        print("\n**1,000,000 honestly rounded rates**\n\n| check | median | false alarms |\n|---|---|---|")
        for name, body in CHECKS.items():
            each = measure(body, folder, 1 if name.startswith("every") else given.repeat)
            print(
                f"| {name} | {statistics.median(each['times']):.3f} s | {each['answer']} |"
                if "times" in each
                else f"| {name} | {each['error']} | |"
            )
    finally:
        shutil.rmtree(folder)


def slope(points: list[tuple[int, float, int]]) -> str:
    """Say how time grows with rows: the slope of the line through the logarithms."""
    if len(points) < 2:
        return ""
    xs, ys = [math.log10(rows) for rows, _, _ in points], [math.log10(time) for _, time, _ in points]
    x, y = statistics.mean(xs), statistics.mean(ys)
    over = sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True))
    return f"{over / sum((a - x) ** 2 for a in xs):.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument(
        "--spark", type=lambda text: [int(each) for each in text.split(",") if each], default=[]
    )
    parser.add_argument("--spark-at", type=int, default=10_000_000, help="the rows that Spark is tried on")
    parser.add_argument("--others-up-to", type=int, default=10_000_000)
    parser.add_argument("--miller-up-to", type=int, default=1_000_000)
    parser.add_argument(
        "--folder", type=Path, default=None, help="where ledgers are written while they are measured"
    )
    given = parser.parse_args()
    given.points = []
    print(
        f"Python {platform.python_version()}, {platform.machine()}, processors: {__import__('os').cpu_count()}; load: {__import__('os').getloadavg()[0]:.1f}; ",
        end="",
    )
    for name in ("duckdb", "ibis-framework", "polars", "pandas", "pyspark"):
        try:
            print(f"{name} {version(name)}", end="; ")
        except PackageNotFoundError:
            print(f"{name} not installed", end="; ")
    print()
    for rows in given.rows:
        rollups(rows, given)
    for fewest in (0, 10_000_000):
        points = [each for each in given.points if each[0] >= fewest]
        if len(points) > 1:
            print(f"\nTime against rows, log–log slope from {points[0][0]:,} rows on: {slope(points)}")
    checks(given)


if __name__ == "__main__":
    main()
