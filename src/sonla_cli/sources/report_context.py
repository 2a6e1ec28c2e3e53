"""What holds for a whole report table: area, unit, form, decimal mark, and the period of each column.

A heading speaks before the title block, a mapping or an option before both. Whatever may be a part of the year
or the year so far is left open until somebody says which.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sonla_cli.catalogue import forms
from sonla_cli.catalogue.headings import PERCENTAGES
from sonla_cli.catalogue.metrics import METRICS
from sonla_cli.core import numeral
from sonla_cli.core import period as periods
from sonla_cli.core.numeral import Mark
from sonla_cli.core.problem import Code, Problem, Severity, letters
from sonla_cli.core.spelling import key
from sonla_cli.sources import phrases
from sonla_cli.sources.inspection import ColumnTaken, Inspection
from sonla_cli.sources.mapping import Mapping
from sonla_cli.sources.phrases import Window
from sonla_cli.sources.report_header import Column, Head
from sonla_cli.sources.sheet import Digits, Found, Row, Sheet


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


def understand(table: Table, inspection: Inspection) -> None:
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
            period=period_of(table, column, "") if column.is_data else "",
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


def body(table: Table) -> list[Row]:
    """Return the rows below the header that hold anything."""
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
        for line, cells in body(table)
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


def period_of(table: Table, column: Column, metric: str) -> str:
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
        period_of(table, column, "")
        for column in table.head.columns
        if column.meaning and column.meaning.role == "actual" and not column.meaning.is_year_earlier
    }
    current = {
        each
        for each in found
        if each and table.context.year is not None and periods.parse(each).year == table.context.year
    }
    return current.pop() if len(current) == 1 else ""
