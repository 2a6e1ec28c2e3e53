"""How lines are laid out: further lines under their first, nothing wider than the terminal, no list inside a list."""

from __future__ import annotations

import re

import pytest

from sonla_cli import language
from sonla_cli.catalogue.indicators import label
from sonla_cli.models.report import Cited, Report
from sonla_cli.render import notes
from sonla_cli.render.pages import tables
from sonla_cli.reports.budget import budget
from sonla_cli.reports.query import Query
from sonla_cli.sources import load
from tests.console import run


@pytest.fixture(autouse=True)
def english():
    language.use("en")


def test_a_label_goes_on_under_its_first_word():
    lines = run("sonla whatif --set revenue.local=4800 --quiet", COLUMNS="100").stdout.splitlines()
    place = next(
        number
        for number, line in enumerate(lines)
        if line.endswith("same period of the year") or "Growth, same period" in line
    )
    assert lines[place].index("Growth") == len(lines[place + 1]) - len(lines[place + 1].lstrip())


@pytest.mark.parametrize("width", [60, 80, 120])
def test_an_inspection_is_as_wide_as_the_terminal(width):
    shown = run("sonla data inspect examples/monthly-report.xlsx", COLUMNS=str(width)).stdout
    assert max(map(len, shown.splitlines())) <= width
    for word in ("attainment:council", "Thu NSNN trên địa bàn", "not understood"):
        assert (word in " ".join(shown.split())) == (
            word
            in " ".join(run("sonla data inspect examples/monthly-report.xlsx", COLUMNS="300").stdout.split())
        )


def test_a_source_without_a_title_is_its_id():
    report = Report(
        command="budget",
        area="Sơn La",
        period="2025",
        sources=(Cited(id="units.csv"), Cited(id="b", title="B")),
    )
    assert list(notes.citations(report)) == ["units.csv", "b: B"]


def test_findings_in_markdown_are_one_list_each():
    text = run("sonla check --format markdown").stdout
    assert re.search(r"^1\. Sơn La", text, re.MULTILINE)
    assert not re.search(r"^ *- (\d+\.|\?) ", text, re.MULTILINE)


def test_capital_not_allocated_has_a_share_not_allocated():
    assert label("attainment", "allocation.unallocated") == "Share not allocated"
    assert label("attainment", "allocation.central") == "Allocation rate"


def test_a_table_of_changes_does_not_call_an_index_a_change():
    report = budget(Query(load()))
    [table] = [each for each in tables.summaries("revenue", report, {}) if each.id == "revenue-changes"]
    assert table.columns[1] == "Growth, index or multiple (%)"
