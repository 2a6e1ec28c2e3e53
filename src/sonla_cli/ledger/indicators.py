"""Indicators of a rolled-up ledger, computed where its rows are.

A ledger's sums are all their digits, so an indicator is one exact fraction of whole numbers: `low` and `high` are
that fraction rounded outwards to `PLACES` decimals, `value` is the nearest.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import ibis

from sonla_cli.catalogue.indicators import INDICATORS, Indicator
from sonla_cli.catalogue.metrics import METRICS
from sonla_cli.core import unit as units
from sonla_cli.core.problem import Code, Problem, SonlaError, near
from sonla_cli.ledger.compiler import fold
from sonla_cli.ledger.result import spell_month
from sonla_cli.ledger.rollup import Plan
from sonla_cli.ledger.whole import WHOLE, Ends, Fraction, Whole
from sonla_cli.models.report import Cited, Note, Report, Row

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.expr.types import Table

    from sonla_cli.ledger.result import Rolled

#: decimals of the results
PLACES = 6
#: digits of a sum, in its own unit and decimals, that are reckoned with
DIGITS = 20
INPUTS = frozenset({"actual", "plan", "previous"})
LAST_YEAR = "same_period_last_year"


class Wanted(NamedTuple):
    """An indicator of a ledger, the measures it takes, and the power of ten of its result where that is money."""

    indicator: Indicator
    inputs: tuple[str, ...]
    exponent: int


def computable(measures: Sequence[str]) -> list[str]:
    """Return the indicators that the measures of a ledger are enough for."""
    known = {*measures, *(("previous",) if "actual" in measures else ())} & INPUTS
    found = []
    for name, indicator in INDICATORS.items():
        names = indicator.formula.names() if indicator.formula is not None else ()
        if names and known.issuperset(names) and name != "plan_growth":
            found.append(name)
    return found


def compute(plan: Plan, names: Sequence[str]) -> tuple[Table, list[Wanted]]:
    """Return the query for the named indicators of a rollup; raise `SonlaError` for one it cannot give.

    Its columns are the keys, and `…_low`, `…_high` and `…_value` of each: whole units of its last decimal.
    """
    known = computable(plan.measures)
    unknown = [name for name in names if name not in known]
    if unknown:
        raise SonlaError([
            Problem(Code.UNKNOWN_INDICATOR, values={"name": name}, suggestions=near(name, known) or tuple(known))
            for name in unknown
        ])  # fmt: skip
    table = _kept(plan)
    exponents = _exponents(plan)
    wanted = [_wanted(name, exponents) for name in names]
    if any("previous" in each.inputs for each in wanted):
        table = _with_previous(table)
    keys = [name for name in ("area", "unit", "metric", "year", "month", "period") if name in table.columns]
    results = [f"{each.indicator.id}_{end}" for each in wanted for end in ("low", "high", "value")]
    return _rounded(_fractions(table, wanted, exponents), wanted).select(*keys, *results), wanted


def report(answer: pa.Table, wanted: Sequence[Wanted], rolled: Rolled) -> Report:
    """Return the report of the indicators in an answer, in the order of area, unit, metric and period."""
    ledger = rolled.plan.ledger
    order = [
        name for name in ("area", "unit", "metric", "year", "month", "period") if name in answer.column_names
    ]
    found = answer.sort_by([(name, "ascending") for name in order]) if order else answer
    lines = []
    for group in found.to_pylist():
        metric = group.get("metric") or ledger.constants.metric
        area = rolled.names[group["area"]] if "area" in group else ledger.constants.area
        period = group.get("period") or ledger.constants.period
        if "month" in group:
            period = spell_month(group["year"], group["month"], cumulative=ledger.period.cumulative)
        for each in wanted:
            ends = {end: group[f"{each.indicator.id}_{end}"] for end in ("low", "high", "value")}
            if ends["low"] is None or ends["high"] is None:
                continue
            basis = ledger.measures["plan"].basis if "plan" in each.inputs else LAST_YEAR
            unit = METRICS[metric].unit if each.indicator.metric_unit else each.indicator.unit
            formula, power = each.indicator.formula, each.exponent - PLACES
            lines.append(
                Row(
                    id=f"{metric}:{each.indicator.id}@{basis}:{period}",
                    indicator=each.indicator.id,
                    metric=metric,
                    area=area,
                    basis=basis,
                    period=period,
                    unit=unit.name,
                    how="computed",
                    status=ledger.constants.status,
                    formula=formula.symbols() if formula is not None else "",
                    sources=(ledger.constants.source,) if ledger.constants.source else (),
                    entity=group.get("unit") or "",
                    low=_plain(ends["low"], power),
                    high=_plain(ends["high"], power),
                    value=_plain(ends["value"], power),
                )
            )
    notes = tuple(
        Note(code=each.code.value, severity="warning", values=dict(each.values)) for each in rolled.warnings
    )
    sources = (Cited(id=ledger.constants.source),) if ledger.constants.source else ()
    areas = list(dict.fromkeys(line.area for line in lines))
    periods = list(dict.fromkeys(line.period for line in lines))
    return Report(
        command="rollup", area=areas[0] if len(areas) == 1 else "", period=periods[0] if len(periods) == 1 else "",
        rounding="exact", rows=tuple(lines), problems=notes, sources=sources,
    )  # fmt: skip


def _plain(number: Any, power: int) -> Decimal:
    """Return a whole number of last decimals as a number without trailing zeros or an exponent."""
    found = Decimal(number).scaleb(power, Context(prec=60)).normalize(Context(prec=60))
    return found.quantize(Decimal(1)) if found == found.to_integral_value() else found


def _kept(plan: Plan) -> Table:
    """Return the groups that become observations: those with a metric, an area and a month."""
    table = plan.table
    if "month" in table.columns:
        table = table.filter(table.month > 0)
    if "metric" in table.columns:
        table = table.filter(table.metric != "")
    if "area" in table.columns:
        table = table.filter(table.area.notnull())
    return table


def _exponents(plan: Plan) -> dict[str, int]:
    """Return the power of ten of the last digit of each measure, in its canonical unit."""
    found = {}
    for measure in plan.measures:
        unit = units.parse(plan.ledger.measures[measure].unit)
        if unit is None:
            raise ValueError(measure)
        found[measure] = unit.factor.adjusted() - (plan.table[measure].type().scale or 0)
    found["previous"] = found.get("actual", 0)
    return found


def _wanted(name: str, exponents: dict[str, int]) -> Wanted:
    indicator = INDICATORS[name]
    inputs = indicator.formula.names() if indicator.formula is not None else ()
    return Wanted(indicator, inputs, min(exponents[each] for each in inputs) if indicator.metric_unit else 0)


def _with_previous(table: Table) -> Table:
    """Put the actual of the same window of the year before beside each group that has one."""
    if "year" not in table.columns:
        raise SonlaError([Problem(Code.LEDGER_INCOMPLETE, values={"what": "date"})])
    keys = [name for name in ("area", "unit", "metric", "month") if name in table.columns]
    before = table.select(*keys, year=(table.year + 1).cast(table.year.type()), previous=table.actual)
    joined = table.left_join(before, [*keys, "year"])
    return joined.select(*table.columns, "previous")


def _fractions(table: Table, wanted: Sequence[Wanted], exponents: dict[str, int]) -> Table:
    """Add the fraction that each indicator is, times the last decimal: NULL where it has none.

    Each step stands in a query of its own, so that a number is written once however often it is used.
    """
    digits = {}
    for name in dict.fromkeys(name for each in wanted for name in each.inputs):
        number = table[name]
        scale = number.type().scale or 0
        whole = (number * ibis.literal(10**scale)).cast(WHOLE) if scale else number
        digits[f"digits_{name}"] = ibis.cases((whole.abs() < ibis.literal(Decimal(10**DIGITS), WHOLE), whole))
    read = table.mutate(**digits)
    columns: dict[str, Any] = {}
    for each in wanted:
        if each.indicator.formula is None:
            raise ValueError(each.indicator.id)
        least = min(exponents[name] for name in each.inputs)
        values = {}
        for name in each.inputs:
            number = Whole(read[f"digits_{name}"], -(10**DIGITS), 10**DIGITS, wide=True)
            only = Fraction(number * Whole.of(10 ** (exponents[name] - least)), Whole.of(1))
            values[name] = Ends(only, only)
        found = fold(each.indicator.formula, values)
        over = (found.low.over * Whole.of(10**PLACES)).broad.cast(WHOLE)
        columns[f"{each.indicator.id}_over"] = (
            over if found.bounded is True else ibis.cases((found.bounded, over))
        )
        columns[f"{each.indicator.id}_under"] = found.low.under.broad.cast(WHOLE)
    return read.mutate(**columns)


def _rounded(table: Table, wanted: Sequence[Wanted]) -> Table:
    """Add each fraction rounded down, up and to the nearest.

    The engine's own division only proposes; the remainder, in whole numbers, decides. A quotient beyond 10¹⁵ is
    left out, since the proposal could be further off than by one; a whole number is its own quotient.
    """
    names = [each.indicator.id for each in wanted]
    near, low, ends = {}, {}, {}
    for name in names:
        over, under = table[f"{name}_over"], table[f"{name}_under"]
        ratio = over / under
        guess = ibis.cases((ratio.between(-(10**15), 10**15), ratio)).round().cast(WHOLE)
        near[f"{name}_near"] = ibis.cases((under == 1, over), else_=guess)
    table = table.mutate(**near)
    for name in names:
        over, under, guess = table[f"{name}_over"], table[f"{name}_under"], table[f"{name}_near"]
        rest = over - guess * under
        low[f"{name}_low"] = (guess + ibis.cases((rest < 0, -1), (rest >= under, 1), else_=0)).cast(WHOLE)
    table = table.mutate(**low)
    for name in names:
        under, down = table[f"{name}_under"], table[f"{name}_low"]
        rest = table[f"{name}_over"] - down * under
        ends[f"{name}_high"] = (down + ibis.cases((rest > 0, 1), else_=0)).cast(WHOLE)
        ends[f"{name}_value"] = (down + ibis.cases((rest + rest >= under, 1), else_=0)).cast(WHOLE)
    return table.mutate(**ends)
