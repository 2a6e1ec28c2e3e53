"""The command from end to end, as people run it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time

import pytest

from tests.console import ROOT, environment, run

EXAMPLE = "sonla rollup examples/vouchers.csv --map examples/vouchers.toml"


def test_a_rollup_goes_straight_into_a_report():
    done = run(f"{EXAMPLE} -q | sonla disbursement --no-embedded --data - --json")
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["rows"]
    rates = [row for row in rows if row["indicator"] == "attainment" and row["basis"] == "prime_minister"]
    assert len(rates) == 1
    assert rates[0]["period"] == "2025-11M"


def test_warnings_go_to_stderr_and_strict_makes_them_an_answer():
    done = run(EXAMPLE)
    assert (done.returncode, done.stdout.count("\n") > 100) == (0, True)
    assert (
        "left out because no rule gives a metric: actual 1250000 đồng, plan 0 đồng (rows: 1)" in done.stderr
    )
    assert run(f"{EXAMPLE} --strict").returncode == 1
    assert run(f"{EXAMPLE} -q").stderr == ""


def test_the_formats_hold_the_same():
    rows = json.loads(run(f"{EXAMPLE} -q --json").stdout)
    lines = run(f"{EXAMPLE} -q").stdout.splitlines()
    assert [",".join(row.values()) for row in rows] == lines[1:]
    assert "Sơn La" in run(f"{EXAMPLE} -q --format table").stdout


def test_explain_plan_prints_sql_and_runs_nothing():
    done = run(f"{EXAMPLE} --explain-plan")
    assert done.stdout.startswith("SELECT")
    assert done.stderr == ""
    assert not any(
        word in done.stdout.upper().split() for word in ("INSERT", "UPDATE", "DELETE", "CREATE", "DROP")
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("examples/voucher.csv", "did you mean `examples/vouchers.csv`"),
        ("examples/vouchers.csv --by area,units", "did you mean `unit`"),
        ("examples/vouchers.csv --map examples/none.toml", "cannot read the file"),
        ("examples/vouchers.csv --engine nope://u:hunter2@h/d", "no engine `nope://u:***@h/d`"),
        (
            "t --engine postgres://u:hunter2@127.0.0.1:1/d",
            "cannot reach the engine postgres://u:***@127.0.0.1:1/d",
        ),
    ],
)
def test_a_mistake_is_told_with_a_hint_and_nothing_is_written(arguments, said, tmp_path):
    out = tmp_path / "out.csv"
    done = run(f"sonla rollup {arguments} -o {out}")
    assert done.returncode == 2
    assert said in done.stderr
    assert "hint: " in done.stderr
    assert "hunter2" not in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert not out.exists()


def test_an_engine_may_be_named_by_the_environment():
    done = run("sonla rollup t", SONLA_ENGINE="postgres://u:hunter2@127.0.0.1:1/d")
    assert done.returncode == 2
    assert "postgres://u:***@127.0.0.1:1/d" in done.stderr


def test_ctrl_c_ends_the_query_quietly(tmp_path):
    path = tmp_path / "slow.duckdb"
    import duckdb

    with duckdb.connect(str(path)) as con:
        con.execute("""
            CREATE VIEW vouchers AS SELECT 'Sơn La' AS area, 'disbursement' AS metric, '2025' AS period,
            (sum(i % 7 * j % 11))::BIGINT AS actual FROM range(1000000) a(i), range(1000000) b(j)
        """)
    process = subprocess.Popen(
        [sys.executable, "-m", "sonla_cli", "rollup", "vouchers", "--engine", f"duckdb://{path}"],
        env=environment(), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    time.sleep(4)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 130, err
    assert (out, err.strip()) == (b"", b"")


def test_no_engine_is_loaded_until_it_is_asked():
    script = "import sys; from sonla_cli.cli import run; run(['rollup', '--help']); print([m for m in sys.modules if m.split('.')[0] in ('ibis', 'duckdb', 'pyarrow', 'pandas')], file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == "[]"


@pytest.fixture
def rates(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [
        {"unit": "a", "actual": "4564", "plan": "4500", "attainment": "101.4"},
        {"unit": "b", "actual": "4564", "plan": "4500", "attainment": "101.5"},
        {"unit": "c", "actual": "4564", "plan": None, "attainment": "101.5"},
        {"unit": "d", "actual": "1" * 25, "plan": "1" * 25, "attainment": "99"},
    ]
    path = tmp_path / "rates.parquet"
    pq.write_table(pa.Table.from_pylist(rows), path)
    return path


def test_a_table_of_rates_is_checked_where_it_is(rates):
    done = run(f"sonla check {rates} --json")
    assert (done.returncode, done.stderr) == (1, "")
    [found] = json.loads(done.stdout)["rates"]
    assert found["counts"] == {"exact": 1, "within rounding": 0, "contradictory": 2, "cannot tell": 1}
    assert [row["unit"] for row in found["rows"]] == ["b", "d"]
    everything = json.loads(run(f"sonla check {rates} --engine duckdb:// --all-figures --json").stdout)[
        "rates"
    ][0]["rows"]
    assert {row["unit"]: row["verdict"] for row in everything} == {
        "a": "exact", "b": "contradictory", "c": "cannot tell", "d": "contradictory",
    }  # fmt: skip
    shown = run(f"sonla check {rates}").stdout
    assert "contradictory" in shown
    assert "101.5" in shown


@pytest.mark.parametrize(
    "option", ["--area 'Sơn La'", "--period 2025", "--data x.csv", "--trust a=1", "--strict"]
)
@pytest.mark.parametrize("engine", ["", "--engine duckdb://"])
def test_an_option_that_says_nothing_of_rows_is_refused(rates, option, engine):
    done = run(f"sonla check {rates} {engine} {option}")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"`{option.split()[0]}` says nothing of a table of printed rates" in done.stderr


def test_doubles_say_nothing_of_printed_decimals(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    row = {"actual": "4564", "plan": "4500", "attainment": 101.4}
    pq.write_table(pa.Table.from_pylist([row]), tmp_path / "rates.parquet")
    (tmp_path / "rates.json").write_text(json.dumps([row]), encoding="utf-8")
    for name, kind in (("rates.parquet", "float64"), ("rates.json", "float64")):
        done = run(f"sonla check {tmp_path / name} --engine duckdb://")
        assert done.returncode == 2
        assert f"`attainment` is {kind}" in done.stderr
    (tmp_path / "rates.json").write_text(json.dumps([{**row, "attainment": "101.4"}]), encoding="utf-8")
    assert run(f"sonla check {tmp_path / 'rates.json'} --engine duckdb://").returncode == 0


def test_columns_with_names_of_ours_stay_what_they_are(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    own = {
        "verdict": "fine",
        "mantissa_actual": "m",
        "places_actual": "p",
        "_hedge_actual": "h",
        "__x": "x",
        "given_verdict": "g",
    }
    row = {"actual": "4564", "plan": "4500", "attainment": "101.5", "actual_hedge": "", **own}
    pq.write_table(pa.Table.from_pylist([row]), tmp_path / "rates.parquet")
    done = run(f"sonla check {tmp_path / 'rates.parquet'} --json")
    [found] = json.loads(done.stdout)["rates"][0]["rows"]
    assert found == {**row, "verdict": "contradictory", "_given_verdict": "fine"}


def test_an_indicator_in_csv_says_what_was_left_out_and_that_it_is_a_sample():
    asked = f"{EXAMPLE} --indicator attainment --format csv"
    assert (
        "left out because no rule gives a metric: actual 1250000 đồng, plan 0 đồng (rows: 1)"
        in run(asked).stderr
    )
    assert (
        "only a sample was read, so the totals are not totals (rows: 50)"
        in run(f"{asked} --sample 50").stderr
    )
    assert (
        "only a sample was read, so the totals are not totals (rows: 50)"
        in run(f"{EXAMPLE} --indicator attainment --format table --sample 50").stdout
    )
    assert run(f"{asked} -q").stderr == ""


@pytest.mark.parametrize("over", ["v/a.csv", "m.toml"])
@pytest.mark.parametrize("table", ["v", "v/a.csv", "'v/*.csv'"])
def test_a_result_never_replaces_what_it_is_made_of(tmp_path, over, table):
    (tmp_path / "v").mkdir()
    for name, source in (("v/a.csv", "vouchers.csv"), ("m.toml", "vouchers.toml")):
        (tmp_path / name).write_bytes((ROOT / "examples" / source).read_bytes())
    before = (tmp_path / over).read_bytes()
    done = run(f"sonla rollup {table} --map m.toml -o ./{over} --force -q", tmp_path)
    assert (done.returncode, f"`-o ./{over}` would replace a file that is read" in done.stderr) == (2, True)
    assert (tmp_path / over).read_bytes() == before
    assert run(f"sonla rollup {table} --map m.toml -o new.csv -q", tmp_path).returncode == 0


def test_a_table_without_rates_cannot_be_checked_on_an_engine():
    done = run("sonla check examples/vouchers.csv --engine duckdb://")
    assert done.returncode == 2
    assert "attainment, growth, index, multiple" in done.stderr


def test_without_its_packages_the_extra_is_named():
    code = (
        "import sys; sys.modules['ibis'] = None; from sonla_cli.cli import main;"
        " main(['rollup', 'examples/vouchers.csv', '--map', 'examples/vouchers.toml'])"
    )
    done = run(f'python -c "{code}"')
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: the engine needs `ibis`: `pip install 'sonla[ledger]'`\n"
