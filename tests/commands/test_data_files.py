"""The data commands as they are typed: what they print, where, and with which status."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys

import pytest

from tests.console import environment, run
from tests.sources.files import csv_text, fields, workbook


def table(path, *rows):
    path.write_text(csv_text(rows), encoding="utf-8")
    return path


def test_what_is_brought_enters_the_reports(tmp_path):
    table(
        tmp_path / "a.csv",
        fields(value="4600", source="mine"),
        fields(measure="attainment", basis="central", value="111", unit="%", source="mine"),
    )
    done = run("sonla budget --data a.csv --no-embedded --json", tmp_path)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert {row["indicator"] for row in report["rows"]} >= {"actual", "attainment", "implied_plan"}
    assert [each["id"] for each in report["sources"]] == ["mine"]


def test_data_from_a_pipe(tmp_path):
    done = (
        run("cat a.csv | sonla budget --data - --no-embedded --json", tmp_path)
        if table(tmp_path / "a.csv", fields())
        else None
    )
    assert done is not None
    assert done.returncode == 0, done.stderr
    assert any(row["value"] == 4564 for row in json.loads(done.stdout)["rows"])


def test_what_was_not_understood_is_said_beside_the_report(tmp_path):
    rows = [["TỈNH SƠN LA"], ["10 THÁNG NĂM 2025"], ["Đơn vị tính: tỷ đồng"], ["STT", "Nội dung", "Thực hiện 10 tháng", "Dự đoán"],
            ["I", "Thu NSNN trên địa bàn", 4564, 1], *(["", f"Khoản {n}", n, n] for n in range(8))]  # fmt: skip
    workbook(tmp_path / "a.xlsx", {"S": rows})
    done = run("sonla budget --data a.xlsx --no-embedded --json", tmp_path)
    assert done.returncode == 0
    assert json.loads(done.stdout)["rows"]
    assert "a.xlsx:S:D4: the heading `Dự đoán` was not understood" in done.stderr
    assert "4 more: see `sonla data inspect`" in done.stderr
    mapped = tmp_path / "m.toml"
    mapped.write_text(
        '[columns]\n"Dự đoán" = "ignore"\n[rows]\n' + "".join(f'"Khoản {n}" = "ignore"\n' for n in range(8)),
        encoding="utf-8",
    )
    assert run("sonla budget --data a.xlsx --mapping m.toml --no-embedded --json", tmp_path).stderr == ""


def test_the_decimal_mark_of_an_ambiguous_table_is_an_option(tmp_path):
    table(tmp_path / "a.csv", fields(value="25.188", metric="revenue.total"))
    done = run("sonla budget --data a.csv", tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("error: a.csv:2:6: `25.188` has one mark with three digits after it")
    assert "hint: add `--decimal comma`" in done.stderr
    for mark, value in (("comma", 25188), ("point", 25.188)):
        found = json.loads(
            run(f"sonla budget --data a.csv --decimal {mark} --no-embedded --json", tmp_path).stdout
        )
        assert any(row["value"] == value for row in found["rows"])


def test_inspect_as_json(tmp_path):
    table(tmp_path / "a.csv", fields())
    found = json.loads(run("sonla data inspect a.csv --json", tmp_path).stdout)
    assert found["schema"] == {"name": "sonla.inspection", "version": 1}
    assert [(each["kind"], each["observations"]) for each in found["tables"]] == [("tidy", 1)]


def test_validate_suggests_near_names(tmp_path):
    table(tmp_path / "a.csv", fields(metric="revenue.locl"))
    done = run("sonla data validate a.csv", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "a.csv:2:2: no metric `revenue.locl`" in done.stderr
    assert "did you mean `revenue.local`" in done.stderr


def test_convert_settles_a_report_by_options(tmp_path):
    rows = [["Nội dung", "Thực hiện"], ["Thu NSNN trên địa bàn", 4564]]
    workbook(tmp_path / "a.xlsx", {"S": rows})
    done = run(
        "sonla data convert a.xlsx - --area 'Sơn La' --period 2025-10M --unit 'tỷ đồng' --source stc",
        tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[1] == "Sơn La,revenue.local,actual,,2025-10M,4564,tỷ đồng,,,stc,S!B2,,"
    done = run("sonla data convert a.xlsx - --unit 'tỷ dồng'", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "did you mean `tỷ đồng`" in done.stderr


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("sonla data convert a.csv out.csv", "the file exists"),
        ("sonla data template out.csv", "the file exists"),
        ("sonla data convert a.csv out.pdf", "no format `pdf`"),
        (
            "sonla data template out.pdf",
            "no format `pdf`: xlsx, csv can be written\n\nhint: give the file one of these endings\n",
        ),
        ("sonla data validate .", ".: cannot read the file: the folder holds no data package"),
        ("sonla data validate a.csv --mapping nowhere.toml", "nowhere.toml: cannot read the file"),
        ("sonla data convert a.csv b.csv --encoding klingon", "no encoding `klingon`"),
        ("sonla data add a.csv", "`--to` is missing"),
        ("sonla data inspect", "`FILE …` is missing"),
        ("sonla data validate nowhere.csv", "nowhere.csv: cannot read the file"),
        ("sonla data validate a.csv --area 'Sơn Lá'", "no area `Sơn Lá`"),
        ("sonla data validate a.csv --period 2025-13M", "no period `2025-13M`"),
    ],
)
def test_a_wrong_use_is_explained_and_writes_nothing(tmp_path, command, says):
    table(tmp_path / "a.csv", fields())
    (tmp_path / "out.csv").write_text("old")
    done = run(command, tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.csv", "out.csv"]
    assert (tmp_path / "out.csv").read_text() == "old"


@pytest.mark.parametrize(
    "extra", [("a.xlsx", "python_calamine", "sonla[xlsx]"), ("a.parquet", "pyarrow", "sonla[parquet]")]
)
def test_a_missing_extra_is_named(tmp_path, extra):
    name, module, install = extra
    table(tmp_path / "a.csv", fields())
    assert run(f"sonla data convert a.csv {name}", tmp_path).returncode == 0
    code = f"import sys; sys.modules['{module}'] = None; from sonla_cli.cli import main; main(['data', 'validate', '{name}'])"
    done = run(f'python -c "{code}"', tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"needs the package `{module.replace('_', '-')}`" in done.stderr
    assert install in done.stderr


def test_ctrl_c_ends_quietly_and_leaves_nothing(tmp_path):
    pipe = tmp_path / "in.csv"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "sonla_cli", "data", "convert", "in.csv", "out.csv"]
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    stream = None
    while stream is None and process.poll() is None:
        # a pipe can be opened for writing once the command has opened it for reading
        with contextlib.suppress(OSError):
            stream = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
    assert stream is not None, process.communicate()
    os.write(stream, csv_text([fields()]).encode())
    for patience in (10, 60):
        # Python can miss a signal that comes just before it begins to wait for a read: people press again
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            out, error = process.communicate(timeout=patience)
            break
    os.close(stream)
    assert (process.returncode, out, error.strip()) == (130, b"", b"")
    assert list(tmp_path.iterdir()) == [pipe]


@pytest.mark.slow
def test_a_million_rows_in_a_small_multiple_of_their_size(tmp_path):
    path = tmp_path / "a.csv"
    header, row = csv_text([fields(entity="Xã 0000")]).splitlines()
    with path.open("w", encoding="utf-8") as file:
        file.write(header + "\n")
        for n in range(1_000_000):
            file.write(row.replace("4564", f"{n}.{n % 90 + 10}").replace("Xã 0000", f"Xã {n % 3000}") + "\n")
    code = (
        "import resource, sonla_cli; data = sonla_cli.load(['a.csv'], embedded=False);"
        " print(len(data.observations), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)"
    )
    done = run(f'python -c "{code}"', tmp_path)
    count, peak = map(int, done.stdout.split())
    assert count == 1_000_000
    assert peak < 12 * path.stat().st_size
