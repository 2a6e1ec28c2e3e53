"""The report as a Word document in the layout of official documents (Decree 30/2020/NĐ-CP, Annex I).

A4; margins 20–25 mm above and below, 30–35 mm left, 15–20 mm right; Times New Roman 13–14; the national title
block with what an office fills in left as dots; page numbers centred above, from the second page on. What the
decree fixes stands in Vietnamese in every language.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from sonla_cli.language import _
from sonla_cli.render import people
from sonla_cli.render.charts import draw
from sonla_cli.render.charts.picture import Picture
from sonla_cli.render.pages import word
from sonla_cli.render.pages.cells import Cell, Line, Table
from sonla_cli.render.pages.view import Document, Part
from sonla_cli.render.pages.zipped import timeless

#: the decree's names and sentences, which are law and not translated
STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
BODY, SMALL = 13, 10.5
#: widths in millimetres of a page between its margins
ACROSS = 160


def render(document: Document) -> bytes:
    """Return the document as DOCX."""
    paper = word.paper(document.language)
    _title_block(paper, document)
    _tiles(paper, document)
    counters = {"picture": 0, "table": 0}
    for number, part in enumerate(document.parts, 1):
        _part(paper, part, word.ROMAN[number], counters)
    _ending(paper)
    _annexes(paper, document, counters)
    properties = paper.core_properties
    moment = datetime.combine(date.fromisoformat(document.dated or "1980-01-01"), datetime.min.time(), UTC)
    properties.title, properties.author, properties.comments = (
        f"{document.title}, {document.period}",
        "sonla",
        "",
    )
    properties.created = properties.modified = moment.replace(tzinfo=None)
    properties.last_modified_by, properties.revision, properties.language = "sonla", 1, document.language
    out = io.BytesIO()
    paper.save(out)
    return timeless(out.getvalue())


def _title_block(paper: Any, document: Document) -> None:
    block = paper.add_table(rows=2, cols=2)
    word.layout(block, (62, 98), header=False)
    left, right = block.rows[0].cells
    word.write(left, "…………………………", size=BODY, centre=True)
    word.add(left, "…………………………", size=BODY, bold=True, centre=True)
    word.rule(left, 20)
    word.write(right, STATE, size=12, bold=True, centre=True)
    word.add(right, MOTTO, size=13, bold=True, centre=True)
    word.rule(right, 17)
    left, right = block.rows[1].cells
    word.write(left, "Số: ………/BC-………", size=BODY, centre=True, before=4)
    word.write(
        right, f"{document.area}, ngày …… tháng …… năm ………", size=BODY, italic=True, centre=True, before=4
    )
    word.paragraph(paper, _("REPORT"), size=14, bold=True, centre=True, before=18, style="Title")
    word.paragraph(paper, f"{document.title}", size=14, bold=True, centre=True)
    word.paragraph(paper, document.period, size=14, bold=True, centre=True)
    word.rule(paper, 62)
    word.paragraph(paper, "", size=6)


def _tiles(paper: Any, document: Document) -> None:
    for tile in document.tiles:
        found = word.paragraph(paper, f"{tile.label}: ", size=BODY, indent=True)
        word.run(found, _amount(tile.cell), size=BODY, bold=True)
        if tile.lines:
            said = "; ".join(
                f"{_inside(before)}{_amount(cell)}{after}" for before, cell, after in tile.phrases
            )
            word.run(found, f". {said[:1].upper()}{said[1:]}", size=BODY)
        word.run(found, ".", size=BODY)


def _inside(label: str) -> str:
    """Return a label as it stands inside a sentence; an abbreviation keeps its capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _amount(cell: Cell) -> str:
    return people.with_unit(cell.text, cell.unit)


def _part(paper: Any, part: Part, numeral: str, counters: dict[str, int]) -> None:
    period = f" ({part.period})" if part.period else ""
    word.heading(paper, f"{numeral}. {part.title.upper()}{period}", 1)
    for picture in part.pictures:
        _picture(paper, picture, counters)
    for item in part.summary:
        _table(paper, item, counters, _widths(len(item.columns)))
    for said in part.sentences:
        before = 6 if said.is_heading else 0
        made = word.paragraph(
            paper, said.text, size=13 if said.is_heading else 12, bold=said.is_heading, before=before
        )
        word.indent(made, 8 * said.indent)
        made.paragraph_format.keep_with_next = said.is_heading
    for note in part.notes:
        word.paragraph(paper, f"– {note}", size=12, indent=True)


def _picture(paper: Any, picture: Picture, counters: dict[str, int]) -> None:
    counters["picture"] += 1
    word.picture(paper, draw.png(picture), 150, title=picture.title, words=picture.alt)
    word.caption(paper, _("Figure"), counters["picture"], picture.title)
    if picture.note:
        word.paragraph(paper, picture.note, size=SMALL, italic=True, centre=True, after=6)


def _widths(columns: int) -> tuple[float, ...]:
    first = 44 if columns > 3 else 64
    return (first, *((ACROSS - first) / columns,) * columns)


def _table(paper: Any, item: Table, counters: dict[str, int], widths: Sequence[float]) -> None:
    counters["table"] += 1
    word.caption(paper, _("Table"), counters["table"], item.caption, above=True)
    made = paper.add_table(rows=1, cols=len(item.columns) + 1)
    made.style = "Table Grid"
    for place, head in enumerate((item.heading, *item.columns)):
        word.write(made.rows[0].cells[place], head, size=SMALL, bold=True, centre=True)
    for line in item.lines:
        _line(made.add_row().cells, line)
    word.layout(made, widths)
    word.paragraph(paper, "", size=6)


def _line(cells: Sequence[Any], line: Line) -> None:
    word.write(cells[0], line.name, size=SMALL)
    if line.note:
        word.add(cells[0], line.note, size=SMALL - 1, italic=True)
    for place, shown in zip(cells[1:], line.cells, strict=True):
        if isinstance(shown, Cell):
            word.write(place, _amount(shown), size=SMALL, right=True, italic=shown.row.how != "published")
            if shown.bounds:
                word.add(place, shown.bounds, size=SMALL - 2, right=True)
        else:
            word.write(place, shown or "", size=SMALL)


def _ending(paper: Any) -> None:
    """Leave room for the recipients and the signature, as the decree places them."""
    block = paper.add_table(rows=1, cols=2)
    word.layout(block, (80, 80), header=False)
    left, right = block.rows[0].cells
    word.write(left, "Nơi nhận:", size=12, bold=True, italic=True, before=12)
    word.add(left, "- ……………………;", size=11)
    word.add(left, "- Lưu: VT, ………", size=11)
    word.write(right, "……………………………", size=BODY, bold=True, centre=True, before=12)
    for _each in range(3):
        word.add(right, "", size=BODY, centre=True)
    word.add(right, "……………………………", size=BODY, bold=True, centre=True)


def _annexes(paper: Any, document: Document, counters: dict[str, int]) -> None:
    paper.add_page_break()
    word.heading(paper, _("ANNEX: EVERY FIGURE, ITS BOUNDS, FORMULA AND SOURCES"), 1)
    for line in document.method:
        word.paragraph(paper, line, size=12, indent=True)
    for part in document.parts:
        if part.every:
            word.heading(paper, part.title, 2)
            _table(paper, _every(part.every), counters, (38, 46, 38, 20, 18))
    word.heading(paper, _("SOURCES"), 1)
    for source in document.sources:
        found = word.paragraph(paper, f"[{source.number}] {source.text}", size=11)
        if source.url:
            word.run(found, ". ", size=11)
            word.link(found, source.url, size=11)


def _every(item: Table) -> Table:
    """Return the table of every figure with the formula under the indicator."""
    lines = []
    for line in item.lines:
        indicator, shown, how, marks = line.cells
        formula = shown.formula if isinstance(shown, Cell) else ""
        words = f"{indicator}\n{formula}" if formula else indicator
        lines.append(Line(line.name, (words, shown, how, marks)))
    return Table(item.id, item.caption, item.heading, item.columns, tuple(lines))
