"""A plain table of named numbers: `name,value[,unit,hedge,source]`; an empty value is an unknown.

Values are as printed, with a decimal point; the last digit says how exactly they are known.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from sonla_cli.core import unit as units
from sonla_cli.core.figure import Figure, Hedge
from sonla_cli.core.problem import Code, Place, Problem, SonlaError, near
from sonla_cli.core.unit import Unit
from sonla_cli.sources import plain

COLUMNS = ("name", "value", "unit", "hedge", "source")
#: a number without a unit
PLAIN = Unit("", "plain", Decimal(1))


@dataclass(frozen=True, slots=True)
class Value:
    """A named number as printed, or an unknown (no figure)."""

    name: str
    figure: Figure | None
    printed: str
    unit: Unit = PLAIN
    source: str = ""
    line: int = 0


def is_plain(path: str) -> bool:
    """Whether the table at `path` names variables and not published figures, by its header."""
    if path == "-":
        return False
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader([file.readline()]), [])
    except (OSError, UnicodeDecodeError, csv.Error):
        return False
    return "name" in header and "metric" not in header


def read(path: str) -> list[Value]:
    """Return the values of the table at `path` (`-` is stdin); raise `SonlaError` with every problem."""
    name, rows = plain.rows(path)
    return check(rows, name)


def check(rows: Iterable[dict[str, str]], file: str) -> list[Value]:
    """Return the values in `rows`; raise `SonlaError` with every problem."""
    found: list[Value] = []
    problems: list[Problem] = []
    for line, row in enumerate(rows, 2):
        place = Place(file, line)
        fields = {column: (text or "").strip() for column, text in row.items() if isinstance(text, str)}
        problems += [
            Problem(
                Code.UNKNOWN_COLUMN,
                place=place,
                values={"name": each, "of": "values"},
                suggestions=near(each, COLUMNS),
            )
            for each in row
            if each not in COLUMNS
        ]
        if not fields.get("name"):
            problems.append(
                Problem(Code.MISSING_COLUMN, place=place, values={"name": "name", "of": "values"})
            )
            continue
        value = _value(fields, line, place, problems)
        if value is not None:
            found.append(value)
    if problems:
        raise SonlaError(problems)
    return found


def _value(fields: dict[str, str], line: int, place: Place, problems: list[Problem]) -> Value | None:
    spelled, digits = fields.get("unit", ""), fields.get("value", "")
    unit = units.parse(spelled) if spelled else PLAIN
    if unit is None:
        close = near(spelled, list(units.SPELLINGS))
        problems.append(Problem(Code.INVALID_UNIT, place=place, values={"name": spelled}, suggestions=close))
        return None
    hedge = fields.get("hedge", "") or "exact"
    if hedge not in [each.value for each in Hedge]:
        problems.append(Problem(Code.INVALID_VALUE, place=place, values={"name": "hedge", "value": hedge}))
        return None
    figure = None
    if digits:
        try:
            figure = Figure(digits, unit, Hedge(hedge))
        except ValueError:
            values = {"name": "value", "value": digits[:80]}
            problems.append(Problem(Code.INVALID_VALUE, place=place, values=values))
            return None
    printed = f"{digits} {spelled}".strip()
    return Value(fields["name"], figure, printed, unit, fields.get("source", ""), line)
