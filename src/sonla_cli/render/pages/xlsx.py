"""The report as a workbook whose ratios are formulas: change an input and everything that rests on it follows.

One sheet per section with every figure, its bounds and where it comes from; given numbers are blue, formulas
black. Numbers are shown with the marks of the report's language where the program lets a file choose them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sonla_cli.language import _, current
from sonla_cli.models.report import Input, Row
from sonla_cli.render import people
from sonla_cli.render.pages import formulas, xlsx_charts
from sonla_cli.render.pages.cells import Cell
from sonla_cli.render.pages.formulas import Cells
from sonla_cli.render.pages.view import Document, Part
from sonla_cli.render.pages.xlsx_book import Book
from sonla_cli.render.pages.zipped import timeless

#: the locale of a number format, as Excel counts locales
LOCALES = {"vi": "[$-42A]", "en": "[$-409]"}
#: a sheet's name is at most this long and has none of these
NAME, BARRED = 31, str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
#: decimals shown at most of a number given
DECIMALS = 4
#: the columns of a section's sheet
VALUE, LOW, HIGH = 4, 6, 7
FIRST = 4


def render(document: Document) -> bytes:
    """Return the workbook."""
    out = io.BytesIO()
    book = Book(out)
    dated = date.fromisoformat(document.dated or "1980-01-01")
    book.file.set_properties({
        "title": f"{document.title}, {document.period}", "author": "sonla",
        "created": datetime(dated.year, dated.month, dated.day),  # noqa: DTZ001 - the file holds a day
    })  # fmt: skip
    overview = book.file.add_worksheet(_name(_("Overview")))
    for part in document.parts:
        if part.every:
            _section(book, part)
    for part in document.parts:
        if part.sentences:
            _sentences(book, part)
    _overview(book, overview, document)
    xlsx_charts.add(
        book, [picture for part in document.parts for picture in part.pictures], _name(_("Charts"))
    )
    _sources(book, document)
    book.file.close()
    return timeless(out.getvalue())


def _name(text: str) -> str:
    return text.translate(BARRED)[:NAME]


def _heading(book: Book, sheet: Any, title: str, period: str) -> None:
    sheet.write_string(0, 0, title, book.format(bold=True, font_size=14))
    sheet.write_string(1, 0, period, book.format(font_color="#5F6B7A"))


def _section(book: Book, part: Part) -> None:
    name = _name(part.title)
    sheet = book.file.add_worksheet(name)
    _heading(book, sheet, part.title, part.period)
    heads = (_("Metric"), _("Indicator"), _("Basis"), _("Period"), _("Value"), _("Unit"), _("Low"), _("High"),
             _("How"), _("Verdict"), _("Formula"), _("Sources"), _("Id"))  # fmt: skip
    for column, (head, width) in enumerate(
        zip(heads, (34, 30, 28, 20, 13, 18, 13, 13, 22, 16, 40, 10, 50), strict=True)
    ):
        sheet.set_column(column, column, width)
        sheet.write_string(
            FIRST - 1, column, head, book.format(bold=True, bg_color="#F2F5F8", bottom=2, text_wrap=True)
        )
    sheet.freeze_panes(FIRST, 2)
    shown = [
        cell
        for line in (part.every.lines if part.every else ())
        for cell in line.cells
        if isinstance(cell, Cell)
    ]
    places = {cell.row.id: FIRST + place for place, cell in enumerate(shown)}
    here = {cell.row.id: _cells(places[cell.row.id], cell.row) for cell in shown}
    given = _given(book, sheet, [cell.row for cell in shown], here, FIRST + len(shown) + 2)
    for cell in shown:
        _row(book, sheet, places[cell.row.id], cell, {**given[cell.row.id]})
    sheet.autofilter(FIRST - 1, 0, FIRST - 1 + len(shown), len(heads) - 1)
    _on_paper(sheet)
    sheet.repeat_rows(FIRST - 1)
    for row_id, cells in here.items():
        named = tuple(f"'{name}'!{each}" for each in cells.references)
        book.cells.setdefault(row_id, Cells((named[0], named[1], named[2]), cells.numbers))


def _on_paper(sheet: Any) -> None:
    """Print the sheet on A4, across, as wide as the paper."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _sentences(book: Book, part: Part) -> None:
    sheet = book.file.add_worksheet(_name(part.title))
    _heading(book, sheet, part.title, part.period)
    _on_paper(sheet)
    sheet.set_column(0, 0, 140)
    for place, said in enumerate(part.sentences, FIRST):
        look = book.format(bold=said.is_heading, indent=said.indent, text_wrap=True)
        sheet.write_string(place, 0, said.text, look)


def _cells(place: int, row: Row) -> Cells:
    return Cells((_at(place, VALUE), _at(place, LOW), _at(place, HIGH)), (row.value, row.low, row.high))


def _at(row: int, column: int) -> str:
    return f"{chr(ord('A') + column)}{row + 1}"


def _given(
    book: Book, sheet: Any, rows: list[Row], here: dict[str, Cells], start: int
) -> dict[str, dict[str, Cells]]:
    """Write what formulas need and no row of the sheet holds, and return the cells of every row's inputs."""
    found: dict[str, dict[str, Cells]] = {}
    written: dict[Input, Cells] = {}
    place = start
    for row in rows:
        found[row.id] = {}
        for each in row.inputs:
            standing = here.get(each.id)
            if standing and standing.numbers == (each.value, each.low, each.high):
                found[row.id][each.name] = standing
                continue
            if each not in written:
                if not written:
                    sheet.write_string(place, 0, _("Also used by the formulas"), book.format(bold=True))
                    place += 1
                written[each] = Cells(
                    (_at(place, VALUE), _at(place, LOW), _at(place, HIGH)), (each.value, each.low, each.high)
                )
                sheet.write_string(place, 0, people.quantity(each.name), book.format())
                sheet.write_string(place, 5, _(people.UNITS.get(each.unit, each.unit)), book.format())
                sheet.write_string(place, 12, each.id, book.format(font_color="#5F6B7A"))
                for column, value in ((VALUE, each.value), (LOW, each.low), (HIGH, each.high)):
                    if value is not None:
                        sheet.write_number(
                            place,
                            column,
                            value,
                            book.format(font_color="#0000CC", num_format=_pattern(value)),
                        )
                place += 1
            found[row.id][each.name] = written[each]
    return found


def _row(book: Book, sheet: Any, place: int, cell: Cell, given: dict[str, Cells]) -> None:
    row = cell.row
    words = (people.metric(row.metric), _indicator(row), people.basis(row.basis), people.period(row.period))
    for column, text in enumerate(words):
        sheet.write_string(place, column, text, book.format(text_wrap=True))
    live = formulas.live(row, given, _at(place, VALUE))
    pattern = _row_pattern(row)
    for column, formula, value in (
        (VALUE, live.value, row.value),
        (LOW, live.low, row.low),
        (HIGH, live.high, row.high),
    ):
        shown = _hedged(row, pattern) if column == VALUE else pattern
        if formula:
            sheet.write_formula(place, column, formula, book.format(num_format=shown), float(value or 0))
        elif value is not None:
            sheet.write_number(place, column, value, book.format(font_color="#0000CC", num_format=shown))
    verdict = "" if row.verdict == "cannot tell" else _(people.VERDICTS[row.verdict])
    how = _(people.HOW[row.how]) + (f", {_(people.STATUS[row.status])}" if row.status else "")
    for column, text in ((5, people.unit(row)), (8, how), (9, verdict), (10, cell.formula), (11, cell.marks)):
        sheet.write_string(place, column, text, book.format(text_wrap=True))
    sheet.write_string(place, 12, row.id, book.format(font_color="#5F6B7A"))


def _indicator(row: Row) -> str:
    return people.label(row, row.period, with_basis=False)


def _row_pattern(row: Row) -> str:
    if row.how == "published" and row.value is not None:
        return _pattern(row.value)
    return _number_format(people.decimals_of(row))


def _pattern(value: Decimal) -> str:
    """Return the number format that shows `value` with its own decimals, at most so many."""
    return _number_format(min(DECIMALS, max(0, -int(value.as_tuple().exponent))))


def _number_format(decimals: int) -> str:
    return LOCALES[current()] + "#,##0" + ("." + "0" * decimals if decimals else "")


def _hedged(row: Row, pattern: str) -> str:
    """Return a number format that says the status and the hedge of a figure with its number."""
    if row.hedge not in people.HEDGES and not row.status:
        return pattern
    before, _number, after = _(people.HEDGES.get(row.hedge, "{number}")).partition("{number}")
    before = f"{people.mark(row)} {before}".lstrip()
    locale = LOCALES[current()]
    said = (f'"{text}"' if text else "" for text in (before, after))
    return locale + pattern.removeprefix(locale).join(said)


def _overview(book: Book, sheet: Any, document: Document) -> None:
    _heading(book, sheet, document.title, document.period)
    _on_paper(sheet)
    for column, width in enumerate((46, 44, 14, 20, 24)):
        sheet.set_column(column, column, width)
    heads = (_("Metric"), _("Indicator"), _("Value"), _("Unit"), _("Between"))
    for column, head in enumerate(heads):
        sheet.write_string(FIRST - 1, column, head, book.format(bold=True, bg_color="#F2F5F8", bottom=2))
    sheet.freeze_panes(FIRST, 0)
    place = FIRST
    for first, label, what, cell in _shown(document):
        sheet.write_string(place, 0, label, book.format(bold=first, text_wrap=True))
        sheet.write_string(place, 1, what, book.format(text_wrap=True))
        standing = book.cells.get(cell.row.id)
        look = book.format(bold=first, num_format=_hedged(cell.row, _row_pattern(cell.row)), align="right")
        if cell.row.value is not None and standing:
            sheet.write_formula(place, 2, f"={standing.references[0]}", look, float(cell.row.value))
        sheet.write_string(place, 3, people.unit(cell.row), book.format())
        sheet.write_string(place, 4, people.bounds(cell.row), book.format(font_color="#5F6B7A"))
        place += 1
    notes = [*document.method, _("Blue: numbers given. Black: formulas; change a blue number and they follow."),
             *(note for part in document.parts for note in part.notes)]  # fmt: skip
    for below, text in enumerate(dict.fromkeys(notes), place + 1):
        sheet.write_string(below, 0, text, book.format(font_color="#5F6B7A"))


def _shown(document: Document) -> Iterator[tuple[bool, str, str, Cell]]:
    for tile in document.tiles:
        yield True, tile.label, _indicator(tile.cell.row), tile.cell
        for label, cell in tile.lines:
            yield False, "", label, cell


def _sources(book: Book, document: Document) -> None:
    sheet = book.file.add_worksheet(_name(_("Sources")))
    _heading(book, sheet, _("Sources"), "")
    _on_paper(sheet)
    for column, (head, width) in enumerate(
        ((_("Number"), 9), (_("Publication"), 90), (_("Address"), 70), (_("Id"), 34))
    ):
        sheet.set_column(column, column, width)
        sheet.write_string(FIRST - 1, column, head, book.format(bold=True, bg_color="#F2F5F8", bottom=2))
    sheet.freeze_panes(FIRST, 0)
    for place, source in enumerate(document.sources, FIRST):
        sheet.write_number(place, 0, source.number, book.format())
        sheet.write_string(place, 1, source.text, book.format(text_wrap=True))
        if source.url:
            sheet.write_url(place, 2, source.url, book.format(font_color="#00588A", underline=1), source.url)
        sheet.write_string(place, 3, source.id, book.format(font_color="#5F6B7A"))
