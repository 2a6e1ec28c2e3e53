"""The same rollups and verdicts on real servers, row for row; and what happens when they fail."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sonla_cli.core.figure import Rounding
from sonla_cli.core.problem import Code, SonlaError
from sonla_cli.ledger import checking
from sonla_cli.ledger.asking import ask
from sonla_cli.ledger.engine import connect
from sonla_cli.ledger.run import Order, indicate, opened, roll
from sonla_cli.ledger.tables import open_table
from tests.console import ROOT, environment
from tests.ledger import printed, reference, servers
from tests.ledger.test_rollup import as_tuples

pytestmark = pytest.mark.slow

ROWS = [{"place": place, **row} for place, row in enumerate(printed.hedged(1_500, seed=2))]


@pytest.fixture(scope="session")
def printed_rows(tmp_path_factory):
    path = tmp_path_factory.mktemp("rows") / "printed.parquet"
    pq.write_table(pa.Table.from_pylist(ROWS), path)
    return str(path)


@pytest.fixture(scope="session")
def postgres(vouchers):
    import psycopg

    with servers.postgres() as server:
        with psycopg.connect(server.url("owner"), autocommit=True) as con:
            con.execute("CREATE SCHEMA treasury")
            con.execute(
                "CREATE TABLE treasury.vouchers (budget_year smallint, booked_on date, province text, commune smallint,"
                " unit int, chapter smallint, item text, kind text, side text, amount bigint)"
            )
            with con.cursor().copy("COPY treasury.vouchers FROM STDIN") as copy:
                for row in vouchers:
                    copy.write_row(tuple(row.values()))
            columns = ", ".join(f"{name} text" for name in list(ROWS[0])[1:])
            con.execute(f"CREATE TABLE printed (place int, {columns})")
            with con.cursor().copy("COPY printed FROM STDIN") as copy:
                for row in ROWS:
                    copy.write_row(tuple(row.values()))
            con.execute(f"CREATE ROLE reader LOGIN PASSWORD '{servers.PASSWORD}'")
            # rights to write, so that it is not the server's rights that keep us from writing
            con.execute("GRANT ALL ON SCHEMA treasury, public TO reader")
            con.execute("GRANT ALL ON ALL TABLES IN SCHEMA treasury, public TO reader")
        yield server


@pytest.fixture(scope="session")
def spark(tmp_path_factory):
    if shutil.which("java") is None:
        pytest.fail("Spark needs Java: run scripts/install-engines")
    with servers.spark(tmp_path_factory.mktemp("spark")) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def connect_url(tmp_path_factory):
    with servers.spark_connect(tmp_path_factory.mktemp("connect")) as url:
        yield url


def sonla(*arguments, timeout=240, **more):
    command = [sys.executable, "-m", "sonla_cli", *arguments]
    return subprocess.run(
        command,
        env=environment(**more),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def check(url, table):
    """Hold the verdicts of an engine against the definition, rate by rate."""
    with opened(url, table) as (engine, rows):
        for rate, rounding in (
            ("attainment", Rounding.HALF),
            ("growth", Rounding.HALF),
            ("index", Rounding.TRUNCATED),
        ):
            claim = next(each for each in checking.claims(rows.columns) if each.rate == rate)
            found = {
                row["place"]: row["verdict"]
                for row in engine.fetch(checking.judged(rows, claim, rounding)).to_pylist()
            }
            told = Counter(
                found[row["place"]] == checking.verdict(claim, row, rounding)
                for row in ROWS
                if found[row["place"]]
            )
            assert told == {True: sum(verdict is not None for verdict in found.values())}
            assert told[True] > len(ROWS) * 0.5


# PostgreSQL


@pytest.mark.parametrize("by", [("area", "metric", "period"), ("area", "unit", "metric", "period")])
def test_postgres_rolls_up_as_the_definition(postgres, ledger, vouchers, names, by):
    order = Order("treasury.vouchers", str(ledger / "ledger.toml"), by, postgres.url())
    assert sorted(as_tuples(roll(order))) == reference.rollup(vouchers, names, unit="unit" in by)


def test_postgres_gives_the_verdicts_of_the_definition(postgres):
    check(postgres.url(), "printed")


def test_postgres_computes_the_indicators_that_duckdb_computes(postgres, ledger):
    order = Order("treasury.vouchers", str(ledger / "ledger.toml"), engine=postgres.url())
    here = order._replace(table=str(ledger / "ledger.parquet"), engine="")
    names = ["attainment", "left", "growth"]
    assert indicate(order, names).rows == indicate(here, names).rows


def test_nothing_but_queries_is_ever_sent_to_postgres(postgres, ledger):
    before = len(postgres.log.read_text("utf-8").splitlines())
    roll(Order("treasury.vouchers", str(ledger / "ledger.toml"), engine=postgres.url()))
    check(postgres.url(), "printed")
    log = "\n".join(postgres.log.read_text("utf-8").splitlines()[before:])
    sent = re.findall(r"(?:statement|execute \S+): +(\w+)", log)
    assert len(sent) > 5
    # a cursor is how the rows of a query are fetched
    assert set(sent) <= {
        "SELECT",
        "WITH",
        "SET",
        "SHOW",
        "BEGIN",
        "COMMIT",
        "ROLLBACK",
        "DECLARE",
        "FETCH",
        "CLOSE",
    }
    cursors = re.findall(r"DECLARE \S+ (.*)", log)
    assert all(re.match(r"(NO SCROLL )?CURSOR (WITH HOLD )?FOR (SELECT|WITH)\b", each) for each in cursors)
    assert not re.search(r"\b(INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|TRUNCATE|COPY|GRANT) ", log)


def test_a_session_cannot_write_even_where_the_user_may(postgres):
    engine = connect(postgres.url())
    with pytest.raises(SonlaError) as caught, engine.reporting():
        engine.con.con.execute("DELETE FROM treasury.vouchers")
    assert "read-only transaction" in caught.value.problems[0].values["why"]
    engine.close()


def test_long_expressions_are_not_compiled(postgres):
    """Compiling a check of a few thousand rows took minutes, running it seconds."""
    engine = connect(postgres.url())
    assert engine.con.con.execute("SHOW jit").fetchone() == ("off",)
    engine.close()


def test_a_wrong_password_is_refused_and_never_shown(postgres):
    done = sonla("rollup", "treasury.vouchers", "--engine", postgres.url("reader", "Tr0ub4dor&3"), "--json")
    assert done.returncode == 2
    assert "refused the login" in done.stderr
    assert "postgres://reader:***@127.0.0.1" in done.stderr
    assert not any(word in done.stderr + done.stdout for word in ("Tr0ub4dor", "Tr0ub4dor%263"))


def test_missing_tables_and_columns_get_the_nearest_names(postgres, ledger, tmp_path):
    done = sonla("rollup", "treasury.voucher", "--engine", postgres.url())
    assert (done.returncode, "did you mean `vouchers`" in done.stderr) == (2, True)
    done = sonla("rollup", "treasurey.vouchers", "--engine", postgres.url())
    assert (done.returncode, "did you mean `treasury.vouchers`" in done.stderr) == (2, True)
    mapping = tmp_path / "m.toml"
    mapping.write_text(
        (ledger / "ledger.toml").read_text("utf-8").replace('"amount"', '"amuont"'), encoding="utf-8"
    )
    done = sonla("rollup", "treasury.vouchers", "--map", str(mapping), "--engine", postgres.url())
    assert (done.returncode, "did you mean `amount`" in done.stderr) == (2, True)


def test_ctrl_c_cancels_the_query_on_the_server(postgres):
    import psycopg

    with psycopg.connect(postgres.url("owner"), autocommit=True) as con:
        con.execute(
            "CREATE OR REPLACE VIEW slow AS SELECT 'Sơn La' AS area, 'disbursement' AS metric, '2025' AS period,"
            " sum(1)::bigint AS actual FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b"
        )
        con.execute("GRANT SELECT ON slow TO reader")
        busy = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'sonla' AND state = 'active'"
        process = subprocess.Popen(
            [sys.executable, "-m", "sonla_cli", "rollup", "slow", "--engine", postgres.url()],
            env=environment(), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        end = time.monotonic() + 60
        while con.execute(busy).fetchone() == (0,):
            assert time.monotonic() < end
            time.sleep(0.1)
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err.strip()) == (130, b"", b"")
        assert con.execute(busy).fetchone() == (0,)


def test_a_client_that_is_killed_leaves_no_query_behind(postgres):
    import psycopg

    with psycopg.connect(postgres.url("owner"), autocommit=True) as con:
        con.execute(
            "CREATE OR REPLACE VIEW slower AS SELECT 'Sơn La' AS area, 'disbursement' AS metric, '2025' AS period,"
            " sum(1)::bigint AS actual FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b"
        )
        con.execute("GRANT SELECT ON slower TO reader")
        busy = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'sonla' AND state = 'active'"
        process = subprocess.Popen(
            [sys.executable, "-m", "sonla_cli", "rollup", "slower", "--engine", postgres.url()],
            env=environment(), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        await_count(con, busy, 1)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
        await_count(con, busy, 0, seconds=10)


def await_count(con, query, wanted, seconds=60):
    end = time.monotonic() + seconds
    while con.execute(query).fetchone() != (wanted,):
        assert time.monotonic() < end
        time.sleep(0.1)


def test_a_time_with_a_zone_is_that_of_viet_nam_and_a_name_may_have_a_dot(postgres):
    import psycopg

    with psycopg.connect(postgres.url("owner"), autocommit=True) as con:
        con.execute('CREATE TABLE treasury."v.2025" (area text, metric text, date timestamptz, actual text)')
        con.execute("""INSERT INTO treasury."v.2025" VALUES
            ('Sơn La', 'disbursement', '2025-01-01 00:30+07', '0.5'),
            ('Sơn La', 'disbursement', '2025-01-31 23:30+07', '1')""")
        con.execute('GRANT SELECT ON treasury."v.2025" TO reader')
    found = roll(Order('treasury."v.2025"', engine=postgres.url())).observations()
    assert [(row["period"], row["value"]) for row in found] == [("2025-1M", "1.5")]


# Spark


def on_both(path, spark, **settings):
    """Return the values on DuckDB and on Spark."""
    return [
        [
            (row["period"], row["value"])
            for row in roll(Order(str(path), engine=url, **settings)).observations()
        ]
        for url in ("", spark.url)
    ]


def test_files_go_by_the_names_of_their_columns_on_spark_too(spark, tmp_path):
    start = "Sơn La,disbursement,2025"
    (tmp_path / "a.csv").write_text(f"area,metric,period,actual,other\n{start},100,7\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text(f"area,metric,period,other,actual\n{start},900,5\n", encoding="utf-8")
    (tmp_path / "c.csv").write_text(
        f"actual;area;metric;period\n1000;{start.replace(',', ';')}\n", encoding="utf-8"
    )
    assert on_both(tmp_path, spark) == [[("2025", "1105")]] * 2
    (tmp_path / "d.csv").write_text("area,metric,period\nSơn La,disbursement,2025\n", encoding="utf-8")
    with pytest.raises(SonlaError) as caught:
        on_both(tmp_path, spark)
    assert caught.value.problems[0].code == Code.LEDGER_COLUMN


@pytest.mark.parametrize("row", ["Sơn La,disbursement,2025", "Sơn La,disbursement,2025,1,2"])
def test_a_row_of_another_length_is_no_row_on_spark(spark, tmp_path, row):
    text = f"area,metric,period,actual\nSơn La,disbursement,2025,5\n{row}\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    with pytest.raises(SonlaError) as caught:
        roll(Order(str(tmp_path / "a.csv"), engine=spark.url))
    assert caught.value.problems[0].code == Code.ENGINE_FAILED
    assert "alformed" in caught.value.problems[0].values["why"]


def test_json_in_one_document_and_codes_of_partitions_are_read_on_spark_too(spark, tmp_path):
    import json

    row = {"area": "Sơn La", "metric": "disbursement", "period": "2025", "actual": 9007199254740993}
    (tmp_path / "l.json").write_text(json.dumps([row, {**row, "actual": 0.25}], indent=1), encoding="utf-8")
    assert on_both(tmp_path / "l.json", spark) == [[("2025", "9007199254740993.25")]] * 2
    for code in ("01", "1"):
        (tmp_path / "p" / f"code={code}").mkdir(parents=True)
        pq.write_table(
            pa.Table.from_pylist([{**row, "actual": int(code * 2)}]),
            tmp_path / "p" / f"code={code}" / "x.parquet",
        )
    (tmp_path / "m.toml").write_text(
        'columns = { area = "area", metric = "metric", period = "period" }\n'
        'amounts.actual = { column = "actual", when = { code = "01" } }\n',
        encoding="utf-8",
    )
    assert on_both(tmp_path / "p", spark, mapping=str(tmp_path / "m.toml")) == [[("2025", "101")]] * 2


def test_a_time_with_a_zone_is_that_of_viet_nam_on_spark_too(spark, tmp_path):
    from datetime import UTC, datetime

    row = {
        "area": "Sơn La",
        "metric": "disbursement",
        "date": datetime(2024, 12, 31, 17, 30, tzinfo=UTC),
        "actual": 1,
    }
    pq.write_table(pa.Table.from_pylist([row]), tmp_path / "t.parquet")
    assert on_both(tmp_path / "t.parquet", spark) == [[("2025-1M", "1")]] * 2
    pq.write_table(
        pa.Table.from_pylist([{**row, "date": row["date"].replace(tzinfo=None)}]), tmp_path / "t.parquet"
    )
    assert on_both(tmp_path / "t.parquet", spark) == [[("2024", "1")]] * 2


def test_amounts_of_several_types_keep_their_digits_on_spark_too(spark, tmp_path):
    from decimal import Decimal

    row = {"area": "Sơn La", "metric": "disbursement", "period": "2025"}
    for place, amount in enumerate((100, Decimal("100.75"), Decimal("1.5"))):
        pq.write_table(pa.Table.from_pylist([{**row, "actual": amount}]), tmp_path / f"{place}.parquet")
    assert on_both(tmp_path, spark) == [[("2025", "202.25")]] * 2
    pq.write_table(pa.Table.from_pylist([{**row, "actual": 0.5}]), tmp_path / "d.parquet")
    with pytest.raises(SonlaError) as caught:
        roll(Order(str(tmp_path), engine=spark.url))
    assert caught.value.problems[0].code == Code.LEDGER_INEXACT


def test_a_spark_cluster_rolls_up_as_the_definition(spark, ledger, vouchers, names):
    order = Order(str(ledger / "ledger.parquet"), str(ledger / "ledger.toml"), engine=spark.url)
    assert sorted(as_tuples(roll(order))) == reference.rollup(vouchers, names)


def test_a_spark_cluster_computes_the_indicators_that_duckdb_computes(spark, ledger):
    order = Order(str(ledger / "ledger.parquet"), str(ledger / "ledger.toml"), ("area", "metric"), spark.url)
    names = ["attainment", "left", "growth"]
    assert indicate(order, names).rows == indicate(order._replace(engine=""), names).rows


def test_a_spark_cluster_gives_the_verdicts_of_the_definition(spark, printed_rows):
    check(spark.url, printed_rows)


def test_spark_connect_gives_the_same(connect_url, ledger, vouchers, names, printed_rows, tmp_path):
    """In a process of its own: a process speaks either to a cluster or to a Connect server."""
    out = tmp_path / "out.csv"
    done = sonla(
        "rollup",
        str(ledger / "ledger.parquet"),
        "--map",
        str(ledger / "ledger.toml"),
        "--engine",
        connect_url,
        "-o",
        str(out),
    )
    assert done.returncode == 0, done.stderr
    import csv

    with out.open(encoding="utf-8") as file:
        keys = ("area", "entity", "metric", "measure", "basis", "period", "value")
        found = sorted(tuple(row[key] for key in keys) for row in csv.DictReader(file))
    assert found == reference.rollup(vouchers, names)
    script = f"from tests.ledger.test_servers import check; check({connect_url!r}, {printed_rows!r})"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_worker_killed_in_the_middle_costs_time_but_no_row(spark, tmp_path):
    """The other worker does the work of the dead one again."""
    engine = connect(spark.url)
    query, sums = slow_query(engine, tmp_path / "slow.parquet")
    victim = spark.workers[1]
    timer = threading.Timer(6, lambda: os.killpg(victim.pid, signal.SIGKILL))
    timer.start()
    found = {row["key"]: int(row["total"]) for row in ask(engine, query).to_pylist()}
    timer.join()
    engine.close()
    assert victim.wait(10) == -signal.SIGKILL
    assert found == sums


def slow_query(engine, path):
    """A query whose every row of one side meets every row of the other, so that the job takes a while."""
    rows = 80
    path.mkdir()
    for part in range(8):
        table = pa.table({"key": [part] * rows, "amount": list(range(rows))})
        pq.write_table(table, path / f"{part}.parquet")
    table = open_table(engine, str(path))
    joined = table.cross_join(table.view()).cross_join(table.select(third=table.key))
    total = joined.amount.cast("decimal(19, 0)").sum().cast("decimal(38, 0)")
    each = sum(range(rows)) * (8 * rows) ** 2
    return joined.group_by("key").agg(total=total).limit(100), dict.fromkeys(range(8), each)


def test_the_last_worker_killed_ends_the_query(tmp_path, monkeypatch):
    from sonla_cli.ledger import spark

    with servers.spark(tmp_path, workers=1) as cluster:
        engine = connect(cluster.url)
        query, _sums = slow_query(engine, tmp_path / "slow.parquet")
        monkeypatch.setattr(spark, "WORKER_PATIENCE", 3)
        timer = threading.Timer(4, lambda: os.killpg(cluster.workers[0].pid, signal.SIGKILL))
        timer.start()
        with pytest.raises(SonlaError) as caught:
            ask(engine, query)
        timer.join()
        engine.close()
    assert caught.value.problems[0].code == Code.ENGINE_FAILED
    assert "no worker is left" in caught.value.problems[0].values["why"]


def test_a_cluster_without_workers_ends_the_wait(tmp_path, monkeypatch):
    from sonla_cli.ledger import spark

    with servers.spark(tmp_path, workers=0) as cluster:
        monkeypatch.setattr(spark, "WORKER_PATIENCE", 3)
        with pytest.raises(SonlaError) as caught:
            connect(cluster.url)
    assert caught.value.problems[0].code == Code.ENGINE_UNREACHABLE
    assert "no worker" in caught.value.problems[0].values["why"]


@pytest.mark.parametrize(
    ("request_to_end", "seconds"),
    [(signal.SIGINT, each) for each in (1, 2.5, 4, 8, 16)]
    + [(signal.SIGTERM, each) for each in (2.5, 6, 12)],
)
def test_an_end_at_any_moment_is_quiet_and_leaves_no_java_behind(spark, tmp_path, request_to_end, seconds):
    """While the Java side starts, while it looks for the master, while it computes; the last may be done before."""
    table = many_rows(tmp_path / "ledger")
    mark = f"SONLA_MARK={tmp_path}"
    process = subprocess.Popen(
        [sys.executable, "-m", "sonla_cli", "rollup", str(table), "--engine", spark.url],
        env={**environment(), "SONLA_MARK": str(tmp_path)}, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    time.sleep(seconds)
    process.send_signal(request_to_end)
    out, err = process.communicate(timeout=30)
    assert err.strip() == b""
    assert process.returncode in (130, -signal.SIGTERM, 143) or out
    end = time.monotonic() + 30
    while left := [each for each in marked(mark) if each != process.pid]:
        assert time.monotonic() < end, left
        time.sleep(0.2)


def many_rows(folder: Path) -> Path:
    """A ledger that takes a while to read: many rows in many files."""
    folder.mkdir()
    rows = 200_000
    table = pa.table(
        {
            "area": ["Sơn La"] * rows, "metric": ["disbursement"] * rows, "period": ["2025"] * rows,
            "actual": [str(place) for place in range(rows)],
        }
    )  # fmt: skip
    for part in range(40):
        pq.write_table(table, folder / f"{part}.parquet")
    return folder


def marked(mark: str) -> list[int]:
    """Return the processes that have a word in their environment."""
    found = []
    for each in Path("/proc").iterdir():
        if each.name.isdigit():
            with suppress(OSError):
                if mark.encode() in (each / "environ").read_bytes().split(b"\0"):
                    found.append(int(each.name))
    return found
