"""CSV for machines: one line per row of the report, ids and canonical units, numbers with a decimal point."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sonla_cli.core.spelling import FORMULA_SIGNS
from sonla_cli.models.report import Report

COLUMNS = (
    "id", "area", "entity", "metric", "indicator", "basis", "period", "value", "low", "high", "unit", "hedge", "how", "status",
    "verdict", "formula", "sources",
)  # fmt: skip

#: the columns of words of the catalogue, where a report has nothing else
DEFINED = ("id", "kind", "unit", "formula", "reference", "inputs", "gives")

#: what some commands add
FOUND = {"check": ("recomputed", "distance"), "pefa": ("score", "scores")}


def render(report: Report, **_settings: Any) -> str:
    """Return the rows as CSV with a header line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    columns = COLUMNS + FOUND.get(report.command, ())
    rows: Iterable[Any] = report.rows
    if report.definitions and not report.rows:
        columns, rows = DEFINED, report.definitions
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(getattr(row, name)) for name in columns])
    return text.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dict):
        value = tuple(f"{name}={given}" for name, given in value.items())
    return safe(" ".join(value) if isinstance(value, tuple) else str(value))


def safe(text: str) -> str:
    """Return text that a spreadsheet will not take for a formula."""
    return f"'{text}" if text[:1] in FORMULA_SIGNS else text
