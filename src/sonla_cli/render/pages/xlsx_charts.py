"""The pictures of a report as charts of the spreadsheet itself, drawn from cells, their intervals as error bars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sonla_cli.core.period import parse
from sonla_cli.language import _
from sonla_cli.render.charts.draw import PALETTE
from sonla_cli.render.charts.picture import Mark, Panel, Picture
from sonla_cli.render.pages.xlsx_book import Book

#: the column in which the numbers of the charts begin, and how wide and high a chart is in pixels
DATA, WIDTH = 11, 700
MARKERS = ("circle", "square", "diamond", "x", "triangle")
COLOURS = (PALETTE["bar"], PALETTE["second"], PALETTE["other"], PALETTE["target"], PALETTE["ink"])


def add(book: Book, pictures: Sequence[Picture], name: str) -> None:
    """Add a sheet with a chart for every panel of every picture."""
    if not pictures:
        return
    sheet = book.file.add_worksheet(name)
    sheet.set_column(DATA, DATA, 44)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    place, top = 1, 1
    for picture in pictures:
        for panel in picture.panels:
            title = picture.title if len(picture.panels) == 1 else f"{picture.title}: {panel.title}"
            made = _course if picture.kind == "course" else _bars
            chart, used = made(book, sheet, name, panel, place)
            height = 360 if picture.kind == "course" else 130 + 34 * len(panel.marks)
            chart.set_title({"name": title, "overlay": False, "name_font": {"size": 11}})
            chart.set_size({"width": WIDTH, "height": height})
            sheet.insert_chart(top, 0, chart, {"description": picture.alt[:2000]})
            place += used + 2
            top += height // 20 + 2
    sheet.print_area(0, 0, top, DATA - 1)


def _write(book: Book, sheet: Any, place: int, label: str | date, mark: Mark) -> None:
    """Write label, value, and how far the interval reaches below and above it."""
    if isinstance(label, str):
        sheet.write_string(place, DATA, label, book.format())
    else:
        _write_day(book, sheet, place, label)
    value = mark.row.value if mark.row.value is not None else mark.low
    standing = book.cells.get(mark.row.id)
    cell = f"{chr(ord('A') + DATA + 1)}{place + 1}"
    low = high = None
    if standing and mark.row.value is not None:
        sheet.write_formula(place, DATA + 1, f"={standing.references[0]}", book.format(), float(value))
        low, high = standing.references[1:]
    else:
        sheet.write_number(place, DATA + 1, value, book.format())
    below, above = max(value - mark.low, 0 * value), max(mark.high - value, 0 * value)
    for column, formula, number in (
        (DATA + 2, f"=MAX(0,{cell}-{low})" if low and mark.row.low is not None else None, below),
        (DATA + 3, f"=MAX(0,{high}-{cell})" if high and mark.row.high is not None else None, above),
    ):
        if formula:
            sheet.write_formula(place, column, formula, book.format(), float(number))
        else:
            sheet.write_number(place, column, number, book.format())


def _write_day(book: Book, sheet: Any, place: int, day: date) -> None:
    sheet.write_number(place, DATA, _serial(day), book.format(num_format="dd/mm/yyyy"))


def _heads(book: Book, sheet: Any, place: int, title: str) -> None:
    for column, head in enumerate((title, _("Value"), _("Below"), _("Above"))):
        sheet.write_string(place, DATA + column, head, book.format(bold=True))


def _errors(name: str, first: int, last: int) -> dict[str, Any]:
    below, above = (f"='{name}'!${column}${first + 1}:${column}${last + 1}" for column in ("N", "O"))
    return {
        "type": "custom",
        "minus_values": below,
        "plus_values": above,
        "line": {"color": PALETTE["ink"], "width": 1.5},
    }


def _bars(book: Book, sheet: Any, name: str, panel: Panel, place: int) -> tuple[Any, int]:
    _heads(book, sheet, place, panel.title or panel.unit)
    first = place + 1
    for number, mark in enumerate(panel.marks, first):
        _write(book, sheet, number, f"{mark.label}, {mark.note}" if mark.note else mark.label, mark)
    last = place + len(panel.marks)
    chart = book.file.add_chart({"type": "bar"})
    chart.add_series({
        "name": panel.unit, "categories": [name, first, DATA, last, DATA], "values": [name, first, DATA + 1, last, DATA + 1],
        "fill": {"color": PALETTE["bar"]}, "gap": 60, "y_error_bars": _errors(name, first, last),
        "data_labels": {"value": True, "position": "inside_base", "num_format": _label(panel), "font": {"color": "#FFFFFF", "bold": True}},
    })  # fmt: skip
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis(
        {
            "name": panel.unit,
            "min": 0,
            "major_gridlines": {"visible": True, "line": {"color": PALETTE["grid"]}},
            "label_position": "high",
        }
    )
    chart.set_legend({"none": True})
    return chart, len(panel.marks) + 1


def _label(panel: Panel) -> str:
    """Return the number format of labels: as many decimals as the finest value shows, at most two."""
    values = [mark.row.value for mark in panel.marks if mark.row.value is not None]
    decimals = max((min(2, -int(value.as_tuple().exponent)) for value in values), default=0)
    return "#,##0" + ("." + "0" * decimals if decimals > 0 else "")


def _course(book: Book, sheet: Any, name: str, panel: Panel, place: int) -> tuple[Any, int]:
    start = place
    chart = book.file.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
    for number, series in enumerate(dict.fromkeys(mark.series for mark in panel.marks)):
        marks = [mark for mark in panel.marks if mark.series == series]
        _heads(book, sheet, place, series)
        for row, mark in enumerate(marks, place + 1):
            _write(book, sheet, row, parse(mark.row.period).end, mark)
        first, last = place + 1, place + len(marks)
        colour = COLOURS[number % len(COLOURS)]
        is_target = marks[0].row.indicator == "target"
        chart.add_series({
            "name": series, "categories": [name, first, DATA, last, DATA], "values": [name, first, DATA + 1, last, DATA + 1],
            "line": {"none": True} if is_target else {"color": colour, "width": 1.75}, "y_error_bars": _errors(name, first, last),
            "marker": {"type": MARKERS[number % len(MARKERS)], "size": 7, "fill": {"color": colour}, "border": {"color": colour}},
        })  # fmt: skip
        place = last + 2
    year = parse(panel.marks[0].row.period).year
    opening = date(year, 1, 1)
    _heads(book, sheet, place, _("straight line"))
    for row, (day, rate) in enumerate(((opening, 0), (opening + timedelta(days=395), 100)), place + 1):
        _write_day(book, sheet, row, day)
        sheet.write_number(row, DATA + 1, rate, book.format())
    chart.add_series({
        "name": _("straight line"), "categories": [name, place + 1, DATA, place + 2, DATA],
        "values": [name, place + 1, DATA + 1, place + 2, DATA + 1], "marker": {"type": "none"},
        "line": {"color": PALETTE["faint"], "width": 1.25, "dash_type": "dash"},
    })  # fmt: skip
    chart.set_x_axis(
        {
            "num_format": "mm/yyyy",
            "date_axis": True,
            "min": _serial(opening),
            "max": _serial(opening) + 396,
            "major_unit": 61,
        }
    )
    chart.set_y_axis(
        {
            "name": panel.unit,
            "min": 0,
            "max": 100,
            "major_gridlines": {"visible": True, "line": {"color": PALETTE["grid"]}},
        }
    )
    chart.set_legend({"position": "bottom"})
    return chart, place + 3 - start


def _serial(day: date) -> int:
    """Return a day as spreadsheets count days."""
    return (day - date(1899, 12, 30)).days
