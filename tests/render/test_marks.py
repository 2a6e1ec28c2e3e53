"""An estimate is marked as one wherever its number stands, in every form and in both languages."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from sonla_cli import language
from sonla_cli.models.report import Row
from sonla_cli.render import people, table
from sonla_cli.render.notebook import show
from sonla_cli.render.pages import docx, html, markdown, xlsx
from sonla_cli.render.pages.view import document
from sonla_cli.reports.comparison import compare
from sonla_cli.reports.dossier import dossier
from sonla_cli.reports.query import Query
from sonla_cli.reports.whatif import whatif
from sonla_cli.sources import load


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
