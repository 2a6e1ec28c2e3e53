"""`sonla check` and `sonla pefa` on the command line: forms, languages, exit codes."""

from __future__ import annotations

import json

import jsonschema
import pytest

from tests.console import ROOT, run

EXAMPLES = ROOT / "examples"


@pytest.fixture
def values(tmp_path):
    (tmp_path / "v.csv").write_text("name,value\nprofit,35\nrevenue,100\ncost,65\nx,\ny,\n", "utf-8")
    (tmp_path / "r.txt").write_text("profit == revenue - cost # profit\nx + y == 10\nx - y == 2\n", "utf-8")
    return tmp_path


def test_values_that_hold_exit_with_0(values):
    done = run("sonla check v.csv --rules r.txt --json", values)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    rows = {row["id"]: row for row in found["rows"]}
    assert (rows["x"]["value"], rows["x"]["how"], rows["y"]["low"], rows["y"]["high"]) == (
        6,
        "computed",
        4,
        4,
    )
    assert rows["profit"]["verdict"] == "within rounding"
    assert {tie["verdict"] for tie in found["relations"]} == {"exact", "cannot tell"}


def test_a_contradiction_exits_with_1_and_names_what_to_change(values):
    (values / "v.csv").write_text("name,value\nprofit,45\nrevenue,100\ncost,65\n", "utf-8")
    done = run("sonla check v.csv --rules r.txt --json", values)
    assert done.returncode == 1
    found = json.loads(done.stdout)
    (contradiction,) = found["contradictions"]
    assert {each["claim"]["id"] for each in contradiction["members"]} == {"profit", "revenue", "cost"}
    assert len(found["repair"]) == 1


def test_rules_without_a_solution_are_said(values):
    (values / "r.txt").write_text("z >= 3\nz <= 2\n", "utf-8")
    done = run("sonla check v.csv --rules r.txt --json", values)
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert [note["code"] for note in found["problems"]] == ["no_solution"]
    assert found["contradictions"][0]["kind"] == "rules alone"


def test_a_score_says_which_table_it_needs(tmp_path):
    done = run("sonla pefa", tmp_path)
    assert "a score needs the heads of a budget" in done.stderr
    assert "hint: name a TABLE with the columns year, head, kind" in done.stderr
    (tmp_path / "bad.csv").write_text("area,head,kind,budget,actual\na,b,c,1,2\na,b,c,1,2\n", "utf-8")
    done = run("sonla pefa bad.csv", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("no column `area`") == done.stderr.count("has no `year`") == 1
    assert "hint: a table of heads has the columns year, head, kind" in done.stderr
    assert "schema" not in done.stderr


def test_mistakes_exit_with_2(values):
    (values / "r.txt").write_text("profit = 3\n", "utf-8")
    for command in (
        "sonla check v.csv --rules r.txt", "sonla check nothing.csv", "sonla check --trust nobody=fixed",
        "sonla check --trust official", "sonla check --revision none", "sonla pefa v.csv", "sonla pefa",
    ):  # fmt: skip
        done = run(command, values)
        assert done.returncode == 2, (command, done.stdout)
        assert "Traceback" not in done.stderr
        assert done.stderr.startswith("error")
    assert "r.txt:1:8" in run("sonla check v.csv --rules r.txt", values).stderr


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_embedded_data_contradict(language):
    done = run(f"sonla check --area 'Hải Phòng' --lang {language}")
    assert done.returncode == 1
    assert {"en": "164,012", "vi": "164.012"}[language] in done.stdout
    assert {"en": "165,012", "vi": "165.012"}[language] in done.stdout


def test_one_period_and_every_figure():
    few = run("sonla check --area 'Thanh Hóa' --period 2025-5M --all-figures --format markdown")
    assert "21295" in few.stdout.replace(",", "")
    assert run("sonla check --area 'Thanh Hóa' --format csv").stdout.count("\n") > 20


def test_json_is_what_the_schema_promises(tmp_path):
    schema = json.loads(run("sonla data schema").stdout)
    for command in (
        "sonla check --advice --json",
        f"sonla pefa {EXAMPLES / 'pefa.csv'} --json",
        "sonla budget --json",
    ):
        jsonschema.validate(json.loads(run(command, tmp_path).stdout), schema)


def test_own_tables_are_checked_alone(tmp_path):
    (tmp_path / "o.csv").write_text(
        "area,metric,measure,basis,period,value,unit\nSơn La,revenue.local,actual,,2025-10M,4564,tỷ đồng\n"
        "Sơn La,revenue.local,plan,council,2025,4500,tỷ đồng\nSơn La,revenue.local,attainment,council,2025-10M,104,%\n",
        "utf-8",
    )
    found = json.loads(run("sonla check o.csv --json", tmp_path).stdout)
    assert len(found["rows"]) == 3
    assert len(found["contradictions"]) == 1
    (tmp_path / "r.txt").write_text("revenue.local.attainment <= 100 # never above the plan\n", "utf-8")
    ruled = json.loads(run("sonla check o.csv --rules r.txt --json", tmp_path).stdout)
    assert ["never above the plan"] in [each["relations"] for each in ruled["contradictions"]]


def test_pefa_of_the_example():
    done = run(f"sonla pefa {EXAMPLES / 'pefa.csv'}")
    assert done.returncode == 0, done.stderr
    assert "PI-3 Revenue outturn: B+ (M2)" in done.stdout
    scores = json.loads(run(f"sonla pefa {EXAMPLES / 'pefa.csv'} --json").stdout)["rows"]
    assert {row["indicator"]: row["score"] for row in scores if row["score"]}["pi-2"] == "A"


def test_own_indicators_in_every_command(tmp_path):
    path = EXAMPLES / "indicators.toml"
    for command in ("sonla budget", "sonla compare 2024 2025", "sonla indicators"):
        done = run(f"{command} --indicators {path} --json", tmp_path)
        assert done.returncode == 0, done.stderr
        assert "local_share" in done.stdout, command


def test_what_a_workbook_leaves_open_is_settled_by_a_mapping(tmp_path):
    (tmp_path / "report.csv").write_text(
        "THU NGÂN SÁCH TỈNH LÀO CAI THÁNG 10 NĂM 2025\nĐơn vị: triệu đồng\n"
        "Nội dung;Dự toán 2025;Thực hiện tháng 10;Lũy kế 10 tháng;% so với dự toán\n"
        "Thu nội địa;11500000;1150000;12100000;115,2\n",
        encoding="utf-8",
    )
    (tmp_path / "ours.toml").write_text('period = "2025-10M"\n', encoding="utf-8")
    asked = run("sonla check report.csv", tmp_path)
    assert (asked.returncode, "the period of" in asked.stderr) == (2, True)
    settled = run("sonla check report.csv --mapping ours.toml", tmp_path)
    assert (settled.returncode, "115.2 %" in settled.stdout) == (1, True), settled.stderr
