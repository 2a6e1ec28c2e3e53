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
#: years that a ledger can be of
YEARS = (1000, 2999)


@dataclass(frozen=True, slots=True)
class Plan:
    """A query for observations, and what is needed to read its answer.

    The columns of `table` are the keys, `year` and `month` (0 for what was left out) or `period`, one column
    per measure, `outside`, `rows` (of what was left out), and `unreadable_…` for every measure of which a row can
    be unreadable.
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
    grouped = _grouped(table, ledger, by, sums, file)
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


def _grouped(table: Table, ledger: Ledger, by: Collection[str], sums: dict[str, Sum], file: str) -> Table:
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
        keys["year"], keys["month"] = year_and_month(table, ledger, file)
    totals: dict[str, Any] = {"rows": table.count()}
    for measure, each in sums.items():
        totals[measure] = each.value.sum().cast(each.type)
        if each.given is not None:
            # counted twice rather than looked at twice: counting what is there anyway costs next to nothing
            totals[f"unreadable_{measure}"] = each.given.count() - each.value.count()
    grouped = table.group_by(**keys).agg(**totals) if keys else table.agg(**totals)
    return _dated(grouped) if "month" in keys else grouped


def _dated(grouped: Table) -> Table:
    """Widen years and months, now that the groups are few, and count the rows without one that can be read."""
    year, month = grouped.year.cast("int64"), grouped.month.cast("int64")
    year = ibis.cases((year.between(*YEARS), year))
    dateless = ibis.ifelse(year.isnull() | month.isnull(), grouped["rows"], 0).cast("int64")
    return grouped.mutate(year=year, month=month, unreadable_date=dateless)


def _spread(grouped: Table, ledger: Ledger) -> Table:
    """Name the areas and give each group every metric its rule counts towards (`""`: none, or no area)."""
    if "unit" in grouped.columns:
        # without a name, however that is written
        grouped = grouped.mutate(unit=grouped.unit.fill_null(""))
    if "area" in grouped.columns and ledger.areas:
        named = [(grouped.area == code, name) for code, name in ledger.areas.items()]
        grouped = grouped.mutate(area=ibis.cases(*named, else_=grouped.area))
    if "leaf" not in grouped.columns:
        return grouped
    none = ibis.array([""])
    lists = [
        (grouped.leaf == place, ibis.array(list(rule.metric))) for place, rule in enumerate(ledger.metrics)
    ]
    if "area" in grouped.columns:
        lists.insert(0, (grouped.area.isnull(), none))
    metrics = ibis.cases(*lists, else_=none)
    several = [place for place, rule in enumerate(ledger.metrics) if len(rule.metric) > 1]
    odd = _odd(grouped)
    if not (several and odd):
        return grouped.mutate(metric=metrics.unnest()).drop("leaf")
    # a row is unreadable once, however many metrics it counts towards
    first = ibis.cases(*((grouped.leaf == place, ledger.metrics[place].metric[0]) for place in several))
    spread = grouped.mutate(metric=metrics.unnest(), first=first)
    again = spread.first.notnull() & (spread.metric != "") & (spread.metric != spread.first)
    once = {name: ibis.ifelse(again, 0, spread[name]).cast("int64") for name in odd}
    return spread.mutate(**once).drop("leaf", "first")


def _odd(table: Table) -> list[str]:
    return [name for name in table.columns if name.startswith("unreadable_")]


def _totals(table: Table, sums: dict[str, Sum]) -> dict[str, Any]:
    """Return the sums and counts of groups that become one."""
    found: dict[str, Any] = {measure: table[measure].sum().cast(each.type) for measure, each in sums.items()}
    return found | {name: table[name].sum().cast("int64") for name in ("rows", *_odd(table))}


def _plain(spread: Table, sums: dict[str, Sum]) -> Table:
    keys = [name for name in KEYS if name in spread.columns]
    totals = _totals(spread, sums)
    found = spread.group_by(keys).agg(**totals) if keys else spread.agg(**totals)
    return found.mutate(outside=ibis.literal(0, "int64"))


def _monthly(spread: Table, ledger: Ledger, by: Collection[str], sums: dict[str, Sum]) -> Table:
    """Give each group one row per month from its first to the last the ledger covers, and month 0 for the rest."""
    keys = [name for name in ("area", "unit", "metric", "year") if name in spread.columns]
    inside = spread.month.between(1, ledger.period.last).fill_null(False) & spread.year.notnull()
    left_out = reduce(or_, [~inside, *_nameless(spread)])
    groups = spread.group_by(*(spread[name] for name in keys), month=ibis.ifelse(left_out, 0, spread.month)).agg(
        **_totals(spread, sums),
        outside=ibis.ifelse(inside, 0, spread["rows"]).sum().cast("int64"),
        latest=ibis.cases((inside, spread.month)).max(),
    )  # fmt: skip
    adding = [
        measure for measure in sums if ledger.period.cumulative and ledger.measures[measure].kind == "flow"
    ]
    standing = [measure for measure in sums if measure not in adding]
    # months follow each other; what was left out stands apart
    row = ibis.window(group_by=[*keys, groups.month == 0], order_by="month")
    running = ibis.window(group_by=[*keys, groups.month == 0], order_by="month", preceding=(None, 0))
    groups = groups.mutate(
        # a ledger covers a year up to the last month in which anyone booked anything
        covered=groups.latest.max().over(group_by="year"),
        following=groups.month.lead().over(row),
        **{measure: groups[measure].sum().over(running).cast(sums[measure].type) for measure in adding},
    )
    if "period" in by:
        months = _every(groups, adding)
    else:
        groups, months = _last(_newest(groups, keys, standing), adding, standing)
    found = groups.mutate(booked=groups.month, month=months.unnest())
    here = found.month == found.booked
    # once a month has its rows, the months after it only keep the level; what is not carried on has the last alone
    kept = found.following.isnull() & (found.month == found.covered) if "period" not in by else True
    once: dict[str, Any] = {name: ibis.ifelse(here, found[name], 0).cast("int64") for name in _odd(found)}
    once |= {name: ibis.cases((here, found[name])).cast(sums[name].type) for name in standing}
    if kept is not True:
        carried = kept | (found.month == 0)
        once |= {name: ibis.cases((carried, found[name])).cast(sums[name].type) for name in adding}
    found = found.mutate(**once)
    told = [found.month == 0, *(found[name] > 0 for name in _odd(found))]
    shown = reduce(or_, [*told, *(found[measure].notnull() for measure in sums)])
    return found.filter(shown).select(*keys, "month", *sums, "rows", *_odd(found), "outside")


def _every(groups: Table, adding: list[str]) -> Any:
    """Return the months a group stands for: its own, and those until the next with rows, whose level is the same."""
    month = groups.month
    after = ibis.ifelse(month == 0, 1, groups.following.coalesce(groups.covered + 1))
    return ibis.range(month, after if adding else month + 1)


def _newest(groups: Table, keys: list[str], standing: list[str]) -> Table:
    """Keep what stands for a single month only in the last month in which the group has it."""
    if not standing:
        return groups
    group = ibis.window(group_by=[*keys, groups.month == 0])
    last = {name: ibis.cases((groups[name].notnull(), groups.month)).max().over(group) for name in standing}
    return groups.mutate(
        **{name: ibis.cases((groups.month == last[name], groups[name])) for name in standing}
    )


def _last(groups: Table, adding: list[str], standing: list[str]) -> tuple[Table, Any]:
    """Return the groups of a total, and the months each stands for: the ledger's last for what adds up, else its own."""
    told = [groups.month == 0, *(groups[name] > 0 for name in _odd(groups))]
    own = reduce(or_, [*told, *(groups[name].notnull() for name in standing)])
    last = groups.following.isnull() & (groups.month > 0) if adding else ibis.literal(False)
    groups = groups.mutate(own=own, last=last).filter(own | last)
    month, covered = groups.month, groups.covered
    both = ibis.array([month, covered])
    lists = [(~groups["last"], ibis.array([month])), (groups.own & (month != covered), both)]
    return groups, ibis.cases(*lists, else_=ibis.array([covered]))


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
