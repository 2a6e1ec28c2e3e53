"""An estimate is marked as one wherever its number stands, in every form and in both languages."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest

from sonla_cli import language
from sonla_cli.models.report import Row
from sonla_cli.render import matrix, people, table
from sonla_cli.render.notebook import show
from sonla_cli.render.pages import docx, html, markdown, xlsx
from sonla_cli.render.pages.view import document
from sonla_cli.reports.comparison import compare
from sonla_cli.reports.dossier import dossier
from sonla_cli.reports.query import Query
from sonla_cli.reports.whatif import whatif
from sonla_cli.sources import load
from tests.console import run


@pytest.fixture(scope="module")
def query():
    return Query(load())


@pytest.fixture(params=[("en", "est 25,188"), ("vi", "ước 25.188")], ids=["en", "vi"])
def marked(request):
    language.use(request.param[0])
    yield request.param[1]
    language.use("en")


def test_every_view_of_a_comparison_marks_its_estimates(query, marked, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    report = compare(query, [2024, 2025])
    lang = language.current()
    assert marked in table.render(report, color="never")
    assert marked in show(report, lang)._repr_html_()
    assert marked in show(report, lang)._repr_markdown_()


def test_before_and_after_are_marked(query, marked):
    report = whatif(query, ["revenue.total=26000"])
    assert marked in table.render(report, color="never")


def test_every_page_marks_its_estimates(query, marked):
    view = document(dossier(query, ["revenue"]))
    page = html.render(view)
    assert (
        f'class="big"><span class="figure published"><button type="button" aria-describedby="figure-1">{marked}<'
        in page
    )
    text = markdown.render(view)
    assert f"**{marked} " in text
    assert f"| {marked} |" in text
    with zipfile.ZipFile(io.BytesIO(docx.render(view))) as pack:
        assert marked in pack.read("word/document.xml").decode()


def test_a_workbook_shows_the_mark_and_keeps_the_number(query, marked):
    view = document(dossier(query, ["revenue"]))
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.render(view))).worksheets[1]
    found = [row[4] for row in sheet.iter_rows() if row[4].value == 25188]
    assert found
    assert f'"{marked.partition(" ")[0]} "#,##0' in found[0].number_format


def test_a_mark_stands_before_the_hedge_and_what_is_not_marked_has_none():
    language.use("en")
    row = Row(
        id="x", indicator="actual", metric="revenue.local", area="Sơn La", period="2025", unit="billion VND",
        value="4500", low="4500", how="published", hedge="over", status="estimate",
    )  # fmt: skip
    assert people.marked(row) == "est over 4,500"
    assert people.marked(row.model_copy(update={"status": "", "hedge": ""})) == "4,500"
    assert (
        people.figure(row.model_copy(update={"value": None, "hedge": "", "how": "computed"}))
        == "est ≥ 4,500.0"
    )


def test_markdown_has_the_definitions_and_the_steps_of_an_explanation():
    found = run("sonla explain attainment --format markdown").stdout
    assert found.startswith("# Definitions\n\n## `attainment`: Plan attainment\n\n- Formula: ")
    found = run("sonla explain revenue.local:implied_plan@central:2025 --format markdown").stdout
    assert "\n## How the bounds came about\n\n1. " in found
    assert "\n## `attainment`: Plan attainment\n" in found
    assert "attainment,indicator,%," in run("sonla indicators --format csv").stdout


def test_a_comparison_in_markdown_has_a_column_for_each_year(query):
    language.use("en")
    text = show(compare(query, [2024, 2025]))._repr_markdown_()
    assert "| Metric | 2024 | 2025 | Unit | Growth 2025 | Multiple 2025 |" in text
    line = next(each for each in text.splitlines() if each.startswith("| Registered capital (10"))
    assert "◌ ≤ 343 | ● 12,660 | billion VND | ◌ ≥ 3,599.7 % | ● over 37 |" in line


def test_no_row_of_a_comparison_is_lost_in_its_grid(query):
    report = compare(query, [2022, 2023, 2024, 2025])
    grid = matrix.across(report)
    shown = {cell.partition(" (")[0] for line in grid.lines for cell in line}
    for row in set(report.rows) - set(grid.rest.rows):
        assert any(people.figure(row) in cell for cell in shown), row.id


def test_checks_speak_with_one_decimal_mark_and_in_the_unit_of_each_figure():
    found = run("sonla check --lang vi").stdout
    assert "trên 1,31 nghìn tỷ đồng" in found
    assert "0,26569863 … 0,42771959 nghìn tỷ đồng (gần nhất là 0,42" in " ".join(found.split())
    assert "1.31" not in found
    assert not re.search(r"các số còn lại chỉ cho phép [^(]*\d \(", found)
    english = run("sonla check").stdout
    assert "tỷ đồng" not in english
    assert "over 1.31 trillion VND" in english
    assert "≥ 58,65  theo `58,7%`" in run(
        "sonla explain revenue.local:implied_plan@central:2025 --lang vi"
    ).stdout.replace("\n     ", " ")
