from __future__ import annotations

import socket

import duckdb
import pytest

from sonla_cli.core.problem import Code, SonlaError
from sonla_cli.ledger.asking import ask
from sonla_cli.ledger.engine import connect, first_line
from sonla_cli.ledger.tables import open_table, require


def reach(url, table="t"):
    engine = connect(url)
    try:
        open_table(engine, table)
    finally:
        engine.close()


def failing(url, table="t"):
    with pytest.raises(SonlaError) as caught:
        reach(url, table)
    [problem] = caught.value.problems
    assert "hunter2" not in str(problem)
    return problem


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize("scheme", ["postgres", "spark", "sc", "trino"])
def test_an_engine_that_does_not_answer_is_out_of_reach_at_once(scheme):
    problem = failing(f"{scheme}://reader:hunter2@127.0.0.1:{free_port()}/finance")
    assert problem.code == Code.ENGINE_UNREACHABLE
    assert "reader:***@127.0.0.1" in problem.values["engine"]


@pytest.mark.parametrize("url", ["postgress://u:hunter2@h/d", "mysql://u:hunter2@h/d", "hunter2"])
def test_an_unknown_engine_gets_the_nearest_names(url):
    problem = failing(url) if "://" in url else None
    if problem is None:
        with pytest.raises(SonlaError) as caught:
            connect(url)
        assert caught.value.problems[0].code == Code.UNKNOWN_ENGINE
        return
    assert problem.code == Code.UNKNOWN_ENGINE
    assert ("postgres" in problem.suggestions) == url.startswith("postgress")


def test_a_duckdb_file_is_opened_read_only_and_its_tables_are_known(tmp_path):
    path = tmp_path / "ledger.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE TABLE vouchers AS SELECT 1 AS a, 2 AS amount")
    engine = connect(f"duckdb://{path}")
    table = open_table(engine, "vouchers")
    with pytest.raises(duckdb.Error, match="read-only"):
        engine.con.con.execute("CREATE TABLE x (a INT)")
    with pytest.raises(SonlaError) as caught:
        require(table, ["amuont", "b"], "vouchers")
    assert [each.suggestions for each in caught.value.problems] == [("amount",), ()]
    engine.close()
    assert failing(f"duckdb://{path}", "voucher").suggestions == ("vouchers",)
    assert failing(f"duckdb://{tmp_path}/none.duckdb").code == Code.ENGINE_FAILED
    assert failing("duckdb://?memory=1GB").suggestions == ("memory_limit",)


def test_a_missing_file_and_an_unknown_format_are_told(tmp_path):
    (tmp_path / "vouchers.parquet").write_bytes(b"no parquet")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "x.doc").touch()
    assert failing("", str(tmp_path / "voucher.parquet")).suggestions == (str(tmp_path / "vouchers.parquet"),)
    assert failing("", str(tmp_path / "sub")).code == Code.LEDGER_FORMAT
    assert failing("", str(tmp_path / "vouchers.parquet")).code == Code.ENGINE_FAILED


def test_no_extension_is_fetched_from_the_network():
    engine = connect()
    assert engine.con.con.execute("SELECT current_setting('autoinstall_known_extensions')").fetchone() == (
        False,
    )
    engine.close()


def test_a_full_disk_is_a_failure_without_a_traceback(tmp_path):
    options = f"memory_limit=30MB&temp_directory={tmp_path}&max_temp_directory_size=1MB&threads=1"
    engine = connect(f"duckdb://?{options}")
    engine.con.con.execute("CREATE VIEW many AS SELECT md5(i::VARCHAR) AS k FROM range(10000000) t(i)")
    table = engine.con.table("many")
    with pytest.raises(SonlaError) as caught:
        ask(engine, table.group_by("k").agg(rows=table.count()).agg(most=lambda each: each.rows.max()))
    assert caught.value.problems[0].code == Code.ENGINE_FAILED
    engine.close()


def test_progress_is_one_line_that_is_taken_away(capsys):
    engine = connect("duckdb://?threads=1")
    engine.con.con.execute("CREATE VIEW long AS SELECT sum(sqrt(i)) AS s FROM range(300000000) t(i)")
    ask(engine, engine.con.table("long"), what="rolling up", watch=True)
    shown = capsys.readouterr().err
    engine.close()
    if shown:
        assert "rolling up 1 s" in shown
        assert shown.endswith("\r")
    assert "\n" not in shown


def test_a_name_in_double_quotes_may_have_a_dot(tmp_path):
    path = tmp_path / "ledger.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute('CREATE SCHEMA treasury; CREATE TABLE treasury."a.b" AS SELECT 1 AS amount')
    engine = connect(f"duckdb://{path}")
    assert open_table(engine, 'treasury."a.b"').columns == ("amount",)
    engine.close()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "An error occurred while calling o1.csv.\n: java.Outer: no\n\tat x\nCaused by: java.Inner: why\n\tat y",
            "java.Inner: why",
        ),
        ("An error occurred while calling o1.csv.\n: java.Outer: no\n\tat x", "java.Outer: no"),
        ("\n plain \nmore", "plain"),
        ("", "ValueError"),
    ],
)
def test_a_failure_of_the_java_side_is_told_by_its_innermost_reason(text, line):
    assert first_line(ValueError(text)) == line
