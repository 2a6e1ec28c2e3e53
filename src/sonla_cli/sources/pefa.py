"""A table of budget heads: `year,head,kind,budget,actual[,unit]`, amounts as printed with a decimal point.

`budget` is the originally approved budget; `kind` is function, economic, contingency, interest or revenue.
"""

from __future__ import annotations

from collections.abc import Iterable

from sonla_cli.catalogue.pefa import KINDS
from sonla_cli.core import unit as units
from sonla_cli.core.figure import Figure
from sonla_cli.core.problem import Code, Place, Problem, SonlaError, near
from sonla_cli.sources import plain

COLUMNS = ("year", "head", "kind", "budget", "actual", "unit")

#: which columns a hint names
OF = {"of": "heads"}

#: year, head, kind, budget, actual
Row = tuple[int, str, str, Figure, Figure]


def read(path: str) -> list[Row]:
    """Return the heads in the table at `path` (`-` is stdin); raise `SonlaError` with every problem."""
    name, rows = plain.rows(path)
    header = rows[0] if rows else {}
    wrong = [*_unknown(header, Place(name, 1)), *_missing(dict.fromkeys(header, "-"), Place(name, 1))]
    if rows and wrong:
        # said once for the table instead of once for each of its rows
        raise SonlaError(wrong)
    found: list[Row] = []
    problems: list[Problem] = []
    for line, row in enumerate(rows, 2):
        fields = {column: (value or "").strip() for column, value in row.items() if isinstance(value, str)}
        wrong = _problems(fields, Place(name, line))
        problems += wrong
        if not wrong:
            unit = units.parse(fields.get("unit") or "tỷ đồng") or units.BILLION_VND
            budget, actual = Figure(fields["budget"], unit), Figure(fields["actual"], unit)
            found.append((int(fields["year"]), fields["head"], fields["kind"], budget, actual))
    if problems:
        raise SonlaError(problems)
    return found


def _unknown(names: Iterable[str], place: Place) -> list[Problem]:
    return [
        Problem(
            Code.UNKNOWN_COLUMN, place=place, values={"name": each, **OF}, suggestions=near(each, COLUMNS)
        )
        for each in names
        if each not in COLUMNS
    ]


def _missing(fields: dict[str, str], place: Place) -> list[Problem]:
    return [
        Problem(Code.MISSING_COLUMN, place=place, values={"name": each, **OF})
        for each in COLUMNS[:5]
        if not fields.get(each)
    ]


def _problems(fields: dict[str, str], place: Place) -> list[Problem]:
    found = _missing(fields, place)
    if found:
        return found
    if not (fields["year"].isascii() and fields["year"].isdigit() and len(fields["year"]) == 4):
        found.append(_value("year", fields["year"], place))
    if fields["kind"] not in KINDS:
        found.append(_value("kind", fields["kind"], place, near(fields["kind"], KINDS)))
    unit = units.parse(fields.get("unit") or "tỷ đồng")
    if unit is None:
        close = near(fields["unit"], list(units.SPELLINGS))
        found.append(
            Problem(Code.INVALID_UNIT, place=place, values={"name": fields["unit"]}, suggestions=close)
        )
    for column in ("budget", "actual"):
        try:
            Figure(fields[column], unit or units.BILLION_VND)
        except ValueError:
            found.append(_value(column, fields[column], place))
    return found


def _value(name: str, value: str, place: Place, suggestions: tuple[str, ...] = ()) -> Problem:
    values = {"name": name, "value": value[:80], **OF}
    return Problem(Code.INVALID_VALUE, place=place, values=values, suggestions=suggestions)
