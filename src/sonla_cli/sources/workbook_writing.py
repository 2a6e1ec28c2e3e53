"""XLSX workbooks that say how to read them: observations, sources, and the form to fill in.

Text is always written as text, never as a formula. A value becomes a number cell where a spreadsheet gives the
same digits back, and stays text where it would not (`9.10`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sonla_cli.core import numeral
from sonla_cli.core.problem import Code, Place, Problem, SonlaError
from sonla_cli.models.observation import COLUMNS, Observation, Source

ABOUT = "sonla"
#: what the sheet `sonla` says of a workbook whose texts were written by us, with a decimal point
WRITTEN = {"schema": "sonla.observations", "version": "1", "decimal": "point"}
_WIDTHS = {
    "area": 16,
    "metric": 26,
    "measure": 12,
    "basis": 22,
    "period": 18,
    "value": 14,
    "unit": 14,
    "source": 30,
    "note": 40,
    "title": 60,
    "id": 30,
    "url": 50,
    "publisher": 24,
}
#: rows of the form to fill in
_FORM_ROWS = 2000


def needed(output: str) -> None:
    """Raise `SonlaError` where the library that writes workbooks is missing, before anything of `output` is written."""
    try:
        import xlsxwriter  # noqa: F401 - only whether it is there
    except ImportError:
        values = {"package": "XlsxWriter", "extra": "xlsx"}
        raise SonlaError([Problem(Code.MISSING_EXTRA, place=Place(output), values=values)]) from None


@contextmanager
def new(path: Path, *, in_order: bool) -> Iterator[Any]:
    """Give a new workbook without a clock in it, which is written to `path` when the block ends.

    `in_order` keeps memory flat but rows must come in order. Raises `OSError` where it cannot be written.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    # the parts of a workbook that is not finished go with their folder
    with tempfile.TemporaryDirectory(prefix="sonla-") as folder:
        options = {
            "constant_memory": in_order,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": folder,
        }
        workbook = xlsxwriter.Workbook(str(path), options)
        workbook.set_properties({"created": datetime(2025, 1, 1)})  # noqa: DTZ001 - a fixed day, not a moment
        yield workbook
        try:
            workbook.close()
        except FileCreateError as error:
            # the library wraps what the system said
            raise error.args[0] from None


def save(path: Path, tables: Mapping[str, tuple[Sequence[str], Iterable[Observation | Source]]]) -> None:
    """Write tables of records as sheets, and the sheet that describes them."""
    with new(path, in_order=True) as workbook:
        bold = workbook.add_format({"bold": True})
        for name, (columns, records) in tables.items():
            sheet = workbook.add_worksheet(name)
            _head(sheet, columns, bold)
            for line, record in enumerate(records, 1):
                fields = record.model_values()
                for place, column in enumerate(columns):
                    _cell(sheet, line, place, fields[column], is_number=column == "value")
        _about(workbook, WRITTEN)


def _head(sheet: Any, columns: Sequence[str], bold: Any) -> None:
    for place, column in enumerate(columns):
        sheet.set_column(place, place, _WIDTHS.get(column, 12))
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column, bold)
    sheet.freeze_panes(1, 0)


def _cell(sheet: Any, line: int, place: int, text: str, *, is_number: bool) -> None:
    if is_number and numeral.from_float(float(text)) == text:
        sheet.write_number(line, place, float(text))
    elif text:
        sheet.write_string(line, place, text)


def _about(workbook: Any, said: Mapping[str, str]) -> None:
    sheet = workbook.add_worksheet(ABOUT)
    for line, (name, value) in enumerate(said.items()):
        sheet.write_string(line, 0, name)
        sheet.write_string(line, 1, value)


def form(
    path: Path,
    example: Sequence[str],
    lists: Mapping[str, Sequence[str]],
    instructions: Sequence[tuple[str, str]],
) -> None:
    """Write a form to fill in: an empty table with drop-down lists, a worked example and instructions."""
    with new(path, in_order=False) as workbook:
        bold = workbook.add_format({"bold": True})
        text = workbook.add_format({"num_format": "@"})
        wrap = workbook.add_format({"text_wrap": True, "valign": "top"})
        table = workbook.add_worksheet("observations")
        _head(table, COLUMNS, bold)
        words = workbook.add_worksheet("lists")
        for place, (name, values) in enumerate(lists.items()):
            words.write_string(0, place, name, bold)
            words.set_column(place, place, 30)
            for line, value in enumerate(values, 1):
                words.write_string(line, place, value)
            letter = chr(65 + place)
            where = COLUMNS.index(name)
            table.data_validation(1, where, _FORM_ROWS, where, {
                "validate": "list", "source": f"=lists!${letter}$2:${letter}${len(values) + 1}", "error_type": "warning",
            })  # fmt: skip
        # a spreadsheet would make a date of `2025-10`
        for name in ("period", "source"):
            place = COLUMNS.index(name)
            table.set_column(place, place, _WIDTHS[name], text)
        shown = workbook.add_worksheet("example")
        _head(shown, COLUMNS, bold)
        for place, (name, value) in enumerate(zip(COLUMNS, example, strict=True)):
            _cell(shown, 1, place, value, is_number=name == "value")
        told = workbook.add_worksheet("instructions")
        told.set_column(0, 1, 70, wrap)
        for line, (vietnamese, english) in enumerate(instructions):
            told.write_string(line, 0, vietnamese, bold if line == 0 else wrap)
            told.write_string(line, 1, english, bold if line == 0 else wrap)
        # the table is filled in by people, so nothing is declared about the decimal mark of its texts
        _about(workbook, {name: value for name, value in WRITTEN.items() if name != "decimal"})
