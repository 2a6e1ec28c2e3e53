"""`sonla extract` reads files of every kind, and what it writes goes straight into every other command."""

from __future__ import annotations

import csv
import io
import json

import pytest

from sonla_cli.models.observation import COLUMNS
from tests.console import run

TEXT = "Năm 2025, thu nội địa của tỉnh Sơn La đạt 4.100 tỷ đồng, bằng 102,5% dự toán Trung ương giao."


def test_a_pipe_gets_the_table_of_observations():
    done = run("sonla extract -", stdin=TEXT)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert done.returncode == 0
    assert tuple(rows[0]) == COLUMNS
    assert [(row["metric"], row["measure"], row["basis"], row["value"]) for row in rows] == [
        ("revenue.domestic", "actual", "", "4100"),
        ("revenue.domestic", "attainment", "central", "102.5"),
    ]


def test_the_table_goes_straight_into_an_indicator():
    done = run("sonla extract - | sonla budget --data - --no-embedded --json", stdin=TEXT)
    rows = {row["id"]: row for row in json.loads(done.stdout)["rows"]}
    assert rows["revenue.domestic:implied_plan@central:2025"]["value"] == 4000
    assert done.stderr == ""


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_json_has_every_field_and_offsets_into_the_text(form):
    done = run(f"sonla extract - --format {form}", stdin=TEXT)
    found = (
        json.loads(done.stdout)["mentions"]
        if form == "json"
        else [json.loads(x) for x in done.stdout.splitlines()]
    )
    assert [TEXT[each["start"] : each["end"]] for each in found] == ["4.100 tỷ đồng", "102,5%"]
    assert found[1]["why"]["basis"]
    assert {"flags", "line", "column", "sentence_start", "sentence_end", "hedge", "status"} <= set(found[0])


def test_the_text_is_shown_with_its_figures_marked_and_explained():
    shown = run("sonla extract - --format text --explain", stdin=TEXT).stdout
    assert "[4.100 tỷ đồng]" in shown
    assert "[102,5%]" in shown
    assert "“dự toán Trung ương giao”" in shown.replace("\n", " ")


def test_pages_and_several_files(tmp_path):
    (tmp_path / "page.html").write_text(
        f"<html><body><p>{TEXT}</p><script>9.999 tỷ đồng</script></body></html>", "utf-8"
    )
    (tmp_path / "text.txt").write_text(TEXT, "utf-8")
    done = run("sonla extract page.html text.txt", tmp_path)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["source"] for row in rows] == ["page", "page", "text", "text"]
    assert "9999" not in done.stdout


def test_what_says_too_little_is_told_and_left_out():
    done = run("sonla extract -", stdin="Con số là 4.100 tỷ đồng, bằng 102,5% dự toán.")
    assert len(done.stdout.splitlines()) == 1
    assert "too little" in done.stderr or done.stderr == ""


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.pdf", b"%PDF-1.4 broken"), ("a.docx", b"PK\x03\x04 broken"), ("a.txt", b"\xff\xfa\x00")],
)
def test_a_broken_file_is_an_error_and_leaves_nothing(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    done = run(f"sonla extract {name}", tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(f"error: {name}: cannot read the file")
    out = run(f"sonla extract {name} -o out.csv", tmp_path)
    assert out.returncode == 2
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    ("name", "begins"), [("out.json", "{"), ("out.jsonl", "{"), ("out.csv", "area,"), ("out", "area,")]
)
def test_the_ending_of_the_output_says_its_format(tmp_path, name, begins):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    run(f"sonla extract a.txt -o {name}", tmp_path)
    assert (tmp_path / name).read_text("utf-8").startswith(begins)


def test_what_cannot_be_read_is_told_all_at_once_after_what_can(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 broken")
    done = run("sonla extract b.pdf a.txt c.txt", tmp_path)
    assert done.returncode == 2
    assert len(done.stdout.splitlines()) == 3
    assert [line.split(":")[1] for line in done.stderr.splitlines() if line.startswith("error")] == [
        " b.pdf",
        " c.txt",
    ]


def test_a_long_text_is_read_line_by_line_with_the_same_result(tmp_path):
    path = tmp_path / "long.txt"
    path.write_text(f"{TEXT}\n" * 45_000, "utf-8")
    done = run("sonla extract long.txt | tail -1", tmp_path)
    assert done.stdout.startswith("Sơn La,revenue.domestic,attainment,central,2025,102.5")


def test_the_table_goes_straight_into_a_check():
    wrong = (
        TEXT.replace("102,5%", "112,5%")
        + " Dự toán thu nội địa năm 2025 Trung ương giao tỉnh Sơn La là 4.000 tỷ đồng."
    )
    right = run(
        "sonla extract - | sonla check --data - --no-embedded", stdin=wrong.replace("112,5%", "102,5%")
    )
    assert right.returncode == 0
    found = run("sonla extract - | sonla check --data - --no-embedded", stdin=wrong)
    assert found.returncode == 1
    assert "cannot all be true" in found.stdout


@pytest.mark.parametrize("form", ["text", "csv", "json"])
def test_escape_codes_of_a_text_never_reach_the_terminal(form):
    hostile = TEXT.replace("Sơn La", "Sơn La\x1b[2J\x1b]0;owned\x07\u202e")
    done = run(f"sonla extract - --format {form}", stdin=hostile)
    assert done.returncode == 0, done.stderr
    assert "4.100" in done.stdout or "4100" in done.stdout
    assert not {"\x1b", "\x07", "\u202e"} & {*done.stdout, *done.stderr}


@pytest.mark.parametrize("name", ["a.pdf", "a.docx"])
def test_a_text_that_its_name_calls_a_document_is_an_error(tmp_path, name):
    (tmp_path / name).write_text(TEXT, encoding="utf-8")
    done = run(f"sonla extract {name}", tmp_path)
    assert done.returncode == 2
    assert f"{name}: the name says {name[2:]}, the content is text" in done.stderr
