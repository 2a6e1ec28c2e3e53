"""Pictures: intervals are drawn as intervals, words say what is drawn, the same rows give the same bytes."""

from __future__ import annotations

import re
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from sonla_cli import language
from sonla_cli.models.report import Report, Row
from sonla_cli.render.charts import draw, picture, terminal
from sonla_cli.reports import pictures
from sonla_cli.reports.budget import budget
from sonla_cli.reports.comparison import compare
from sonla_cli.reports.query import Query
from sonla_cli.reports.ranking import rank
from sonla_cli.sources import load


@pytest.fixture(autouse=True)
def english():
    language.use("en")


@pytest.fixture(scope="module")
def reports():
    query = Query(load())
    return {
        "attainment": budget(query),
        "course": pictures.course(query),
        "years": compare(query, [2024, 2025]),
        "rank": rank(query, "disbursement"),
    }


def row(**given) -> Row:
    known = {"id": "revenue.local:attainment@central:2025", "indicator": "attainment", "metric": "revenue.local",
             "area": "Sơn La", "basis": "central", "period": "2025", "unit": "%", "how": "published"}  # fmt: skip
    return Row(**{**known, **given})


def report(*rows: Row) -> Report:
    return Report(command="budget", area="Sơn La", period="2025", rows=rows)


@pytest.mark.parametrize("name", ["attainment", "course", "years", "rank"])
def test_every_picture_is_well_formed_and_says_what_it_shows(reports, name):
    drawn = picture.of(reports[name])
    root = ET.fromstring(draw.svg(drawn))
    assert root.attrib["role"] == "img"
    title, words = (root.find(f"{{http://www.w3.org/2000/svg}}{tag}").text for tag in ("title", "desc"))
    assert title == drawn.title
    assert all(mark.text in words for mark in drawn.marks)


def test_the_same_rows_give_the_same_bytes(reports):
    drawn = picture.of(reports["course"])
    assert draw.svg(drawn) == draw.svg(drawn)
    assert draw.png(drawn) == draw.png(drawn)
    assert draw.png(drawn)[:8] == b"\x89PNG\r\n\x1a\n"


def test_an_interval_is_drawn_as_an_interval():
    drawn = picture.attainments(report(row(low=Decimal(50), high=Decimal(100), how="computed")))
    bars = re.findall(r'd="M([\d.]+),[\d.]+h([\d.]+)v13h[^"]*" fill="(#\w+)"', draw.svg(drawn))
    widths = {colour: float(width) for _start, width, colour in bars}
    assert widths[draw.PALETTE["bar"]] == pytest.approx(widths[draw.PALETTE["band"]], rel=0.02)


def test_a_narrow_picture_keeps_every_word(reports):
    wide, narrow = (
        draw.svg(picture.of(reports["years"]), width=width) for width in (draw.WIDTH, draw.NARROW)
    )
    texts = [sorted(re.findall(r">([^<>]+)</text>", svg)) for svg in (wide, narrow)]
    assert {text for text in texts[0] if re.search("[a-z]", text)} == {
        text for text in texts[1] if re.search("[a-z]", text)
    }
    assert ET.fromstring(narrow).attrib["width"] < ET.fromstring(wide).attrib["width"]


def test_text_of_a_source_cannot_leave_the_picture():
    drawn = picture.attainments(
        report(row(area='<script>alert("1")</script>', value=Decimal(5), low=Decimal(5), high=Decimal(5)))
    )
    hostile = Report(
        command="budget", area="</desc><script>alert(1)</script>", period="2025", rows=(drawn.marks[0].row,)
    )
    svg = draw.svg(picture.attainments(hostile))
    assert "<script" not in svg
    ET.fromstring(svg)


def test_the_font_has_every_vietnamese_letter():
    from fontTools.ttLib import TTFont

    letters = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
    for path in draw.FONTS.glob("*.ttf"):
        known = TTFont(path).getBestCmap()
        assert not [each for each in letters + letters.upper() + "−≤≥…×÷–" if ord(each) not in known]


def test_years_are_those_asked_for(reports):
    drawn = picture.of(reports["years"])
    assert {mark.row.period[:4] for mark in drawn.marks} == {"2024", "2025"}
    only = picture.of(reports["years"], ["exports"])
    assert [panel.title for panel in only.panels] == ["Exports"]


def test_a_report_without_rates_has_no_picture():
    assert picture.attainments(report(row(indicator="actual", basis=""))) is None
    assert picture.course(report()) is None
    assert picture.ranking(report()) is None
    assert picture.of(Report(command="explain", area="Sơn La", period="2025")) is None


def test_bars_in_letters():
    drawn = picture.attainments(
        report(row(value=Decimal(75), low=Decimal(50), high=Decimal(100), how="computed"))
    )
    lines = terminal.render(drawn, width=44).splitlines()
    assert lines[2:4] == ["  Revenue in the territory, budget plan", "  assigned by the centre"]
    assert lines[4].endswith("75 %  (50 … 100)")
    assert lines[5] == f"  {'█' * 20}{'░' * 19}│"
    assert lines[7] == "│ 100 % of the plan"


def test_letters_fall_back_to_ascii(reports):
    for each in reports.values():
        text = terminal.render(picture.of(each), width=60, ascii_only=True)
        assert text.isascii()
        assert max(map(len, text.splitlines())) <= 60
    assert "Son La" in text
    assert "Thanh pho Ho Chi Minh" in text


@pytest.mark.parametrize("width", [40, 80, 120])
def test_letters_stay_within_the_width(reports, width):
    for each in reports.values():
        assert max(map(len, terminal.render(picture.of(each), width=width).splitlines())) <= width


def test_a_course_in_letters_puts_points_where_they_belong(reports):
    lines = terminal.render(picture.of(reports["course"]), width=100).splitlines()
    top = next(place for place, line in enumerate(lines) if line.startswith(" 100 %"))
    bottom = next(place for place, line in enumerate(lines) if line.startswith("   0 %"))
    own = [(place, line.index("●")) for place, line in enumerate(lines[:bottom]) if "●" in line]
    assert len(own) == 2
    for place, _column in own:
        assert 35 <= (bottom - place) / (bottom - top) * 100 <= 52
    assert own[0][1] > own[1][1]


def test_an_open_interval_says_so():
    drawn = picture.attainments(report(row(value=Decimal(95), low=Decimal(95), hedge="over")))
    assert drawn.marks[0].is_open
    assert "▶" in terminal.render(drawn, width=60)
    assert "over 95" in drawn.alt


def test_intervals_are_explained_where_they_can_be_seen(reports):
    assert not picture.of(reports["rank"]).note
    assert "intervals" in picture.of(reports["years"]).note
    assert "arrow" in picture.of(reports["course"]).note


def test_a_picture_that_goes_alone_says_what_it_is(reports):
    for each in reports.values():
        drawn = picture.of(each)
        # lines of one text follow each other without a blank
        words = _drawn(draw.svg(drawn, alone=True)).replace(" ", "")
        assert drawn.title.replace(" ", "") in words
        assert drawn.note.replace(" ", "") in words
        assert drawn.title.replace(" ", "") not in _drawn(draw.svg(drawn)).replace(" ", "")


def _drawn(svg: str) -> str:
    root = ET.fromstring(svg)
    return "".join("".join(part.itertext()) for part in root.iter("{http://www.w3.org/2000/svg}text"))
