"""What a cell of the observations table may hold: each text checked once, each value read exactly.

A text is checked by what its column is – an area, a metric, a unit, a period, or a field of the models – and
then together with the others. Nothing is corrected: what is wrong is a `Fault`, told with its place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, get_args

from pydantic import TypeAdapter, ValidationError

from sonla_cli.catalogue import areas, bases
from sonla_cli.catalogue.metrics import METRICS
from sonla_cli.core import numeral
from sonla_cli.core import period as periods
from sonla_cli.core import unit as units
from sonla_cli.core.numeral import Mark
from sonla_cli.core.problem import Code, near
from sonla_cli.core.spelling import clean, steers
from sonla_cli.models.observation import COLUMNS, SOURCE_COLUMNS, Observation, Source
from sonla_cli.sources.sheet import Broken, Cell, Digits, Percent

REQUIRED = ("area", "metric", "measure", "period", "value", "unit")
_RATIOS = ("attainment", "growth", "index", "share")


class Fault(NamedTuple):
    """What is wrong with one text."""

    code: Code
    values: dict[str, str]
    suggestions: tuple[str, ...] = ()


@dataclass(slots=True)
class Texts:
    """Checks texts column by column, each different text once."""

    known: dict[str, dict[Any, str | Fault]] = field(
        default_factory=lambda: {name: {} for name in (*COLUMNS, *SOURCE_COLUMNS)}
    )
    together: dict[tuple[str, str, str, str], Fault | None] = field(default_factory=dict)

    def check(self, column: str, cell: Cell) -> str | Fault:
        """Return the text of a cell as the field takes it, or what is wrong with it."""
        known = self.known[column]
        # `True == 1` and a date may equal nothing else, but only text and digits repeat often
        if type(cell) is str:
            found = known.get(cell)
            if found is None:
                found = known[cell] = _checked(column, cell)
            return found
        return _checked(column, cell)

    def fit(self, metric: str, measure: str, basis: str, unit: str) -> Fault | None:
        """Return what is wrong with the combination of texts that are each right."""
        asked = metric, measure, basis, unit
        if asked not in self.together:
            self.together[asked] = misfit(*asked)
        return self.together[asked]


def misfit(metric: str, measure: str, basis: str, unit: str) -> Fault | None:
    """Return what is wrong with a basis or a unit for a metric and measure."""
    if not bases.is_known(measure, basis):
        values = {"name": basis, "measure": measure}
        code = Code.UNKNOWN_BASIS if basis else Code.BASIS_MISSING
        return Fault(code, values, near(basis, bases.names(measure)))
    printed, own = units.parse(unit), METRICS[metric].unit
    if printed is None or measure == "change":
        return None
    if measure == "multiple":
        fits = printed.dimension == "times"
    elif measure in _RATIOS:
        fits = printed.dimension == "percent"
    else:
        # some capital is printed in đồng or in dollars; nothing is ever converted between them
        money = {"VND", "USD"}
        fits = printed.dimension == own.dimension or {printed.dimension, own.dimension} <= money
        fits = fits or (measure in ("target", "plan") and printed.dimension == "percent")
        fits = fits or (own.dimension == "VND/head" and printed.dimension in money)
    return (
        None
        if fits
        else Fault(Code.UNIT_MISMATCH, {"unit": unit, "metric": metric if measure == "actual" else measure})
    )


def _checked(column: str, cell: Cell) -> str | Fault:
    if isinstance(cell, Broken):
        return _broken(cell, Code.INVALID_VALUE, column)
    if isinstance(cell, date):
        # the first of a month is what a spreadsheet makes of `2025-10`: not what anybody wrote
        if (
            column in ("period", "published_on")
            and (cell.day != 1 or column == "published_on")
            and len(cell.isoformat()) == 10
        ):
            cell = cell.isoformat()
        else:
            return Fault(Code.DATE_CELL, {"value": cell.isoformat(), "name": column})
    if isinstance(cell, bool):
        return Fault(Code.INVALID_VALUE, {"value": str(cell).lower(), "name": column})
    text = clean(str(cell)).replace("\r\n", "\n")
    if steers(text):
        return Fault(Code.CONTROL_CHARACTER, {"name": column})
    special = _SPECIAL.get(column)
    if special and text:
        return special(text)
    return valid(column, text)


def _area(text: str) -> str | Fault:
    found = areas.find(text)
    if found is None:
        return Fault(Code.UNKNOWN_AREA, {"name": text}, areas.like(text))
    return found.name


def _metric(text: str) -> str | Fault:
    return text if text in METRICS else Fault(Code.UNKNOWN_METRIC, {"name": text}, near(text, list(METRICS)))


def _unit(text: str) -> str | Fault:
    if units.parse(text) is None:
        return Fault(Code.INVALID_UNIT, {"name": text}, near(text, list(units.SPELLINGS)))
    return text


def _period(text: str) -> str | Fault:
    try:
        return periods.read(text).text
    except ValueError:
        return Fault(Code.INVALID_PERIOD, {"name": text})


def _day(text: str) -> str | Fault:
    day = valid("published_on", text)
    if not isinstance(day, Fault):
        try:
            date.fromisoformat(day)
        except ValueError:
            return Fault(Code.INVALID_VALUE, {"value": text[:80], "name": "published_on"})
    return day


_SPECIAL: dict[str, Callable[[str], str | Fault]] = {
    "area": _area, "metric": _metric, "unit": _unit, "period": _period,
    "published_on": _day,
}  # fmt: skip

_KINDS = Observation.model_types()
_ADAPTERS: dict[str, TypeAdapter[str]] = {
    name: TypeAdapter(kind)
    for model in (Source, Observation)
    for name, kind in model.model_types().items()
}  # fmt: skip


def valid(column: str, text: str) -> str | Fault:
    """Return the text of a field of the models if the model takes it, or what is wrong with it."""
    try:
        return str(_ADAPTERS[column].validate_python(text, strict=True))
    except ValidationError:
        if column in REQUIRED and not text:
            return Fault(Code.MISSING_COLUMN, {"name": column})
        words = [each for each in get_args(_KINDS.get(column)) if isinstance(each, str) and each]
        return Fault(Code.INVALID_VALUE, {"value": text[:80], "name": column}, near(text, words))


def _broken(cell: Broken, otherwise: Code, column: str) -> Fault:
    """Return what is wrong with a cell without a value; only a spreadsheet has errors, which begin with `#`."""
    code = Code.NOT_CALCULATED
    if cell.error:
        code = Code.ERROR_CELL if cell.error.startswith("#") else otherwise
    return Fault(code, {"value": cell.error, "name": column})


def digits(cell: Cell, mark: Mark | None, *, percent: bool) -> str | Fault:
    """Return the digits of a value cell, with a decimal point; or what is wrong with it."""
    if isinstance(cell, Broken):
        return _broken(cell, Code.NOT_A_NUMBER, "value")
    if isinstance(cell, date):
        return Fault(Code.DATE_CELL, {"value": cell.isoformat(), "name": "value"})
    if isinstance(cell, bool):
        return Fault(Code.NOT_A_NUMBER, {"value": str(cell).lower()})
    if isinstance(cell, Digits):
        if isinstance(cell, Percent) and not percent:
            return Fault(Code.PERCENT_CELL, {"value": f"{cell}%"})
        return str(cell)
    text = cell.translate({0xFF05: "%"}).strip()
    if text.endswith("%"):
        if not percent:
            return Fault(Code.PERCENT_CELL, {"value": text})
        text = text[:-1].rstrip()
    read = numeral.read(text)
    if read is None:
        return Fault(Code.NOT_A_NUMBER, {"value": text[:80]})
    found = read.digits(mark)
    if found is None:
        return Fault(Code.AMBIGUOUS_NUMBER if mark is None else Code.OTHER_DECIMAL, {"value": text})
    return found


def negative(metric: str, measure: str, value: str) -> bool:
    """Whether a value is below zero where nothing can be."""
    if not value.startswith("-") or not value.strip("-0."):
        return False
    return (
        measure in ("plan", "target", "attainment", "index", "multiple", "share", "actual")
        and not METRICS[metric].is_signed
    )
