"""Plain rows as a table, JSON or CSV: observations and sources as they are, without interpretation."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sonla_cli.render.csv import safe
from sonla_cli.render.json import dumps

if TYPE_CHECKING:
    from rich.console import Console
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


#: the columns a narrow terminal does without, first what is missed least; never what a figure means
_SPARE = ("note", "url", "language", "kind", "boundaries", "source", "publisher")
#: the columns whose cells may be broken
_BREAKABLE = ("note", "title", "publisher", "url", "source", "entity")


def _table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """Return the fullest table that fits the terminal, and what it leaves out; where none does, a card for each row.

    What is the same in every row is said once, above a table that would not fit otherwise.
    """
    from rich.text import Text

    from sonla_cli.language import _
    from sonla_cli.render.hanging import Hanging
    from sonla_cli.render.problems import printable
    from sonla_cli.render.terminal import console, fits, text

    out = console()
    shared: list[str] = []
    table = _drawn(rows, columns)
    if not fits(out, table) and len(rows) > 1:
        shared = [name for name in columns if len({str(row[name]) for row in rows}) == 1]
    kept = [name for name in columns if name not in shared]
    left: list[str] = []
    for spare in (*(name for name in _SPARE if name in kept), ""):
        table = _drawn(rows, kept)
        if fits(out, table) or not spare:
            break
        kept.remove(spare)
        left.append(spare)
    for name in shared:
        out.print(Hanging(f"{name}: ", Text(printable(str(rows[0][name])))))
    if not fits(out, table):
        _cards(out, rows, [name for name in columns if name not in shared])
        return text(out)
    out.print(table)
    if left:
        names = ", ".join(left)
        line = _("not shown here: {names}; `--format csv` has every column").format(names=names)
        out.print(Hanging("! ", Text(line)))
    return text(out)


def _cards(out: Console, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Print every row as lines of name and value, without what is empty."""
    from rich.text import Text

    from sonla_cli.render.hanging import Hanging
    from sonla_cli.render.problems import printable

    wide = max(map(len, columns), default=0)
    for row in rows:
        out.print()
        for name in columns:
            if row[name] not in ("", None):
                out.print(Hanging(f"{name:<{wide}}  ", Text(printable(str(row[name])))))


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
