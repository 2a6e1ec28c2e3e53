"""Plain rows as a table, JSON or CSV: observations and sources as they are, without interpretation."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from sonla_cli.render.csv import safe
from sonla_cli.render.json import dumps
from sonla_cli.render.problems import printable


def render(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], form: str) -> str:
    """Return `rows` in the given form; a table leaves out columns that are empty throughout."""
    if form == "json":
        return dumps(list(rows)) + "\n"
    if form == "csv":
        return _csv(rows, columns)
    return _table(rows, [name for name in columns if any(row[name] for row in rows)])


def _csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(
        [row[name] if name == "value" else safe(str(row[name])) for name in columns] for row in rows
    )
    return text.getvalue()


def _table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from sonla_cli.render.terminal import console, text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in columns:
        table.add_column(
            name, overflow="fold", justify="right" if name == "value" else "left", no_wrap=name == "value"
        )
    for row in rows:
        table.add_row(*(Text(printable(str(row[name]))) for name in columns))
    out = console()
    out.print(table)
    return text(out)
