"""A TOML file of own indicators → the catalogue; every mistake of the file is reported together."""

from __future__ import annotations

import re
from typing import Any

from sonla_cli.catalogue import own
from sonla_cli.catalogue.indicators import INDICATORS
from sonla_cli.catalogue.metrics import METRICS
from sonla_cli.catalogue.names import understand_all
from sonla_cli.core import toml
from sonla_cli.core import unit as units
from sonla_cli.core.notation import NotationError, parse_formula
from sonla_cli.core.problem import Code, Place, Problem, SonlaError, near
from sonla_cli.core.spelling import steers
from sonla_cli.core.unit import UnitError

FIELDS = ("id", "label", "formula", "unit", "note")
_ID = re.compile(r"[a-z][a-z0-9_]*\Z")


def load(path: str) -> None:
    """Add the indicators in the file at `path` to the catalogue; raise `SonlaError` with every problem."""
    document, text = toml.read(path)
    tables = document.get("indicator", [])
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[indicator]]"]
    problems: list[Problem] = []
    ready: list[tuple[str, str, Any, units.Unit, str]] = []
    for number, table in enumerate(tables if isinstance(tables, list) else [tables]):
        place = Place(path, lines[number] if number < len(lines) else None)
        if not isinstance(table, dict):
            values = {"name": str(table)[:80], "why": "[[indicator]]"}
            problems.append(Problem(Code.INVALID_INDICATOR, place=place, values=values))
            continue
        found = _read(table, place, problems)
        if found is not None:
            if any(found[0] == other[0] for other in ready):
                problems.append(Problem(Code.DUPLICATE_NAME, place=place, values={"name": found[0]}))
            ready.append(found)
    if problems:
        raise SonlaError(problems)
    for each in ready:
        own.add(*each)


def _read(
    table: dict[str, Any], place: Place, problems: list[Problem]
) -> tuple[str, str, Any, units.Unit, str] | None:
    before = len(problems)
    problems += [
        Problem(Code.MISSING_COLUMN, place=place, values={"name": name, "of": "indicator"})
        for name in FIELDS[:4]
        if not isinstance(table.get(name), str) or not table[name].strip()
    ]
    problems += [
        Problem(Code.CONTROL_CHARACTER, place=place, values={"name": name})
        for name in FIELDS
        if steers(str(table.get(name, "")))
    ]
    for name in table:
        if name not in FIELDS:
            values = {"name": name, "of": "indicator"}
            problems.append(
                Problem(Code.UNKNOWN_COLUMN, place=place, values=values, suggestions=near(name, FIELDS))
            )
    if len(problems) > before:
        return None
    name = table["id"]
    if name in INDICATORS and name not in own.OWN:
        problems.append(Problem(Code.DUPLICATE_NAME, place=place, values={"name": name}))
    if not _ID.match(name):
        problems.append(Problem(Code.INVALID_VALUE, place=place, values={"name": "id", "value": name[:80]}))
    unit = units.parse(table["unit"])
    if unit is None:
        close = near(table["unit"], list(units.SPELLINGS))
        problems.append(
            Problem(Code.INVALID_UNIT, place=place, values={"name": table["unit"]}, suggestions=close)
        )
    formula = _formula(table["formula"], place, unit, problems)
    if len(problems) > before or unit is None:
        return None
    return name, table["label"], formula, unit, str(table.get("note", ""))


def _formula(text: str, place: Place, unit: units.Unit | None, problems: list[Problem]) -> Any:
    place = Place(place.file, place.line, None, text)
    try:
        formula = parse_formula(text)
    except NotationError as error:
        values = {"expected": error.expected, "found": error.found}
        problems.append(Problem(Code.INVALID_RULE, place=place, values=values))
        return None
    named = understand_all(formula.names())
    if isinstance(named, str):
        close = near(named, list(METRICS))
        problems.append(Problem(Code.UNKNOWN_NAME, place=place, values={"name": named}, suggestions=close))
        return formula
    try:
        dimension = formula.dimension({name: own.unit_of(each) for name, each in named.items()})
    except UnitError as error:
        problems.append(
            Problem(Code.INVALID_INDICATOR, place=place, values={"name": text, "why": str(error)})
        )
        return formula
    if unit is not None and not dimension.fits(unit):
        values = {"unit": unit.name, "metric": text}
        problems.append(Problem(Code.UNIT_MISMATCH, place=place, values=values))
    return formula
