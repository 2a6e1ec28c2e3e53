"""The wide table of a report → observations, in the form people have it.

Totals are rows like any other and nothing is summed. Three states stay apart: a blank cell was not printed,
`-` says there was nothing to report, `0` is a figure. Percent columns never inherit the unit of the table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sonla_cli.catalogue.headings import PERCENTAGES
from sonla_cli.catalogue.labels import HEADINGS, metric_of
from sonla_cli.catalogue.metrics import EXPENDITURE, METRICS, REVENUE
from sonla_cli.core import numeral
from sonla_cli.core.problem import Code, letters
from sonla_cli.core.spelling import clean, key
from sonla_cli.models.observation import Observation
from sonla_cli.sources import checking, phrases
from sonla_cli.sources.checking import Fault
from sonla_cli.sources.inspection import Inspection, RowTaken
from sonla_cli.sources.mapping import IGNORE, Mapping
from sonla_cli.sources.report_context import Table, body, period_of, understand
from sonla_cli.sources.report_header import Column, find
from sonla_cli.sources.sheet import Broken, Cell, Digits, Found, Percent, Row, Sheet

#: rows of a report; longer tables are tidy ones or no reports
_LONGEST = 20_000
NIL = ("-", "–", "—")
_NOT_YET = ("…", "...")
_GLUED = re.compile(
    r"(?P<marker>\d+(?:\.\d+)+[.)]?|(?:[IVX]+|[A-ZĐ]|\d+|[a-zđ])[.)/](?!\d)|[-+*–•])\s*(?=\S)"
)
#: below this every number of a percent column would be a fraction of a plan
_FRACTION = 5


def read(
    sheet: Sheet, mapping: Mapping, found: Found, source: str
) -> tuple[list[Observation], Inspection] | None:
    """Return the observations of a report table and what it was taken for; `None` if it is none."""
    grid: list[Row] = []
    for row in sheet.rows():
        grid.append(row)
        if len(grid) > _LONGEST:
            return None
    head = find(grid, sheet.merged, mapping)
    if head is None or not any(column.is_data for column in head.columns):
        return None
    table = Table(sheet, grid, head, mapping, found, source)
    inspection = Inspection(file=sheet.file, sheet=sheet.name or "", kind="report")
    understand(table, inspection)
    observations = _rows(table, inspection)
    inspection.observations = len(observations)
    return observations, inspection


def _rows(table: Table, inspection: Inspection) -> list[Observation]:
    observations: list[Observation] = []
    head = table.head
    label, outline, areas_ = head.column("label"), head.column("outline"), head.column("area")
    data = [column for column in head.columns if column.is_data]
    _check_percent_columns(table, data)
    open_periods: set[int] = set()
    for line, cells in body(table):
        named = _at(cells, label or areas_)
        marker = _at(cells, outline)
        if not named and len(marker) > 8:
            marker, named = "", marker  # a label that reaches over the column of markers
        glued = _GLUED.match(named)
        if glued and not marker:
            marker, named = glued["marker"], named[glued.end() :]
        filled = [column for column in data if column.place < len(cells) and cells[column.place] != ""]
        taken = RowTaken(line=line, marker=marker, label=named)
        inspection.rows.append(taken)
        metric, area = _subject(table, taken, is_area=label is None)
        if not filled:
            inspection.blank += len(data) if metric else 0
            taken.kind, taken.taken_for = ("heading" if metric or key(named) in HEADINGS else "text"), metric
            continue
        if metric == IGNORE:
            taken.kind = "ignored"
            continue
        if not metric or not area:
            taken.kind = "not understood"
            table.warning(
                Code.NOT_UNDERSTOOD_ROW, line, None, f"{marker} {named}".strip(), name=named or marker
            )
            continue
        taken.taken_for = metric if label else f"{metric} @ {area}"
        subject = (area, metric)
        if subject in table.seen:
            table.problem(Code.DUPLICATE_ROW, line, None, named, name=metric, line=str(table.seen[subject]))
            continue
        table.seen[subject] = line
        for column in data:
            cell = cells[column.place] if column.place < len(cells) else ""
            made = _figure(
                table,
                inspection,
                column,
                cell,
                line,
                metric,
                area,
                _at(cells, head.column("unit")),
                open_periods,
            )
            if made is not None:
                observations.append(made)
    return observations


def _at(cells: Sequence[Cell], column: Column | None) -> str:
    if column is None or column.place >= len(cells):
        return ""
    cell = cells[column.place]
    return clean(" ".join(cell.split())) if isinstance(cell, str) else ""


def _subject(table: Table, taken: RowTaken, *, is_area: bool) -> tuple[str, str]:
    """Return the metric and the area of a row, empty where they are not known."""
    from sonla_cli.catalogue import areas

    said = table.mapping.rows.get(key(f"{taken.marker} {taken.label}")) or table.mapping.rows.get(
        key(taken.label)
    )
    if is_area:
        area = areas.find(taken.label)
        return said or table.mapping.metric, area.name if area else ""
    if said == IGNORE:
        return IGNORE, table.context.area
    # a table without an area is an error already told; its rows are read on for their own problems
    return said or metric_of(taken.label) or "", table.context.area or "?"


def _figure(
    table: Table, inspection: Inspection, column: Column, cell: Cell, line: int, metric: str, area: str, row_unit: str,
    open_periods: set[int],
) -> Observation | None:  # fmt: skip
    """Return the observation of one cell, or `None` for a state that is none or a problem, which is kept."""
    meaning = column.meaning
    text = cell.strip() if isinstance(cell, str) else cell
    if meaning is None or text == "" or text in _NOT_YET:
        inspection.blank += 1
        return None
    if text in NIL:
        inspection.nil += 1
        return None
    where = (line, column.place + 1)
    is_percent = meaning.role in PERCENTAGES
    value = checking.digits(cell, table.context.mark, percent=is_percent)
    if isinstance(value, Fault):
        excerpt = "" if isinstance(cell, Broken) else cell
        table.problem(value.code, *where, excerpt, **value.values)
        return None
    if (
        is_percent
        and table.mapping.percent == "fraction"
        and not table.sheet.formats_known
        and isinstance(cell, Digits)
    ):
        value = numeral.plain(value, shift=2) or value
    inspection.zero += not value.strip("-0.")
    unit = "%" if is_percent else _unit_of(table, column, metric, row_unit)
    if not unit:
        table.problem(Code.NO_UNIT, *where, cell, name=metric)
        return None
    basis = meaning.basis
    if basis == "prime_minister" and METRICS[metric].group in (REVENUE, EXPENDITURE):
        basis = "central"  # the Prime Minister assigns the estimate: it is the centre's (Decree 163/2016, Article 22)
    fault = checking.misfit(metric, meaning.role, basis, unit)
    if fault is None and checking.negative(metric, meaning.role, value):
        fault = Fault(Code.NEGATIVE, {"value": value, "measure": meaning.role, "metric": metric})
    if fault is not None:
        table.problem(fault.code, *where, cell, **fault.values)
        return None
    period = period_of(table, column, metric)
    if not period:
        if column.place not in open_periods:
            open_periods.add(column.place)
            named = table.context.window or next(iter(column.windows), None)
            code = Code.AMBIGUOUS_PERIOD if named and named.kind != "year" else Code.NO_PERIOD
            table.problem(
                code, table.grid[table.head.first][0], column.place + 1, column.text, name=column.text
            )
        return None
    at = f"{letters(column.place + 1)}{line}"
    return Observation.model_construct(
        area=area, metric=metric, measure=meaning.role, basis=basis, period=period, value=value,
        unit=unit, hedge="", status=(table.mapping.status or meaning.status) if meaning.role == "actual" else "",
        source=table.source, note=f"{table.sheet.name}!{at}" if table.sheet.name else at, boundaries="", entity="",
    )  # fmt: skip


def _unit_of(table: Table, column: Column, metric: str, row_unit: str) -> str:
    """Return the unit of a figure of money or number; a table's unit of money is not one of projects."""
    own = METRICS[metric].unit
    printed = phrases.unit_of(row_unit) if row_unit else None
    if printed:
        return printed
    if own.is_count:
        return own.name
    if own.dimension == "VND":
        return column.unit or table.context.unit
    return ""


def _check_percent_columns(table: Table, data: Sequence[Column]) -> None:
    """Name percent columns of fractions where the format of cells is not known, as in XLS."""
    if table.sheet.formats_known or table.mapping.percent:
        return
    for column in data:
        if column.meaning and column.meaning.role in PERCENTAGES:
            numbers = [
                cells[column.place] for _, cells in body(table)
                if column.place < len(cells) and isinstance(cells[column.place], Digits) and not isinstance(cells[column.place], Percent)
            ]  # fmt: skip
            if numbers and all(abs(float(str(each))) <= _FRACTION for each in numbers):
                table.problem(
                    Code.PERCENT_UNKNOWN,
                    table.grid[table.head.first][0],
                    column.place + 1,
                    column.text,
                    name=column.text,
                )
