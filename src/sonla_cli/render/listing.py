"""Plain rows as a table, JSON or CSV: observations and sources as they are, without interpretation."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sonla_cli.render.csv import safe
from sonla_cli.render.json import dumps

if TYPE_CHECKING:
    from rich.table import Table


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


#: the columns a narrow terminal does without, first what is missed least
_SPARE = (
    "note",
    "url",
    "language",
    "entity",
    "boundaries",
    "status",
    "kind",
    "source",
    "publisher",
    "area",
    "basis",
)
#: the columns whose cells may be broken
_BREAKABLE = ("note", "title", "publisher", "url", "source", "entity")


def _table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """Return the fullest table that fits the terminal; `--format csv` has every column."""
    from sonla_cli.render.terminal import console, fits, text

    out = console()
    kept = list(columns)
    for spare in (*_SPARE, ""):
        table = _drawn(rows, kept)
        if fits(out, table) or not spare:
            break
        kept = [name for name in kept if name != spare]
    out.print(table)
    return text(out)


def _drawn(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from sonla_cli.render.problems import printable

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    for name in columns:
        breakable = name in _BREAKABLE
        table.add_column(
            name, overflow="fold", no_wrap=not breakable, min_width=24 if breakable else None,
            justify="right" if name == "value" else "left",
        )  # fmt: skip
    for row in rows:
        table.add_row(*(Text(printable(str(row[name]))) for name in columns))
    return table
