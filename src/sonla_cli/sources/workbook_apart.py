"""XLS and ODS workbooks, read in a process of their own, since a broken one may end it, fill its memory or never end.

The answer is a line of JSON for each sheet; a date is `{"date": …}`, any other cell that JSON has no word for
`{"text": …}`.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sonla_cli.core import apart
from sonla_cli.sources.sheet import unreadable


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet as calamine gives it: where the content begins, merged cells, and the rows."""

    name: str
    start: tuple[int, int] | None
    merged_cell_ranges: list[tuple[tuple[int, int], tuple[int, int]]]
    rows: list[list[Any]]

    def iter_rows(self) -> Iterator[list[Any]]:
        """Yield the rows."""
        yield from self.rows


def sheets(file: str, content: str | Path | bytes) -> list[ReadSheet]:
    """Return the sheets of a workbook; raise `SonlaError` if it cannot be read."""
    data = content if isinstance(content, bytes) else Path(content).read_bytes()
    try:
        answer = apart.ask(__name__, data)
    except apart.ApartError as error:
        raise unreadable(file, str(error) or "broken, or not a workbook") from error
    return [ReadSheet(**json.loads(line, object_hook=_cell)) for line in answer.splitlines()]


def _cell(found: dict[str, Any]) -> Any:
    if "date" in found:
        moment = datetime.fromisoformat(found["date"])
        return moment if "T" in found["date"] else moment.date()
    return found.get("text", found)


def _written(cell: Any) -> dict[str, str]:
    return {"date": cell.isoformat()} if isinstance(cell, date) else {"text": str(cell)}


def _read(data: bytes) -> bytes:
    import python_calamine as calamine

    try:
        workbook = calamine.CalamineWorkbook.from_object(io.BytesIO(data))
        lines = []
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            fields = {
                "name": name, "start": sheet.start, "merged_cell_ranges": sheet.merged_cell_ranges or [],
                "rows": list(sheet.iter_rows()),
            }  # fmt: skip
            lines.append(json.dumps(fields, default=_written).encode())
    except calamine.CalamineError as error:
        raise ValueError(str(error)) from error
    return b"\n".join(lines)


if __name__ == "__main__":
    sys.exit(apart.answer(_read, (ValueError, OSError)))
