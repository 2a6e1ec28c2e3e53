"""Rows → observations, as one query: rows are grouped once, and all that follows works on the groups.

A cumulative month holds everything booked from January of the budget year to its end, so a group without
vouchers in a month keeps its level up to the last month the ledger covers; before its first voucher it has
none. Rows that cannot be told an area, a metric or a month are counted, never dropped unseen.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

import ibis

from sonla_cli.core.problem import Code, Place, Problem, SonlaError
from sonla_cli.ledger.mapping import Ledger
from sonla_cli.ledger.rows import Sum, amount, leaf, text, year_and_month

if TYPE_CHECKING:
    from ibis.expr.types import Table

#: what observations can be told apart by
KEYS = ("area", "unit", "metric", "period")
BY = ("area", "metric", "period")


@dataclass(frozen=True, slots=True)
class Plan:
    """A query for observations, and what is needed to read its answer.

    The columns of `table` are the keys, `year` and `month` (0 for what was left out) or `period`, one column
    per measure, `rows`, `outside`, and `unreadable_…` for every measure of which a row can be unreadable.
    """

    table: Table
    ledger: Ledger
    by: tuple[str, ...]
    measures: tuple[str, ...]

    @property
    def by_month(self) -> bool:
        """Whether periods are made from months, not taken from a column or a constant."""
        return "month" in self.table.columns


def plan(
    table: Table, ledger: Ledger, by: Collection[str] = BY, *, engine: str = "duckdb", file: str = ""
) -> Plan:
    """Return the query that rolls `table` up; raise `SonlaError` if the mapping does not say enough."""
    _complete(ledger, by, file)
    sums = {measure: amount(table, spec, engine, file) for measure, spec in ledger.measures.items()}
    grouped = _grouped(table, ledger, by, sums)
    spread = _spread(grouped, ledger)
    kept = tuple(key for key in KEYS if key in by)
    found = _monthly(spread, ledger, by, sums) if "month" in spread.columns else _plain(spread, sums)
    return Plan(found, ledger, kept, tuple(sums))


def _complete(ledger: Ledger, by: Collection[str], file: str) -> None:
    columns, constants = ledger.columns, ledger.constants
    has_month = bool(columns.date or (columns.year and columns.month))
    several = len({metric for rule in ledger.metrics for metric in rule.metric}) > 1
    lacks = []
    if not (columns.area if "area" in by else constants.area) and not constants.area:
        lacks.append("area")
    if "unit" in by and not columns.unit:
        lacks.append("unit")
    if not (columns.metric or ledger.metrics or constants.metric) or (
        "metric" not in by and (columns.metric or several)
    ):
        lacks.append("metric")
    if not (columns.period or has_month or constants.period):
        lacks.append("period")
    if not ledger.measures:
        lacks.append("amount")
    if lacks:
        problems = [
            Problem(Code.LEDGER_INCOMPLETE, place=Place(file), values={"what": each}) for each in lacks
        ]
        raise SonlaError(problems)


def _grouped(table: Table, ledger: Ledger, by: Collection[str], sums: dict[str, Sum]) -> Table:
    """Group the rows: the one pass over all of them."""
    columns = ledger.columns
    keys: dict[str, Any] = {}
    if "area" in by and columns.area:
        keys["area"] = table[columns.area].cast("string")
    if "unit" in by and columns.unit:
        keys["unit"] = table[columns.unit].cast("string")
    if columns.metric:
        keys["metric"] = text(table[columns.metric]).fill_null("")
    elif ledger.metrics:
        keys["leaf"] = leaf(table, ledger)
    if columns.period:
        keys["period"] = text(table[columns.period])
    elif columns.date or (columns.year and columns.month):
        keys["year"], keys["month"] = year_and_month(table, ledger)
    totals: dict[str, Any] = {"rows": table.count()}
    for measure, each in sums.items():
        totals[measure] = each.value.sum().cast(each.type)
        if each.unreadable is not None:
            totals[f"unreadable_{measure}"] = ibis.cases((each.unreadable, 1)).count().cast("int64")
    return table.group_by(**keys).agg(**totals) if keys else table.agg(**totals)


def _spread(grouped: Table, ledger: Ledger) -> Table:
    """Name the areas and give each group every metric its rule counts towards (`""`: none)."""
    if "area" in grouped.columns and ledger.areas:
        named = [(grouped.area == code, name) for code, name in ledger.areas.items()]
        grouped = grouped.mutate(area=ibis.cases(*named, else_=grouped.area))
    if "leaf" not in grouped.columns:
        return grouped
    lists = [
        (grouped.leaf == place, ibis.array(list(rule.metric))) for place, rule in enumerate(ledger.metrics)
    ]
    metrics = ibis.cases(*lists, else_=ibis.array([""]))
    return grouped.mutate(metric=metrics.unnest()).drop("leaf")


def _added(table: Table, sums: dict[str, Sum], where: Any = None) -> dict[str, Any]:
    """Return the sums of groups, of those that fit `where`."""
    found: dict[str, Any] = {}
    for measure, each in sums.items():
        value = table[measure] if where is None else ibis.cases((where, table[measure]))
        found[measure] = value.sum().cast(each.type)
    return found


def _counted(table: Table) -> dict[str, Any]:
    names = ["rows", *(name for name in table.columns if name.startswith("unreadable_"))]
    return {name: table[name].sum().cast("int64") for name in names}


def _plain(spread: Table, sums: dict[str, Sum]) -> Table:
    keys = [name for name in (*KEYS, "period") if name in spread.columns]
    keys = list(dict.fromkeys(keys))
    totals = {**_added(spread, sums), **_counted(spread)}
    found = spread.group_by(keys).agg(**totals) if keys else spread.agg(**totals)
    return found.mutate(outside=ibis.literal(0, "int64"))


def _monthly(spread: Table, ledger: Ledger, by: Collection[str], sums: dict[str, Sum]) -> Table:
    """Give each group one row per month from its first to the last the ledger covers, and month 0 for the rest."""
    last = ledger.period.months
    keys = [name for name in ("area", "unit", "metric", "year") if name in spread.columns]
    month = spread.month
    inside = month.between(1, last).fill_null(False)
    left_out = reduce(or_, [~inside, *_nameless(spread)])
    wide: dict[str, Any] = {}
    for measure, each in sums.items():
        adds_up = ledger.period.cumulative and ledger.measures[measure].kind == "flow"
        for number in range(1, last + 1):
            fits = month.between(1, number) if adds_up else month == number
            wide[f"{measure}_{number}"] = ibis.cases((fits, spread[measure])).sum().cast(each.type)
        wide[f"{measure}_0"] = ibis.cases((left_out, spread[measure])).sum().cast(each.type)
    outside = ibis.cases((~inside, spread["rows"]), else_=0).sum().cast("int64")
    latest = ibis.cases((inside, month)).max()
    groups = spread.group_by(keys).agg(**wide, **_counted(spread), outside=outside, latest=latest)
    # a ledger covers a year up to the last month in which anyone booked anything
    groups = groups.mutate(covered=groups.latest.max().over(group_by="year"))
    long = groups.mutate(month=ibis.array([ibis.literal(n, "int32") for n in range(last + 1)]).unnest())
    values = {
        measure: ibis.cases(
            *((long.month == number, long[f"{measure}_{number}"]) for number in range(last + 1))
        ).cast(each.type)
        for measure, each in sums.items()
    }  # fmt: skip
    long = long.mutate(**values)
    shown = long.month == long.covered if "period" not in by else long.month.between(1, long.covered)
    shown &= reduce(or_, [long[measure].notnull() for measure in sums])
    nameless = _nameless(long)
    if nameless:
        shown &= ~reduce(or_, nameless)
    odd = [long[name] > 0 for name in _counted(long) if name != "rows"]
    told = (long.month == 0) & reduce(or_, [long.outside > 0, *odd, *nameless])
    wanted = [*keys, "month", *sums, *_counted(spread), "outside"]
    return long.filter(shown | told).select(wanted)


def _nameless(table: Table) -> list[Any]:
    """Return the conditions under which a group has no metric or no area."""
    found = []
    if "metric" in table.columns:
        found.append(table.metric == "")
    if "area" in table.columns:
        found.append(table.area.isnull())
    return found


def sample(table: Table, rows: int) -> Table:
    """Return some `rows` rows of a table, to try a mapping on."""
    return table.limit(rows)
