"""`pace`, `project`, `rank`, `whatif` and `compare DATE DATE` in every form and in both languages."""

from __future__ import annotations

import csv
import io
import json
import os
import shlex
from contextlib import chdir, redirect_stderr, redirect_stdout
from typing import NamedTuple
from unittest.mock import patch

import pytest

from sonla_cli import language
from sonla_cli.cli import run as sonla
from tests.console import ROOT

COMMANDS = (
    "pace disbursement",
    "project disbursement",
    "rank disbursement",
    "rank disbursement --by entity --data examples/units.csv",
    "whatif --set plan@prime_minister+=500",
    "compare 2025-06-20 2025-11-13",
)


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


def run(command: str, **more: str) -> Done:
    """Run a `sonla` command in this process: what it prints and its status."""
    arguments = shlex.split(command)[1:]
    out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
    environment = {"COLUMNS": "100", "NO_COLOR": "1", "SONLA_LANG": "en", **more}
    with (
        patch.dict(os.environ, environment), chdir(ROOT), redirect_stdout(out), redirect_stderr(err),
    ):  # fmt: skip
        language.choose(arguments)
        status = int(sonla(arguments))
        out.flush()
        return Done(status, out.buffer.getvalue().decode(), err.getvalue())


def rows(command: str) -> list[dict]:
    done = run(f"sonla {command} --json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["rows"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_form_shows_the_same_rows(command):
    shown = rows(command)
    assert shown
    assert len({row["id"] for row in shown}) == len(shown)
    table = list(csv.DictReader(io.StringIO(run(f"sonla {command} --format csv").stdout)))
    assert [each["id"] for each in table] == [row["id"] for row in shown]
    markdown = run(f"sonla {command} --format markdown").stdout
    assert markdown.startswith("# Sơn La")
    lengths = {line.count(" | ") for line in markdown.splitlines() if line.startswith("| ")}
    assert lengths, markdown
    assert "Sơn La" in run(f"sonla {command}").stdout


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("width", ["40", "80", "100", "160"])
def test_no_table_is_wider_than_the_terminal(command, width):
    done = run(f"sonla {command}", COLUMNS=width)
    assert done.returncode == 0, done.stderr
    assert all(len(line) <= int(width) for line in done.stdout.splitlines())


@pytest.mark.parametrize("command", COMMANDS)
def test_json_fits_the_schema(command):
    import jsonschema

    schema = json.loads(run("sonla data schema report").stdout)
    jsonschema.validate(json.loads(run(f"sonla {command} --json").stdout), schema)


@pytest.mark.parametrize("command", COMMANDS)
def test_machine_output_is_the_same_in_both_languages(command):
    assert run(f"sonla {command} --json --lang vi").stdout == run(f"sonla {command} --json --lang en").stdout


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("disbursement:acceleration_recent@prime_minister:2025-11-13", ""),
        ("disbursement:projected_season:2025@2026-01-31", ""),
        ("disbursement:rate_on_plan@total/2025-06-20:2025-11-13", ""),
        ("Hải Phòng/disbursement:rank@prime_minister:2025-11-06", ""),
        ("disbursement:median@prime_minister:2025-11-13", ""),
        (
            "Sơn La/Phường Tô Hiệu/disbursement:gap_share@prime_minister:2025-11-13",
            "--data examples/units.csv",
        ),
        ("disbursement:units_share:2025-11-13", "--data examples/units.csv"),
        ("whatif/disbursement:attainment@prime_minister:2025-11-13", "--set plan@prime_minister+=500"),
        ("Việt Nam/disbursement:attainment@prime_minister:2024-11-30", ""),
        ("revenue.total:pace:2025-10M", ""),
    ],
)
def test_explain_finds_what_the_reports_show(name, options):
    done = run(f"sonla explain '{name}' {options} --json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["rows"][0]["id"].split("/")[-1] == name.split("/")[-1] or report["rows"][0]["id"] == name
    assert name.partition(":")[2].partition("@")[0].partition(":")[0] in {
        each["id"] for each in report["definitions"]
    }


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_every_row_is_explained_with_the_same_bounds(command):
    options = " ".join(command.split()[1:]) if command.startswith("whatif") else ""
    if "--data" in command:
        options = "--data examples/units.csv"
    for row in rows(command):
        done = run(f"sonla explain '{row['id']}' {options} --json")
        assert done.returncode == 0, (row["id"], done.stderr)
        found = json.loads(done.stdout)["rows"][0]
        assert (found["value"], found["low"], found["high"]) == (row["value"], row["low"], row["high"]), row[
            "id"
        ]


@pytest.mark.parametrize(
    ("command", "says", "hints"),
    [
        ("pace disbursment", "no metric `disbursment`", "disbursement"),
        ("pace disbursement --by 2025-11-01", "is not after the figures", "later day"),
        ("rank disbursement --basis prim_minister", "no basis `prim_minister`", "prime_minister"),
        ("rank disbursements", "no metric `disbursements`", "disbursement"),
        ("whatif", "nothing is set", "revenue.local=4800"),
        ("whatif --set plan@council=4600", "of which metric", "revenue.local:plan@council=4600"),
        ("compare 2025-06-20 2024-11-13", "not two dates of one budget year", "compare 2024 2025"),
        ("compare 2025-06-20 2025-06-20", "two different dates", "2025-06-20 2025-11-13"),
        ("compare 2025-06-21 2025-11-13", "nothing was published", "2025-06-20"),
        ("disbursement --entity Nowhere", "no unit `Nowhere`", "data show"),
    ],
)
def test_a_wrong_use_is_explained(command, says, hints):
    done = run(f"sonla {command}")
    assert done.returncode == 2
    assert done.stdout == ""
    assert says in done.stderr
    assert hints in done.stderr
    assert "Traceback" not in done.stderr


def test_units_go_through_every_report():
    for command in ("disbursement", "pace", "project", "data show"):
        done = run(f"sonla {command} --entity 'phường tô hiệu' --data examples/units.csv --json")
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        shown = found if isinstance(found, list) else found["rows"]
        assert {row["entity"] for row in shown} == {"Phường Tô Hiệu"}
