"""The kinds of file a report becomes: whole, escaped, the same every time, with the numbers of the report."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from sonla_cli import language
from sonla_cli.core.problem import SonlaError
from sonla_cli.models.observation import Dataset, Observation, Source
from sonla_cli.render.pages import docx, html, markdown, pdf, template, xlsx
from sonla_cli.render.pages.view import document
from sonla_cli.render.pages.zipped import timeless
from sonla_cli.reports.dossier import dossier
from sonla_cli.reports.query import Query
from sonla_cli.sources import load
from tests.console import ROOT

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = '=cmd|"/c calc"!A1<script>alert("x")</script>{{7*7}}|*_`]]>&amp;'


@pytest.fixture(autouse=True)
def english():
    language.use("en")


@pytest.fixture(scope="module")
def query():
    return Query(load())


@pytest.fixture(scope="module")
def view(query):
    language.use("en")
    return document(dossier(query, ["revenue", "disbursement"]))


@pytest.fixture(scope="module")
def page(view):
    return html.render(view)


@pytest.fixture(scope="module")
def hostile():
    """A report on figures whose source carries a title made to break every kind of file."""
    language.use("en")
    source = Source(
        id="bad", title=HOSTILE, publisher=HOSTILE, url="javascript:alert(1)", published_on="2025-01-02"
    )
    figures = (
        Observation(area="Sơn La", metric="revenue.local", measure="actual", period="2025-10M", value="4564", unit="tỷ đồng", source="bad"),
        Observation(area="Sơn La", metric="revenue.local", measure="attainment", basis="central", period="2025-10M", value="110", unit="%", source="bad"),
    )  # fmt: skip
    return document(dossier(Query(Dataset(observations=figures, sources=(source,))), ["revenue"]))


class Page(HTMLParser):
    """Collects the tags of a page, its texts and what it would fetch."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def test_a_page_allows_its_own_style_and_script_and_nothing_else(page):
    policy = next(given["content"] for tag, given in Page(page).tags if given.get("http-equiv"))
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for name, directive in (("style", "style-src"), ("script", "script-src")):
        (inside,) = re.findall(rf"<{name}>(.*?)</{name}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy


def test_a_page_needs_no_network_and_no_inline_style(page):
    for tag, given in Page(page).tags:
        assert tag not in ("link", "img", "iframe", "object")
        assert not {"src", "style", "onclick", "onload"} & set(given)
        assert tag != "a" or given["href"].startswith(("#", "https://", "http://"))
    assert "@import" not in page
    assert "url(" not in page


def test_ids_of_a_page_are_unique_and_what_is_referred_to_exists(page):
    tags = Page(page).tags
    ids = [given["id"] for _tag, given in tags if given.get("id")]
    assert len(ids) == len(set(ids))
    for name in ("aria-describedby", "aria-labelledby"):
        for _tag, given in tags:
            assert set((given.get(name) or "").split()) <= set(ids)


def test_every_number_of_a_page_shows_its_bounds_formula_and_source(view, page):
    plain = html_text(page)
    assert "actual ÷ attainment × 100" in plain
    assert "Between: 4,138.7 … 4,147.5 billion VND" in plain
    assert "Source [1]: " in plain
    buttons = [given for tag, given in Page(page).tags if tag == "button" and "aria-describedby" in given]
    tips = [given for tag, given in Page(page).tags if given.get("role") == "tooltip"]
    assert len(buttons) == len(tips) > 80


def html_text(text):
    from html import unescape

    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


def test_what_a_source_wrote_cannot_become_markup(hostile):
    text = html.render(hostile)
    page = Page(text)
    assert sum(tag == "script" for tag, _given in page.tags) == 1
    assert not [given for tag, given in page.tags if tag == "a" and "javascript" in (given.get("href") or "")]
    assert HOSTILE in html_text(text.replace("&amp;amp;", "&amp;amp;"))


@pytest.mark.parametrize("module", [docx, xlsx], ids=["docx", "xlsx"])
def test_an_office_file_is_dated_by_its_sources(view, module):
    with zipfile.ZipFile(io.BytesIO(module.render(view))) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\d", core)) == {view.dated}


def test_an_archive_without_the_clock_keeps_its_content():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("one.txt", "một")
    made = timeless(out.getvalue())
    assert timeless(made) == made
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.read("one.txt").decode() == "một"
        assert archive.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


def test_a_pdf_without_the_clock_keeps_every_byte_in_place():
    made = b"x /CreationDate(D:20261123174758+07'00') /ID [ <0AF3>\n<0AF3> ] /DocChecksum /0AF3 y"
    plain = pdf.timeless(made, "2025-11-18")
    assert plain == b"x /CreationDate(D:20251118000000+00'00') /ID [ <0000>\n<0000> ] /DocChecksum /0000 y"
    assert len(plain) == len(made)


def test_no_libreoffice_is_a_problem_with_a_hint(view, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SonlaError) as caught:
        pdf.printed(b"", "2025-01-01")
    assert caught.value.problems[0].code == "missing_program"


def word_xml(data, name="word/document.xml"):
    return ET.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))


def test_a_document_has_the_layout_of_official_documents(view):
    root = word_xml(docx.render(view))
    size = root.find(f".//{WORD}pgSz").attrib
    assert (int(size[f"{WORD}w"]), int(size[f"{WORD}h"])) == (11906, 16838)
    margins = {
        name.removeprefix(WORD): int(value) * 25.4 / 1440
        for name, value in root.find(f".//{WORD}pgMar").attrib.items()
    }
    assert 20 <= round(margins["top"]) <= 25
    assert 20 <= round(margins["bottom"]) <= 25
    assert 30 <= round(margins["left"]) <= 35
    assert 15 <= round(margins["right"]) <= 20
    assert root.find(f".//{WORD}titlePg") is not None
    text = "".join(each.text or "" for each in root.iter(f"{WORD}t"))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert "Nơi nhận:" in text
    styles = word_xml(docx.render(view), "word/styles.xml")
    fonts = {each.attrib.get(f"{WORD}ascii") for each in styles.iter(f"{WORD}rFonts")}
    assert "Times New Roman" in fonts


def test_tables_of_a_document_repeat_their_heads_and_pictures_say_what_they_show(view):
    root = word_xml(docx.render(view))
    grids = [table for table in root.iter(f"{WORD}tbl") if table.find(f".//{WORD}tblStyle") is not None
             and table.find(f".//{WORD}tblStyle").attrib[f"{WORD}val"] == "TableGrid"]  # fmt: skip
    assert len(grids) == sum(len(part.summary) + bool(part.every) for part in view.parts)
    assert all(table.find(f"{WORD}tr/{WORD}trPr/{WORD}tblHeader") is not None for table in grids)
    drawn = [each for each in root.iter() if each.tag.endswith("}docPr")]
    assert [each.attrib["descr"] for each in drawn] == [
        picture.alt for part in view.parts for picture in part.pictures
    ]
    fields = [each.text.strip() for each in root.iter(f"{WORD}instrText")]
    assert "SEQ Figure \\* ARABIC" in fields
    assert "SEQ Table \\* ARABIC" in fields


def test_a_document_survives_what_a_source_wrote(hostile):
    text = "".join(each.text or "" for each in word_xml(docx.render(hostile)).iter(f"{WORD}t"))
    assert HOSTILE in text


def workbook(view):
    return openpyxl.load_workbook(io.BytesIO(xlsx.render(view)))


def test_ratios_of_a_workbook_are_formulas_over_their_inputs(view):
    book = workbook(view)
    sheet = book["Public investment"]
    cells = {row[12].value: row for row in sheet.iter_rows(min_row=5) if row[12].value}
    rate = cells["disbursement:left@prime_minister:2025-11-13"]
    plan = cells["disbursement:implied_plan@prime_minister:2025-11-13"]
    actual = cells["disbursement:actual:2025-11-13"]
    attainment = cells["disbursement:attainment@prime_minister:2025-11-13"]
    assert plan[4].value == f"={actual[4].coordinate}/{attainment[4].coordinate}*100"
    assert rate[4].value == f"={plan[4].coordinate}-{actual[4].coordinate}"
    assert rate[6].value == f"={plan[6].coordinate}-{actual[7].coordinate}"
    assert actual[6].value == f"={actual[4].coordinate}-0.5"
    assert actual[4].value == 3563


def test_a_bound_that_others_tightened_stays_a_number(view):
    sheet = workbook(view)["Revenue"]
    cells = {row[12].value: row for row in sheet.iter_rows(min_row=5) if row[12].value}
    plan = cells["revenue.local:implied_plan@central:2025"]
    assert Decimal(str(plan[6].value)) == Decimal("4138.72340425")
    assert plan[4].value is None


def test_a_workbook_is_made_to_be_read(view):
    book = workbook(view)
    assert book.sheetnames == ["Overview", "Revenue", "Public investment", "Charts", "Sources"]
    assert book["Revenue"].freeze_panes == "C5"
    assert len(book["Charts"]._charts) == 2
    assert book["Sources"].max_row == 4 + len(view.sources)
    assert book["Revenue"]["E6"].number_format.startswith('[$-409]"est "#,##0')
    language.use("vi")
    assert workbook(view).worksheets[1]["E6"].number_format.startswith('[$-42A]"ước "#,##0')


def test_what_a_source_wrote_is_never_a_formula(hostile):
    cells = [cell for sheet in workbook(hostile) for row in sheet.iter_rows() for cell in row]
    assert any(HOSTILE in str(cell.value) for cell in cells)
    assert not [cell for cell in cells if cell.data_type == "f" and "cmd" in str(cell.value)]


def test_markdown_says_the_same(view, hostile):
    text = markdown.render(view)
    assert "| Revenue in the territory, assigned by the centre | 4,564 | 4,138.7 … 4,147.5 | 110 |" in text
    assert "> Disbursement of public investment in the course of 2025, Sơn La." in text
    assert "<script" not in markdown.render(hostile).replace("\\<", "")


def test_an_empty_section_says_so(query):
    view = document(dossier(replace(query, period="2024"), ["revenue", "expenditure"]))
    assert view.parts[1].is_empty
    for module in (html, markdown):
        assert "Nothing was published for this period." in module.render(view)
    assert xlsx.render(view)
    assert docx.render(view)


def test_every_number_can_be_named_by_a_template(view):
    known = template.figures(view)
    assert known["revenue.local:implied_plan@central:2025"].text == "4,138.7 … 4,147.5"
    assert known["revenue.total:actual:2025-10M"].sources


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("\n{{ nowhere }}", 2, "'nowhere' is undefined"),
        ("{% for %}", 1, "Expected"),
        ('\n\n{{ figure("revenue.total:actual:2025-1M").text }}', 3, "near: revenue.total:actual:2025-10M"),
        ('{{ "".__class__.__mro__ }}', 1, "unsafe"),
        ("{{ document.parts.append(1) }}", 1, "no attribute"),
        ('{% include "/etc/passwd" %}', 1, "no loader"),
    ],
)
def test_a_wrong_template_is_a_problem_with_its_place(view, tmp_path, text, line, why):
    path = tmp_path / "office.md.j2"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SonlaError) as caught:
        template.render(view, str(path))
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.line) == ("template", line)
    assert why in problem.values["why"]


def test_what_a_source_wrote_cannot_become_markup_of_a_template(hostile, tmp_path):
    path = tmp_path / "office.html.j2"
    path.write_text("<p>{{ document.sources[0].text }}</p>", encoding="utf-8")
    made = template.render(hostile, str(path))
    assert "<script" not in made
    assert "49" not in made


def test_a_word_template_is_filled(view):
    made = template.render(view, str(ROOT / "examples" / "templates" / "brief.docx"))
    text = "".join(each.text or "" for each in word_xml(made).iter(f"{WORD}t"))
    assert "Revenue in the territory, 10 months of 2025: 4,564 billion VND" in text
    assert "{" not in text
    assert made == template.render(view, str(ROOT / "examples" / "templates" / "brief.docx"))


def test_what_cannot_be_true_is_said_in_every_kind_of_file(query):
    view = document(dossier(query, ["revenue", "check"]))
    part = view.parts[1]
    assert part.title == "Checks"
    assert any("cannot all be true" in each.text for each in part.sentences)
    said = next(each.text for each in part.sentences if "cannot all be true" in each.text)
    assert said in html_text(html.render(view))
    assert said in "".join(each.text or "" for each in word_xml(docx.render(view)).iter(f"{WORD}t"))
    assert said in [row[0].value for row in workbook(view)["Checks"].iter_rows()]
    assert markdown.escape(said) in markdown.render(view)
    assert all(
        "2025" in " ".join(m.claim.id for m in each.members)
        for each in dossier(query, ["check"]).sections[0].report.contradictions
    )
