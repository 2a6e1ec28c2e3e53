"""Tidy tables of observations in CSV or JSON: the columns are the fields of `Observation`, values as printed.

Every row of every table is checked before anything is used, and every problem is reported together.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sonla_cli.catalogue import areas, bases
from sonla_cli.catalogue.metrics import METRICS
from sonla_cli.core import period as periods
from sonla_cli.core import unit as units
from sonla_cli.core.problem import Code, Place, Problem, SonlaError, near
from sonla_cli.models.observation import COLUMNS, Dataset, Observation

REQUIRED = ("area", "metric", "measure", "period", "value", "unit")


def read(paths: Sequence[str]) -> Dataset:
    """Return the observations of all tables; raise `SonlaError` with every problem found."""
    observations: list[Observation] = []
    problems: list[Problem] = []
    for path in paths:
        found, wrong = _table(path)
        observations += found
        problems += wrong
    if problems:
        raise SonlaError(problems)
    return Dataset.model_construct(observations=tuple(observations), sources=())


def _table(path: str) -> tuple[list[Observation], list[Problem]]:
    name = "stdin" if path == "-" else path
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return [], [Problem(Code.UNREADABLE, place=Place(name), values={"why": why})]
    try:
        rows = _json_rows(text) if text.lstrip()[:1] in ("[", "{") else _csv_rows(text)
    except (ValueError, csv.Error) as error:
        return [], [Problem(Code.UNREADABLE, place=Place(name), values={"why": str(error)})]
    return check(rows, name)


def _csv_rows(text: str) -> list[tuple[int, dict[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="", strict=True)
    return [(reader.line_num, dict(row)) for row in reader]


def _json_rows(text: str) -> list[tuple[int, dict[str, Any]]]:
    found = json.loads(text, parse_float=str, parse_int=str)
    rows = found if isinstance(found, list) else found.get("observations", [])
    return [(place, dict(row)) for place, row in enumerate(rows, 1)]


def check(rows: Iterable[tuple[int, dict[str, Any]]], file: str) -> tuple[list[Observation], list[Problem]]:
    """Return the observations in `rows` (line number and fields) and everything wrong with the others."""
    observations: list[Observation] = []
    problems: list[Problem] = []
    for line, row in rows:
        fields = {name: value for name, value in row.items() if value is not None}
        missing = [name for name in REQUIRED if not fields.get(name)]
        unknown = [name for name in fields if name not in COLUMNS]
        if missing or unknown:
            problems += [_problem(Code.MISSING_COLUMN, file, line, name=each) for each in missing]
            problems += [
                _problem(Code.UNKNOWN_COLUMN, file, line, near(each, COLUMNS), name=each) for each in unknown
            ]
            continue
        try:
            observation = Observation(**fields)
        except ValidationError as error:
            for each in error.errors():
                column = str(each["loc"][0]) if each["loc"] else ""
                value = str(each["input"])[:80]
                problems.append(_problem(Code.INVALID_VALUE, file, line, name=column, value=value))
            continue
        wrong = list(_name_problems(observation, file, line))
        problems += wrong
        if not wrong:
            area = areas.find(observation.area)
            observations.append(observation.model_copy(update={"area": area.name}) if area else observation)
    return observations, problems


def _name_problems(observation: Observation, file: str, line: int) -> Iterable[Problem]:
    if areas.find(observation.area) is None:
        close = near(observation.area, list(areas.AREAS))
        yield _problem(Code.UNKNOWN_AREA, file, line, close, name=observation.area)
    if observation.metric not in METRICS:
        yield _problem(
            Code.UNKNOWN_METRIC, file, line, near(observation.metric, list(METRICS)), name=observation.metric
        )
    if not bases.is_known(observation.measure, observation.basis):
        code = Code.UNKNOWN_BASIS if observation.basis else Code.BASIS_MISSING
        close = near(observation.basis, bases.names(observation.measure))
        yield _problem(code, file, line, close, name=observation.basis, measure=observation.measure)
    if units.parse(observation.unit) is None:
        yield _problem(
            Code.INVALID_UNIT,
            file,
            line,
            near(observation.unit, list(units.SPELLINGS)),
            name=observation.unit,
        )
    try:
        periods.parse(observation.period)
    except ValueError:
        yield _problem(Code.INVALID_PERIOD, file, line, name=observation.period)


def _problem(code: Code, file: str, line: int, suggestions: Sequence[str] = (), **values: str) -> Problem:
    return Problem(code, place=Place(file, line), values=values, suggestions=tuple(suggestions))
