"""`sonla chart`: on the terminal, as a file, as numbers."""

from __future__ import annotations

import json

import pytest

from tests.console import run


@pytest.mark.parametrize("kind", ["budget", "disbursement", "compare", "rank"])
def test_every_picture_fits_a_terminal(kind):
    done = run(f"sonla chart {kind}", COLUMNS="72")
    assert (done.returncode, done.stderr) == (0, "")
    assert max(map(len, done.stdout.splitlines())) <= 72
    assert "Sơn La" in done.stdout


@pytest.mark.parametrize("more", [{"TERM": "dumb"}, {"PYTHONIOENCODING": "ascii"}])
def test_a_terminal_that_knows_only_ascii_gets_ascii(more):
    done = run("sonla chart rank", **more)
    assert done.stdout.isascii()
    assert "4. Son La (13/11)" in done.stdout
    assert "####" in done.stdout


@pytest.mark.parametrize(
    ("name", "magic"),
    [("a.svg", b"<svg "), ("a.html", b"<!DOCTYPE html>"), ("a.txt", b"Attainment")],
)
def test_the_ending_says_the_kind(tmp_path, name, magic):
    done = run(f"sonla chart budget -o {name}", tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / name).read_bytes().startswith(magic)


def test_the_numbers_of_a_picture():
    report = json.loads(run("sonla chart rank --json").stdout)
    assert report["command"] == "rank"
    assert {row["area"] for row in report["rows"]} >= {"Sơn La", "Hải Phòng"}
    assert all(row["low"] <= row["high"] for row in report["rows"])


def test_years_and_metrics_can_be_chosen():
    done = run("sonla chart compare 2023 2024 2025 --metric exports --metric revenue.local")
    assert "Exports (million USD)" in done.stdout
    assert "Projects" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("budget 2024", "only `compare` takes years"),
        ("compare 2024", "a comparison needs two different years or more"),
        ("compare --metric revnue.local", "no metric `revnue.local`"),
        ("rank --basis councl", "no basis `councl`"),
        ("rank --basis striving", "nothing was published for Sơn La"),
        ("rank -o a.gif", "`a.gif` does not say what kind of picture to write"),
        ("disbursement --period 1990", "nothing was published for Sơn La, period 1990"),
    ],
)
def test_what_cannot_be_is_said(arguments, message):
    done = run(f"sonla chart {arguments}")
    assert done.returncode == 2
    assert message in done.stderr
    assert "hint: " in done.stderr
    assert done.stdout == ""
