"""The wide table of a report → observations, in the form people have it.

Totals are rows like any other and nothing is summed. Three states stay apart: a blank cell was not printed,
`-` says there was nothing to report, `0` is a figure. Percent columns never inherit the unit of the table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sonla_cli.catalogue import forms
from sonla_cli.catalogue.headings import PERCENTAGES
from sonla_cli.catalogue.labels import HEADINGS, metric_of
from sonla_cli.catalogue.metrics import EXPENDITURE, METRICS, REVENUE
from sonla_cli.core import numeral
from sonla_cli.core import period as periods
from sonla_cli.core.numeral import Mark
from sonla_cli.core.problem import Code, Problem, Severity, letters
from sonla_cli.core.spelling import clean, key
from sonla_cli.models.observation import Observation
from sonla_cli.sources import phrases, tidy
from sonla_cli.sources.inspection import ColumnTaken, Inspection, RowTaken
from sonla_cli.sources.mapping import IGNORE, Mapping
from sonla_cli.sources.phrases import Window
from sonla_cli.sources.report_header import Column, Head, find
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


@dataclass(slots=True)
class Context:
    """What holds for a whole table."""

    area: str = ""
    year: int | None = None
    window: Window | None = None
    period: str = ""
    #: the period that a mapping or an option names
    settled: str = ""
    unit: str = ""
    mark: Mark | None = None
    form: forms.Form | None = None


@dataclass(slots=True)
class Table:
    """A report table being read."""

    sheet: Sheet
    grid: list[Row]
    head: Head
    mapping: Mapping
    found: Found
    source: str
    context: Context = field(default_factory=Context)
    seen: dict[tuple[str, str], int] = field(default_factory=dict)

    def problem(
        self,
        code: Code,
        line: int | None = None,
        column: int | None = None,
        excerpt: object = None,
        /,
        **values: str,
    ) -> None:
        """Keep an error at a place of the table."""
        self.found.add(Problem(code, place=self.sheet.place(line, column, excerpt), values=values))

    def warning(
        self,
        code: Code,
        line: int | None = None,
        column: int | None = None,
        excerpt: object = None,
        /,
        **values: str,
    ) -> None:
        """Keep a warning at a place of the table."""
        self.found.add(Problem(code, Severity.WARNING, self.sheet.place(line, column, excerpt), values))


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
    _understand(table, inspection)
    observations = _rows(table, inspection)
    inspection.observations = len(observations)
    return observations, inspection


def _understand(table: Table, inspection: Inspection) -> None:
    """Settle what the title block and the headings say about the whole table, and what they leave open."""
    context, mapping, head = table.context, table.mapping, table.head
    title = [text for _, text in head.title]
    named = [window for text in title for window in phrases.windows(key(text))[0]]
    years = {window.year for window in named if window.year} or {
        window.year
        for column in head.columns
        for window in column.windows
        if window.year and window.kind != "earlier" and column.meaning and column.meaning.role == "plan"
    }
    context.year = (
        periods.parse(mapping.period).year
        if mapping.period
        else (next(iter(years)) if len(years) == 1 else None)
    )
    context.window = next(
        (each for kind in ("date", "months", "quarter", "month") for each in named if each.kind == kind), None
    )
    context.settled = mapping.period
    context.period = mapping.period or _title_period(context)
    context.area = mapping.area or _area(title)
    _unit(table)
    _form(table, title)
    context.mark = _convention(table)
    if not context.area and head.column("area") is None:
        table.problem(Code.NO_AREA)
    for column in head.columns:
        if column.meaning is None:
            table.warning(
                Code.NOT_UNDERSTOOD_COLUMN, table.grid[head.first][0], column.place + 1, name=column.text
            )
    inspection.title = max(title, key=len, default="")
    inspection.form = f"{context.form.number} ({context.form.reference.id})" if context.form else ""
    inspection.area, inspection.period, inspection.unit = context.area, context.period, context.unit
    inspection.decimal = context.mark or ""
    inspection.header_lines = tuple(line for line, _ in table.grid[head.first : head.body])
    inspection.columns = [
        ColumnTaken(
            column=letters(column.place + 1), heading=column.text, taken_for=column.taken_for,
            period=_period(table, column, "") if column.is_data else "",
            unit="%" if column.meaning and column.meaning.role in PERCENTAGES else column.unit,
        )
        for column in head.columns
    ]  # fmt: skip


def _title_period(context: Context) -> str:
    window, year = context.window, context.year
    if window is None or year is None:
        return str(year) if year and window is None else ""
    if window.kind == "months":
        return phrases.months(window.number, year)
    if window.kind == "date" and window.end:
        return window.end.isoformat() if window.end.year == year else f"{year}@{window.end.isoformat()}"
    # a first quarter is the year so far; later quarters and months may be flows or cumulative
    return phrases.months(3, year) if window.kind == "quarter" and window.number == 1 else ""


def _area(title: Sequence[str]) -> str:
    named = set().union(*(phrases.areas_in(text) for text in title)) if title else set()
    return named.pop() if len(named) == 1 else ""


def _unit(table: Table) -> None:
    table.context.unit = table.mapping.unit
    if table.mapping.unit:
        return
    label = table.grid[table.head.first][0]
    for line, text in table.head.title:
        found = phrases.unit_line(text)
        if found is not None and line <= label:
            table.context.unit = found.unit or ""
            if found.unit is None:
                table.problem(Code.INVALID_UNIT, line, None, text, name=found.printed)


def _form(table: Table, title: Sequence[str]) -> None:
    number = next((found for text in title if (found := phrases.form_number(text))), None)
    if number is None or table.context.year is None:
        return
    form, known = forms.find(number, table.context.year)
    table.context.form = form
    if known and (form is None or not form.is_execution):
        years = ", ".join(f"{each.first_year}–{each.last_year or '…'}" for each in known if each.is_execution)
        say = table.warning if form is None else table.problem
        say(Code.FORM_YEAR, name=number, year=str(table.context.year), years=years)


def _body(table: Table) -> list[Row]:
    return [
        (line, cells) for line, cells in table.grid[table.head.body :] if any(cell != "" for cell in cells)
    ]


def _convention(table: Table) -> Mark | None:
    """Return the decimal mark declared, or proved by the numbers of the table: a sheet has one convention."""
    declared = table.mapping.decimal or table.sheet.declared
    if declared is not None:
        return declared
    places = [column.place for column in table.head.columns if column.is_data]
    cells = [
        (line, place, cells[place])
        for line, cells in _body(table)
        for place in places
        if place < len(cells) and isinstance(cells[place], str) and not isinstance(cells[place], Digits)
    ]
    proved, ambiguous = numeral.proof(str(cell).removesuffix("%").strip() for _, _, cell in cells)
    if len(proved) == 2:
        (line, _, _), (other, column, cell) = (cells[at] for at in sorted(proved.values()))
        table.problem(Code.MIXED_DECIMALS, other, column + 1, cell, line=str(line), value=str(cell))
        return Mark.COMMA
    if not proved:
        for at in ambiguous:
            line, column, cell = cells[at]
            table.problem(Code.AMBIGUOUS_NUMBER, line, column + 1, cell, value=str(cell))
        return Mark.COMMA if ambiguous else None
    return next(iter(proved))


def _period(table: Table, column: Column, metric: str) -> str:
    """Return the period of a column's figures; empty where neither heading nor title tells it."""
    context, meaning = table.context, column.meaning
    if meaning is None or meaning.period:
        return meaning.period if meaning else ""
    named = next((each for each in column.windows if each.kind not in ("year", "earlier")), None)
    year = next(
        (each.year for each in (named, *column.windows) if each and each.year and each.kind != "earlier"),
        None,
    )
    if meaning.role in ("plan", "target"):
        moves = bool(metric) and METRICS[metric].plan_moves
        return (context.period if moves else "") or str(year or context.year or "")
    earlier = next((each.year for each in column.windows if each.kind == "earlier"), None)
    if meaning.role in PERCENTAGES and named is None:
        return _compared(table) or context.period
    period = _named(context, named, year, is_cumulative=column.is_cumulative)
    if meaning.is_year_earlier and period and not (year and context.year and year < context.year):
        period = periods.parse(period).year_earlier.text
    # "cùng kỳ năm 2023" in a report on 2025 is not the year before: the heading contradicts itself
    return "" if earlier and period and periods.parse(period).year != earlier else period


def _named(context: Context, named: Window | None, year: int | None, *, is_cumulative: bool) -> str:
    stands = year or context.year
    if stands is None:
        return ""
    if named is None:
        if (
            is_cumulative
            and context.window
            and context.window.kind in ("month", "quarter")
            and not context.period
        ):
            number = context.window.number * (3 if context.window.kind == "quarter" else 1)
            return phrases.months(number, stands)
        if is_cumulative and context.window is None and not context.settled:
            return ""  # the year so far, and nothing says how far
        return context.period if year in (None, context.year) else str(year)
    if named.kind == "months":
        return phrases.months(named.number, stands)
    if named.kind == "date" and named.end:
        return named.end.isoformat() if named.end.year == stands else f"{stands}@{named.end.isoformat()}"
    if named.kind == "month":
        return phrases.months(named.number, stands) if is_cumulative else f"{stands}-{named.number:02}"
    if is_cumulative or named.number == 1:
        return phrases.months(3 * named.number, stands)
    return context.settled


def _compared(table: Table) -> str:
    """Return the period of the one actual column of this year, which comparisons are about."""
    found = {
        _period(table, column, "")
        for column in table.head.columns
        if column.meaning and column.meaning.role == "actual" and not column.meaning.is_year_earlier
    }
    current = {
        each
        for each in found
        if each and table.context.year is not None and periods.parse(each).year == table.context.year
    }
    return current.pop() if len(current) == 1 else ""


def _rows(table: Table, inspection: Inspection) -> list[Observation]:
    observations: list[Observation] = []
    head = table.head
    label, outline, areas_ = head.column("label"), head.column("outline"), head.column("area")
    data = [column for column in head.columns if column.is_data]
    _check_percent_columns(table, data)
    open_periods: set[int] = set()
    for line, cells in _body(table):
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
    value = tidy.digits(cell, table.context.mark, percent=is_percent)
    if isinstance(value, tidy.Fault):
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
    fault = tidy.misfit(metric, meaning.role, basis, unit)
    if fault is None and tidy.negative(metric, meaning.role, value):
        fault = tidy.Fault(Code.NEGATIVE, {"value": value, "measure": meaning.role, "metric": metric})
    if fault is not None:
        table.problem(fault.code, *where, cell, **fault.values)
        return None
    period = _period(table, column, metric)
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
        set(Observation.model_fields), area=area, metric=metric, measure=meaning.role, basis=basis, period=period, value=value,
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
                cells[column.place] for _, cells in _body(table)
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
