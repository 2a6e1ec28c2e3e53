"""Reports that read better across than down: a ranking, projections by method, before and after.

A grid is cells of text; what does not fit into it stays in the report as rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sonla_cli.catalogue.bases import PLAN_BASES
from sonla_cli.core.period import parse
from sonla_cli.core.text import N_
from sonla_cli.language import _
from sonla_cli.models.report import Report, Row
from sonla_cli.render import compared, people
from sonla_cli.render.problems import printable

#: the columns of a ranking after rank, name, value and bounds
POSITION = {
    "percentile": N_("Not above"),
    "median_gap": N_("To median"),
    "median_gap_amount": N_("To median"),
    "national_gap": N_("To country"),
    "target_gap": N_("To target"),
    "left": N_("Left"),
    "gap_share": N_("Share of left"),
}
METHODS = {
    "line": N_("straight line"), "season": N_("season"), "recent": N_("pace since the earlier report"),
    "range": N_("range of the methods"),
}  # fmt: skip
AFTER = "whatif/"


class Grid(NamedTuple):
    """Column heads, lines of cells (a line of one cell is a heading), and the rows that are left."""

    heads: tuple[str, ...]
    lines: list[tuple[str, ...]]
    rest: Report
    #: the column that holds names and may be broken
    text_column: int = 0
    #: whether the rest is read before the grid
    rest_first: bool = False


def grid(report: Report) -> Grid | None:
    """Return the report as a grid, or `None` if it is a list."""
    return next(grids(report), None)


def grids(report: Report) -> Iterator[Grid]:
    """Yield the grids a report can be shown as, the fullest first; none if it is a list."""
    if not report.rows:
        return
    if report.command == "rank":
        yield _rank(report, bounds=True, columns=tuple(POSITION))
        yield _rank(report, bounds=False, columns=tuple(POSITION))
        yield _rank(report, bounds=False, columns=("national_gap", "target_gap", "left", "gap_share"))
    elif report.command == "project":
        yield _project(report)
    elif report.command == "whatif":
        yield _whatif(report, bounds=True)
        yield _whatif(report, bounds=False)


def across(report: Report) -> Grid | None:
    """Return the report as a document shows it across: a comparison of years too, with every cell whole."""
    if report.command == "compare" and all(each.isdecimal() for each in report.period.split()):
        return _years(report)
    return grid(report)


def _without(report: Report, used: set[str]) -> Report:
    return report.model_copy(update={"rows": tuple(row for row in report.rows if row.id not in used)})


# a ranking


def _rank(report: Report, *, bounds: bool, columns: Sequence[str]) -> Grid:
    by_owner: dict[str, dict[str, Row]] = {}
    used: set[str] = set()
    for row in report.rows:
        prefix = row.id.removesuffix(row.id[_plain_start(row.id) :])
        if prefix and row.area == prefix.partition("/")[0]:
            by_owner.setdefault(prefix, {})[row.indicator] = row
            used.add(row.id)
    present = {name for rows in by_owner.values() for name in rows}
    columns = [name for name in columns if name in present]
    lines = []
    for rows in by_owner.values():
        rank = rows["rank"]
        value = _ranked(rows, rank)
        period = "" if value.period == report.period else people.period(value.period)
        name = printable(value.entity or value.area)
        shown = _pair(value) if bounds else (_shown(value),)
        cells = [people.value(rank), f"{name} ({period})" if period else name, *shown]
        lines.append((*cells, *(_place(rows[each]) if each in rows else "" for each in columns)))
    unit = people.unit(_ranked(first := next(iter(by_owner.values())), first["rank"]))
    between = (_("Between"),) if bounds else ()
    heads = (
        _("Rank"),
        _("Area or unit"),
        _("Value") + f" ({unit})",
        *between,
        *(_(POSITION[each]) for each in columns),
    )
    return Grid(heads, lines, _without(report, used), text_column=1)


def _ranked(rows: dict[str, Row], rank: Row) -> Row:
    """Return the figure a rank is of: of the same basis, published or computed."""
    for name in ("attainment", "growth", "index", "parts_sum", "actual"):
        row = rows.get(name)
        if row and row.basis in (rank.basis, ""):
            return row
    return rank


def _place(row: Row) -> str:
    """Return where a figure stands; the mark of its status stands in the same line, at the figure."""
    return people.figure(row.model_copy(update={"status": ""}))


def _plain_start(row_id: str) -> int:
    """Return where the id begins after the area and the unit that lead it."""
    return row_id.rfind("/", 0, row_id.find(":")) + 1


# years side by side


def _years(report: Report) -> Grid:
    years = report.period.split()
    lines: list[tuple[str, ...]] = []
    used: set[str] = set()

    def cell(row: Row | None, unit: str = "") -> str:
        if row is None:
            return ""
        used.add(row.id)
        between = people.bounds(row) if row.value is not None and row.how != "published" else ""
        shown = f"{people.MARKS[row.how]} {people.figure(row)}{unit}"
        return f"{shown} ({between})" if between else shown

    for line in compared.lines(report):
        cells = [line.label, *(cell(line.levels.get(year)) for year in years)]
        cells.append(people.unit(next(iter(line.levels.values()))))
        for year in years[1:]:
            changes = [line.changes.get(kind, {}).get(year) for kind in ("growth", "index", "multiple")]
            cells += [cell(changes[0] or changes[1], " %"), cell(changes[2])]
        lines.append(tuple(cells))
    heads = [_("Metric"), *years, _("Unit")]
    for year in years[1:]:
        heads += [_("Growth {year}").format(year=year), _("Multiple {year}").format(year=year)]
    return Grid(tuple(heads), lines, _without(report, used))


# projections


def _project(report: Report) -> Grid:
    horizons: list[str] = []
    found: dict[tuple[str, str], dict[str, dict[str, Row]]] = {}
    used: set[str] = set()
    for row in report.rows:
        if row.indicator.startswith("projected_"):
            if row.period not in horizons:
                horizons.append(row.period)
            method = row.indicator.rsplit("_", 1)[1]
            found.setdefault((row.metric, row.basis), {}).setdefault(method, {})[row.period] = row
            used.add(row.id)
    horizons.sort(key=lambda each: parse(each).end)
    lines: list[tuple[str, ...]] = []
    for (metric, basis), methods in found.items():
        first = next(iter(next(iter(methods.values())).values()))
        name = ", ".join(each for each in (people.metric(metric), people.basis(basis)) if each)
        lines.append((f"{name} ({people.unit(first)})",))
        for method, label in METHODS.items():
            if method in methods:
                cells = [each for horizon in horizons for each in _pair(methods[method].get(horizon))]
                lines.append((f"  {_(label)}", *cells))
    days = [people.day(parse(each).end.isoformat()) for each in horizons]
    heads = (_("Projection"), *(each for day in days for each in (day, _("Between"))))
    return Grid(heads, lines, _without(report, used), rest_first=True)


# before and after


def _whatif(report: Report, *, bounds: bool) -> Grid:
    before = {row.id: row for row in report.rows if not row.id.startswith(AFTER)}
    lines: list[tuple[str, ...]] = []
    heading = ("", "")
    for row in sorted(report.rows, key=_section):
        if not row.id.startswith(AFTER):
            continue
        section = _section(row)
        if section != heading:
            heading = section
            lines.append(
                (", ".join(each for each in (people.metric(row.metric), people.basis(section[1])) if each),)
            )
        plain = row.id.removeprefix(AFTER)
        old = before.get(plain) or before.get(plain.replace(":plan@", ":implied_plan@"))
        label = people.label(
            row.model_copy(update={"id": plain}), report.period, with_basis=row.basis not in PLAN_BASES
        )
        cells = (*_pair(old), *_pair(row)) if bounds else (_shown(old), _shown(row))
        lines.append((f"  {label}", *cells, people.unit(row)))
    between = (_("Between"),) if bounds else ()
    heads = (_("Indicator"), _("Before"), *between, _("After"), *between, _("Unit"))
    return Grid(heads, lines, report.model_copy(update={"rows": ()}))


def _section(row: Row) -> tuple[str, str]:
    return row.metric, row.basis if row.basis in PLAN_BASES else ""


# cells


def _pair(row: Row | None) -> Sequence[str]:
    return ("", "") if row is None else (people.marked(row), people.bounds(row))


def _shown(row: Row | None) -> str:
    """Return a value, or its bounds where only they are known."""
    return "" if row is None else people.figure(row)
