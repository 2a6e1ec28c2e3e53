"""The verdicts on a table of printed rates: counts first, then the rows. JSON is one document of ids and digits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sonla_cli.render import listing
from sonla_cli.render.json import dumps


def render(table: str, rounding: str, checked: Sequence[Mapping[str, Any]], form: str) -> str:
    """Return what was found in the given form; CSV and Markdown hold the rows only."""
    if form == "json":
        document = {
            "schema": {"name": "sonla.verdicts", "version": 1},
            "command": "check",
            "table": table,
            "rounding": rounding,
            "rates": [{**each, "rows": [_plain(row) for row in each["rows"]]} for each in checked],
        }
        return dumps(document) + "\n"
    rows = [{"rate": each["rate"], **_plain(row)} for each in checked for row in each["rows"]]
    rows = [{name: "" if value is None else value for name, value in row.items()} for row in rows]
    columns = list(rows[0]) if rows else ["rate", "verdict"]
    if form == "csv":
        return listing.render(rows, columns, "csv")
    if form == "markdown":
        lines = [columns, ["---"] * len(columns), *([str(row[name]) for name in columns] for row in rows)]
        return "".join(
            f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines
        )
    counts = [
        {"rate": each["rate"], "formula": each["formula"], **_texts(each["counts"])} for each in checked
    ]
    shown = listing.render(counts, list(counts[0]), "table")
    return shown + ("\n" + listing.render(rows, columns, "table") if rows else "")


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value if value is None or isinstance(value, int | Decimal) else str(value)
        for name, value in row.items()
    }


def _texts(counts: Mapping[str, int]) -> dict[str, str]:
    return {name: str(count) for name, count in counts.items()}
