"""The tables of a section: few to read – plans, changes, years – and one with every figure.

A unit that all cells of a column share stands in its heading; a cell without a figure stays empty, never zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sonla_cli.catalogue.bases import PLAN_BASES
from sonla_cli.catalogue.indicators import label as indicator_label
from sonla_cli.language import _
from sonla_cli.models.report import Input, Report, Row
from sonla_cli.render import compared, people
from sonla_cli.render.pages.cells import Cell, Line, Table

CHANGES = ("growth", "index", "multiple", "change")
EARLIER = ("level_from_index", "level_from_growth", "level_from_multiple")


def cell(row: Row, report: Report, numbers: dict[str, int]) -> Cell:
    """Return the cell that shows a row."""
    bounds = people.bounds(row)
    how = [_(people.HOW[row.how])]
    if row.status:
        how.append(_(people.STATUS[row.status]))
    if row.verdict != "cannot tell":
        how.append(_(people.VERDICTS[row.verdict]))
    return Cell(
        row=row,
        text=people.figure(row),
        unit=people.unit(row),
        bounds=bounds if row.value is not None else "",
        what=f"{people.metric(row.metric)}: {people.label(row, report.period)}",
        how=", ".join(how),
        formula=people.formula(row.indicator) if row.formula else "",
        inputs=tuple(_inputs(row)),
        sources=tuple(sorted({numbers[each] for each in row.sources if each in numbers})),
    )


def _inputs(row: Row) -> Iterator[str]:
    """Yield what the value of a row was computed from, a line each."""
    for each in row.inputs:
        yield f"{people.quantity(each.name)} = {_given(each)}"


def _given(given: Input) -> str:
    unit = _(people.UNITS.get(given.unit, given.unit))
    shown = people.number(given.value) if given.value is not None else ""
    between = _between(given.low, given.high)
    if not shown:
        return people.with_unit(between, unit, " ")
    exact = given.low == given.high == given.value
    shown = people.with_unit(shown, unit, " ")
    return shown if exact or not between else f"{shown} ({between})"


def _between(low: Decimal | None, high: Decimal | None) -> str:
    if low is None or high is None:
        return (
            f"≥ {people.number(low)}"
            if low is not None
            else f"≤ {people.number(high)}"
            if high is not None
            else ""
        )
    return f"{people.number(low)} … {people.number(high)}"


def every(section: str, report: Report, numbers: dict[str, int]) -> Table:
    """Return the table of all figures of a report."""
    lines = []
    for row in report.rows:
        shown = cell(row, report, numbers)
        name = people.metric(row.metric)
        lines.append(Line(name, (people.label(row, report.period), shown, shown.how, shown.marks)))
    columns = (_("Indicator"), _("Value"), _("How"), _("Sources"))
    caption = _("Every figure, with its bounds")
    return Table(f"{section}-every", caption, _("Metric"), columns, tuple(lines))


def summaries(section: str, report: Report, numbers: dict[str, int]) -> Iterator[Table]:
    """Yield the tables to read of a section."""
    if report.command == "compare":
        yield from _years(section, report, numbers)
        return
    for table in (_plans(section, report, numbers), _changes(section, report, numbers)):
        if table.lines:
            yield table


def _plans(section: str, report: Report, numbers: dict[str, int]) -> Table:
    names = {"implied_plan": "plan"}
    found: dict[tuple[str, str, str], dict[str, Row]] = {}
    for row in report.rows:
        if row.basis in PLAN_BASES and row.indicator in (
            "plan",
            "implied_plan",
            "attainment",
            "left",
            "ahead",
        ):
            # the plan of a year stands beside a window of that year; the plan of a date only beside that date
            window = report.period if row.period == report.period[:4] else row.period
            found.setdefault((row.metric, row.basis, window), {}).setdefault(
                names.get(row.indicator, row.indicator), row
            )
    actuals = {(row.metric, row.period): row for row in report.rows if row.indicator == "actual"}
    wanted = ("plan", "attainment", "left", "ahead")
    lines: list[tuple[str, str, list[Row | None]]] = []
    for (metric, basis, window), rows in found.items():
        note = people.basis(basis) + (f" ({people.period(window)})" if window != report.period else "")
        lines.append((people.metric(metric), note, [actuals.get((metric, window)), *map(rows.get, wanted)]))
    first = next((metric for metric, _basis, _window in found), "")
    heads = tuple(_(indicator_label(name, first)) for name in ("actual", *wanted))
    return _table(
        f"{section}-plans", _("Against every plan"), (_("Metric, plan"), *heads), lines, report, numbers
    )


def _changes(section: str, report: Report, numbers: dict[str, int]) -> Table:
    lines: list[tuple[str, str, list[Row | None]]] = []
    actuals = {(row.metric, row.period): row for row in report.rows if row.indicator == "actual"}
    earlier = {(row.metric, int(row.period[:4])): row for row in report.rows if row.indicator in EARLIER}
    for row in report.rows:
        if row.indicator in CHANGES and not row.basis.endswith("_plan"):
            actual = actuals.get((row.metric, row.period))
            before = earlier.get((row.metric, int(row.period[:4]) - 1))
            note = people.label(row, report.period)
            lines.append((people.metric(row.metric), note, [actual, row, before]))
    heads = (_("Actual"), _("Growth, index or multiple"), _("Earlier level"))
    return _table(
        f"{section}-changes", _("Against earlier"), (_("Metric, change"), *heads), lines, report, numbers
    )


def _years(section: str, report: Report, numbers: dict[str, int]) -> Iterator[Table]:
    years = report.period.split()
    lines: list[tuple[str, str, list[Row | None]]] = []
    for line in compared.lines(report):
        kind = next((each for each in CHANGES if line.changes.get(each)), "growth")
        changes = line.changes.get(kind, {})
        changes = {
            year: row for year, row in changes.items() if row.basis[:1].isalpha() or row.basis in years
        }
        if len(line.levels) > 1 or changes:
            cells = [*(line.levels.get(year) for year in years), *(changes.get(year) for year in years[1:])]
            note = _(indicator_label(kind, "")) if changes and kind != "growth" else ""
            lines.append((line.label, note, cells))
    heads = [*years, *(_("Growth, index or multiple {year}").format(year=year) for year in years[1:])]
    if lines:
        yield _table(f"{section}-years", _("Year by year"), (_("Metric"), *heads), lines, report, numbers)


def _table(
    table_id: str, caption: str, heads: tuple[str, ...], lines: list[tuple[str, str, list[Row | None]]],
    report: Report, numbers: dict[str, int],
) -> Table:  # fmt: skip
    used = [place for place in range(len(heads) - 1) if any(cells[place] for _name, _note, cells in lines)]
    columns = []
    for place in used:
        units = {row.unit for _name, _note, cells in lines if (row := cells[place]) is not None}
        unit = _(people.UNITS.get(next(iter(units)), next(iter(units)))) if len(units) == 1 else ""
        columns.append((f"{heads[place + 1]} ({unit})" if unit else heads[place + 1], bool(unit)))
    made = []
    for name, note, cells in lines:
        shown: list[Cell | str | None] = []
        for place, (_head, shared) in zip(used, columns, strict=True):
            row = cells[place]
            found = cell(row, report, numbers) if row else None
            shown.append(_brief(found, unit=not shared) if found else None)
        made.append(Line(name, tuple(shown), note))
    return Table(table_id, caption, heads[0], tuple(head for head, _shared in columns), tuple(made))


def _brief(shown: Cell, *, unit: bool) -> Cell:
    """Return a cell for a table to read: a printed figure without the bounds its digits give anyway."""
    from dataclasses import replace

    bounds = "" if shown.row.how == "published" else shown.bounds
    return replace(shown, unit=shown.unit if unit else "", bounds=bounds)
