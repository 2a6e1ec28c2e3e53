"""A workbook under way: what its sheets and its charts share."""

from __future__ import annotations

import io
from typing import Any

from sonla_cli.render.charts.draw import missing_extra
from sonla_cli.render.pages.formulas import Cells
from sonla_cli.render.problems import printable


class Book:
    """A workbook under way: its formats, and the cells in which numbers stand."""

    def __init__(self, out: io.BytesIO) -> None:
        try:
            import xlsxwriter
        except ImportError:
            raise missing_extra("XlsxWriter") from None

        class Sheet(xlsxwriter.worksheet.Worksheet):  # type: ignore[misc]
            """A sheet whose texts mislead nobody: control and bidirectional characters stand as escapes."""

            def write_string(self, row: int, col: int, string: str, *more: Any) -> Any:
                return super().write_string(row, col, printable(string, lines=True), *more)

        self.file = xlsxwriter.Workbook(out, {"in_memory": True})
        self.file.worksheet_class = Sheet
        self.formats: dict[tuple[Any, ...], Any] = {}
        #: id of a row → where it stands, the sheet's name included
        self.cells: dict[str, Cells] = {}

    def format(self, **settings: Any) -> Any:
        """Return the format with these settings, made once."""
        key = tuple(sorted(settings.items()))
        if key not in self.formats:
            self.formats[key] = self.file.add_format(
                {"font_name": "Arial", "font_size": 10, "valign": "top", **settings}
            )
        return self.formats[key]
