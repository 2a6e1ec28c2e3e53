"""Years side by side: one line per metric or plan, one column per year, and the change from year to year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rich import box
from rich.table import Table
from rich.text import Text

from sonla_cli.catalogue.bases import PLAN_BASES
from sonla_cli.catalogue.metrics import METRICS
from sonla_cli.language import _
from sonla_cli.models.report import Report, Row
from sonla_cli.render import people

LEVELS = ("actual", "level_from_index", "level_from_growth", "level_from_multiple", "plan", "implied_plan")


class Line(NamedTuple):
    """A metric, or a plan of it: its level in each year, and the changes into each year by indicator."""

    label: str
    levels: dict[str, Row]
    changes: dict[str, dict[str, Row]]


def lines(report: Report) -> Iterator[Line]:
    """Yield the lines of a comparison, in the order of its rows."""
    found: dict[tuple[str, str], Line] = {}
    for row in report.rows:
        plan = row.basis.partition("/")[0]
        plan = plan if plan in PLAN_BASES else ""
        key = (row.metric, plan)
        line = found.get(key)
        if line is None:
            line = found[key] = Line(_label(row, plan), {}, {})
        year = row.period[:4]
        growth_is_level = bool(METRICS[row.metric].growth_of)
        if row.indicator in LEVELS or (growth_is_level and row.indicator == "growth"):
            line.levels.setdefault(year, row)
        elif row.indicator in ("growth", "plan_growth", "multiple", "index"):
            kind = "growth" if row.indicator == "plan_growth" else row.indicator
            line.changes.setdefault(kind, {})[year] = row
    yield from (line for line in found.values() if line.levels)


def _label(row: Row, plan: str) -> str:
    name = people.metric(row.metric)
    if plan:
        return f"{name}, {people.plan(plan, row.metric)}"
    window = people.window(row.period)
    return f"{name} ({window})" if window else name


def tables(report: Report) -> Iterator[Table]:
    """Yield the comparison as a table, the fullest first; each next one takes less room."""
    for multiples, bounds in ((True, True), (False, True), (False, False)):
        yield _table(report, multiples=multiples, bounds=bounds)


def _table(report: Report, *, multiples: bool, bounds: bool) -> Table:
    years = report.period.split()
    out = Table(box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    out.add_column(_("Metric"), overflow="fold", min_width=30)
    for year in years:
        out.add_column(year, justify="right", no_wrap=True)
    out.add_column(_("Unit"), no_wrap=True)
    for year in years[1:]:
        out.add_column(_("Growth {year}").format(year=year), justify="right", no_wrap=True)
        if multiples:
            out.add_column(_("Multiple {year}").format(year=year), justify="right", no_wrap=True)
    for line in lines(report):
        unit = people.unit(next(iter(line.levels.values())))
        cells = [
            Text(line.label),
            *(_cell(line.levels.get(year), bounds=bounds) for year in years),
            Text(unit),
        ]
        for year in years[1:]:
            growth = line.changes.get("growth", {}).get(year) or line.changes.get("index", {}).get(year)
            cells.append(_cell(growth, with_unit=True, bounds=bounds))
            if multiples:
                cells.append(_cell(line.changes.get("multiple", {}).get(year), bounds=bounds))
        out.add_row(*cells)
    return out


def _cell(row: Row | None, *, with_unit: bool = False, bounds: bool = True) -> Text:
    if row is None:
        return Text("·", style="dim")
    between = people.bounds(row)
    shown = people.figure(row)
    if with_unit and row.unit == "%":
        shown = people.with_unit(shown, row.unit, " ")
    text = Text(f"{people.MARKS[row.how]} {shown}", no_wrap=True)
    if bounds and between and row.value is not None and row.how != "published":
        text.append(f"\n{between}", style="dim")
    return text
