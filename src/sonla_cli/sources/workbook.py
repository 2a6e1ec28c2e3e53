"""XLSX workbooks, and XLS and ODS by way of `workbook_apart`, cell by cell, through python-calamine.

Calamine gives error cells and formulas without a value as blanks and does not tell how a number is displayed.
A blank would be a missing figure and `1.0142` displayed as `101.42%` a hundredth of one, so `workbook_scan`
reads what XLSX and ODS say about these cells first.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sonla_cli.core import archive, numeral
from sonla_cli.core.problem import Code, Place, Problem, SonlaError, near
from sonla_cli.sources.sheet import LONGEST, WIDEST, Broken, Cell, Digits, Percent, Row, Sheet, unreadable
from sonla_cli.sources.workbook_scan import Notes, scan_ods, scan_xlsx

#: cells of one sheet that calamine may be asked to lay out; it lays out the blanks between them as well
MOST_CELLS = 60_000_000


def sheets(file: str, content: str | Path | bytes, *, wanted: str = "") -> list[Sheet]:
    """Return the sheets of a workbook, or the one named `wanted`; raise `SonlaError` if it cannot be read."""
    try:
        import python_calamine as calamine
    except ImportError:
        values = {"package": "python-calamine", "extra": "xlsx"}
        raise SonlaError([Problem(Code.MISSING_EXTRA, place=Place(file), values=values)]) from None
    notes, kind = _notes(file, content)
    sheet_named: Callable[[str], Any]
    try:
        if kind == "xlsx":
            opened = io.BytesIO(content) if isinstance(content, bytes) else str(content)
            workbook = calamine.CalamineWorkbook.from_object(opened)
            names, sheet_named = list(workbook.sheet_names), workbook.get_sheet_by_name
        else:
            from sonla_cli.sources import workbook_apart

            read = {each.name: each for each in workbook_apart.sheets(file, content)}
            names, sheet_named = list(read), read.__getitem__
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise unreadable(file, str(error)) from error
    if wanted and wanted not in names:
        raise SonlaError(
            [
                Problem(
                    Code.UNKNOWN_SHEET,
                    place=Place(file),
                    values={"name": wanted},
                    suggestions=near(wanted, names) or tuple(names[:5]),
                )
            ]
        )
    found = []
    for name in [wanted] if wanted else names:
        note = None if notes is None else notes.get(name)
        if notes is not None and note is None:
            continue  # a chart sheet: it has no cells
        _check_size(file, name, note)
        try:
            found.append(_sheet(file, name, sheet_named(name), note))
        except (calamine.CalamineError, ValueError) as error:
            raise unreadable(file, str(error)) from error
    return found


def _notes(file: str, content: str | Path | bytes) -> tuple[dict[str, Notes] | None, str]:
    """Return what XLSX and ODS say about their cells, and which it is; `None` for XLS, which says nothing."""
    opened = io.BytesIO(content) if isinstance(content, bytes) else content
    start = content[:4] if isinstance(content, bytes) else _start(file, content)
    if start[:2] != b"PK":
        return None, "xls"
    with archive.opened(opened, file) as package:
        kind, scan = ("xlsx", scan_xlsx) if "xl/workbook.xml" in package.namelist() else ("ods", scan_ods)
        try:
            return scan(package), kind
        except (KeyError, *archive.BROKEN) as error:
            raise unreadable(file, str(error)) from error


def _start(file: str, path: str | Path) -> bytes:
    try:
        with Path(path).open("rb") as raw:
            return raw.read(4)
    except OSError as error:
        raise unreadable(file, error.strerror or str(error)) from error


def _check_size(file: str, name: str, note: Notes | None) -> None:
    if note is None:
        return
    for what, count, most in (
        ("columns", note.columns, WIDEST), ("rows", note.lines, LONGEST), ("cells", note.lines * note.columns, MOST_CELLS),
    ):  # fmt: skip
        if count > most:
            values = {"what": what, "count": str(count), "most": str(most)}
            raise SonlaError([Problem(Code.TOO_LARGE, place=Place(file, sheet=name), values=values)])


def _sheet(file: str, name: str, source: Any, note: Notes | None) -> Sheet:
    left = source.start[1] if source.start else 0
    merged = tuple(
        (first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1)
        for first, last in source.merged_cell_ranges or ()
    )
    notes = note or Notes()

    def read() -> Iterator[Row]:
        # calamine gives the blank rows above the content, but not the blank columns before it
        blank: list[Cell] = [""] * left
        for line, cells in enumerate(source.iter_rows(), 1):
            yield (
                line,
                [
                    *blank,
                    *(_cell(value, notes, line, column) for column, value in enumerate(cells, left + 1)),
                ],
            )

    return Sheet(file, read, name, merged, formats_known=note is not None)


def _cell(value: Any, notes: Notes, line: int, column: int) -> Cell:
    place = (line, column)
    if place in notes.broken:
        return Broken(notes.broken[place])
    if isinstance(value, str | bool):
        return value
    if isinstance(value, float | int):
        digits = numeral.from_float(float(value))
        if digits is None:
            return Broken(f"{value:g}")
        if place in notes.percent:
            return Percent(numeral.plain(digits, shift=2) or digits)
        return Digits(digits)
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, date):
        return value
    return f"{value}" if isinstance(value, time | timedelta) else str(value)
