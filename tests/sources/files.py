"""Makes the files that the tests of this folder read."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from sonla_cli.models.observation import COLUMNS, Observation

#: a figure that was published, as fields of the observations table
FIGURE = {
    "area": "Sơn La", "metric": "revenue.local", "measure": "actual", "basis": "", "period": "2025-10M",
    "value": "4564", "unit": "tỷ đồng", "source": "vietnamplus-2025-11-18",
}  # fmt: skip


def fields(**changed: str) -> dict[str, str]:
    return {**FIGURE, **changed}


def observation(**changed: str) -> Observation:
    return Observation(**{**FIGURE, **changed})  # type: ignore[arg-type]


def csv_text(rows: Iterable[dict[str, str]], columns: Sequence[str] = COLUMNS, separator: str = ",") -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row.get(name, "") for name in columns] for row in rows)
    return text.getvalue()


def workbook(
    path: Path,
    sheets: dict[str, Sequence[Sequence[Any]]],
    merged: Sequence[str] = (),
    formats: dict[str, str] | None = None,
) -> Path:
    """Write a workbook: texts and numbers as they are, `=…` as formulas, `None` as nothing."""
    book = xlsxwriter.Workbook(str(path))
    styles = {cell: book.add_format({"num_format": shown}) for cell, shown in (formats or {}).items()}
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for line, row in enumerate(rows):
            for place, value in enumerate(row):
                style = styles.get(f"{chr(65 + place)}{line + 1}")
                if isinstance(value, str) and not value.startswith("="):
                    sheet.write_string(line, place, value, style)
                elif value is not None:
                    sheet.write(line, place, value, style)
        for reach in merged:
            first, _, _ = reach.partition(":")
            line, place = int(first[1:]) - 1, ord(first[0]) - 65
            value = rows[line][place]
            sheet.merge_range(reach, value)
    book.close()
    return path


def package(
    folder: Path,
    rows: Iterable[dict[str, str]],
    descriptor: dict[str, Any] | None = None,
    sources: Sequence[str] = ("vietnamplus-2025-11-18",),
) -> Path:
    """Write a data package; `descriptor` replaces parts of the usual one."""
    folder.mkdir(exist_ok=True)
    (folder / "observations.csv").write_text(csv_text(rows), encoding="utf-8")
    (folder / "sources.csv").write_text(
        "id,title\n" + "".join(f"{each},\n" for each in sources), encoding="utf-8"
    )
    usual = {
        "name": "test",
        "resources": [
            {
                "name": "observations",
                "path": "observations.csv",
                "schema": {"fields": [{"name": "value", "type": "number"}]},
            },
            {"name": "sources", "path": "sources.csv"},
        ],
    }
    (folder / "datapackage.json").write_text(json.dumps({**usual, **(descriptor or {})}), encoding="utf-8")
    return folder


def zipped(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path
