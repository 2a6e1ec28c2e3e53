"""The table people see on a terminal: narrow, wide, with or without colour; nothing rests on colour alone.

A number is never broken: where the terminal is narrow its bounds go to a line of their own, and where it is
wide verdicts, formulas, sources or ids come beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sonla_cli.catalogue.bases import PLAN_BASES
from sonla_cli.language import _
from sonla_cli.models.report import Report, Row
from sonla_cli.render import compared, explained, matrix, people, terminal
from sonla_cli.render import notes as under
from sonla_cli.render.hanging import Hanging
from sonla_cli.render.problems import printable

WIDE, WIDEST = 92, 150
#: below this, amounts go under their names
STACKED = 56
BAR = 8
STYLES = {"published": "bold", "computed": "", "implied": "italic cyan", "assumed": "bold cyan"}


def render(
    report: Report,
    *,
    ids: bool = False,
    color: str = "auto",
    notes: bool = True,
    to_file: bool = False,
    **_settings: Any,
) -> str:
    """Return the report as text for a terminal."""
    console = terminal.console(color, to_file=to_file)
    if report.command in ("check", "pefa"):
        _print_findings(console, report, notes=notes)
    elif report.rows:
        console.print(Text(under.title(report), style="bold"))
        _print_rows(console, report, ids=ids)
        console.print(under.legend(report), style="dim")
    explained.show(console, report)
    if notes and report.command not in ("check", "pefa"):
        _print_notes(console, report)
    return terminal.text(console)


def _print_rows(console: Console, report: Report, *, ids: bool) -> None:
    """Print the rows across where that reads better and fits, else down."""
    for grid in () if ids else matrix.grids(report):
        table = _grid(grid)
        if terminal.fits(console, table):
            parts = [table, *([_layout(console, grid.rest, ids=ids)] if grid.rest.rows else [])]
            for part in reversed(parts) if grid.rest_first else parts:
                console.print(part)
            return
    console.print(_layout(console, report, ids=ids))


def _grid(grid: matrix.Grid) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for place, head in enumerate(grid.heads):
        is_text = place == grid.text_column
        table.add_column(
            head,
            justify="left" if is_text else "right",
            no_wrap=not is_text,
            overflow="fold",
            min_width=24 if is_text else None,
        )
    for line in grid.lines:
        if len(line) == 1:
            table.add_row(*[Text("")] * grid.text_column, Text(line[0], style="bold"))
        else:
            table.add_row(*map(_indented, line))
    return table


def _indented(cell: str) -> RenderableType:
    """Return a cell whose further lines are as far in as its first."""
    text = cell.lstrip(" ")
    return Hanging(" " * (len(cell) - len(text)), Text(text)) if text != cell else Text(cell)


def _layout(console: Console, report: Report, *, ids: bool) -> Table:
    """Return the fullest layout that fits the terminal without breaking a number."""
    if report.command == "compare" and not ids and all(each.isdecimal() for each in report.period.split()):
        candidates = compared.tables(report)
    else:
        candidates = _wides(report, console.width, ids=ids)
    for table in candidates if console.width >= WIDE else ():
        if terminal.fits(console, table):
            return table
    return _narrow(report, console.width, ids=ids)


def _wides(report: Report, width: int, *, ids: bool) -> Iterator[Table]:
    if width >= WIDEST:
        yield _wide(report, widest=True, ids=ids)
    yield _wide(report, widest=False, ids=ids)
    yield _wide(report, widest=False, ids=ids, bars=False)


def _groups(report: Report) -> Iterable[tuple[str, str, list[Row]]]:
    """Yield (metric, basis, rows): what belongs to no plan first, then one plan after the other."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in report.rows:
        groups.setdefault((row.metric, ""), [])
        groups.setdefault((row.metric, _plan(row)), []).append(row)
    order = list(dict.fromkeys(metric for metric, _basis in groups))
    for (metric, basis), rows in sorted(groups.items(), key=lambda item: order.index(item[0][0])):
        yield metric, basis, rows


def _value(row: Row) -> Text:
    text = Text(no_wrap=True)
    if row.status:
        text.append(f"{people.mark(row)} ", style="dim")
    return text.append(people.value(row), style=STYLES[row.how])


def _label(row: Row, report: Report) -> Hanging:
    plan = _plan(row)
    indent = "    " if plan else "  "
    shown = row.model_copy(update={"basis": row.basis.removeprefix(plan).removeprefix("/")}) if plan else row
    label = people.label(shown, people.usual_period(report, row.metric))
    return Hanging(f"{indent}{people.MARKS[row.how]} ", Text(label))


def _plan(row: Row) -> str:
    """Return the plan a row stands under: its basis, or the first part of `total/2025-06-20`."""
    first, _slash, rest = row.basis.partition("/")
    return first if first in PLAN_BASES and (not rest or rest[:1].isdigit()) else ""


def _heading(report: Report, metric: str, basis: str) -> Text:
    if basis:
        return Text(f"  {people.basis(basis)}", style="italic")
    period = people.usual_period(report, metric)
    name = people.metric(metric)
    return Text(name if period == report.period else f"{name} ({people.period(period)})", style="bold")


def bar(row: Row, width: int = BAR) -> str:
    """Return a bar for an attainment, full at 100 %, with an arrow beyond; empty for other rows."""
    if row.indicator not in ("attainment", "allocation_rate", "elapsed") or row.unit != "%":
        return ""
    middle = row.value if row.value is not None else row.low
    if middle is None:
        return ""
    filled = max(0, min(width, round(float(middle) / 100 * width)))
    return "█" * filled + "░" * (width - filled) + ("▶" if middle > 100 else "")


def _narrow(report: Report, width: int, *, ids: bool) -> Table:
    """Return names with their amounts beside them, or below where there is no room beside."""
    stacked = width < STACKED
    table = Table(box=None, show_header=False, padding=(0, 1, 0, 0), expand=True)
    table.add_column(ratio=1, overflow="fold")
    if not stacked:
        table.add_column(justify="right", no_wrap=True)

    def add(left: RenderableType, right: Text | None = None) -> None:
        right = right or Text()
        if not stacked:
            table.add_row(left, right)
            return
        if left:
            table.add_row(left)
        if right:
            right.justify = "right"
            table.add_row(right)

    table.add_row()
    for metric, basis, rows in _groups(report):
        add(_heading(report, metric, basis))
        for row in rows:
            amount = (
                Text(no_wrap=True)
                .append_text(_value(row))
                .append(people.with_unit("", people.unit(row), " "))
            )
            add(_label(row, report), amount)
            below = Text(people.bounds(row), style="dim", no_wrap=True)
            drawn = bar(row)
            if below or drawn:
                add(Text(f"    {drawn}" if drawn else "", no_wrap=True), below)
            if ids:
                add(Text(f"    {printable(row.id)}", style="dim"))
    table.add_row()
    return table


def _wide(report: Report, *, widest: bool, ids: bool, bars: bool = True) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    table.add_column(_("Indicator"), overflow="fold", min_width=32, max_width=60)
    table.add_column(_("Value"), justify="right", no_wrap=True)
    table.add_column(_("Unit"), no_wrap=True)
    table.add_column(_("Between"), justify="right", no_wrap=True)
    if bars:
        table.add_column("", no_wrap=True)
    verdicts = widest and any(row.verdict != "cannot tell" for row in report.rows)
    if verdicts:
        table.add_column(_("Verdict"), no_wrap=True)
    if widest:
        table.add_column(_("Formula"), overflow="fold")
    if widest or ids:
        table.add_column(_("Id") if ids else _("Sources"), overflow="fold")
    for metric, basis, rows in _groups(report):
        table.add_row(_heading(report, metric, basis))
        for row in rows:
            table.add_row(*_wide_cells(row, report, widest=widest, verdicts=verdicts, ids=ids, bars=bars))
    return table


def _wide_cells(
    row: Row, report: Report, *, widest: bool, verdicts: bool, ids: bool, bars: bool
) -> list[Text | Hanging]:
    cells: list[Text | Hanging] = [
        _label(row, report),
        _value(row),
        Text(people.unit(row)),
        Text(people.bounds(row), style="dim"),
    ]
    if bars:
        cells.append(Text(bar(row)))
    if verdicts:
        cells.append(Text("" if row.verdict == "cannot tell" else _(people.VERDICTS[row.verdict])))
    if widest:
        cells.append(Text(people.formula(row.indicator) if row.formula else "", style="dim"))
    if widest or ids:
        cells.append(Text(printable(row.id if ids else ", ".join(row.sources)), style="dim"))
    return cells


def _print_findings(console: Console, report: Report, *, notes: bool) -> None:

    from sonla_cli.models.findings import Findings
    from sonla_cli.render import checked, scored

    if isinstance(report, Findings):
        said = scored.lines if report.command == "pefa" else checked.lines
        for indent, is_heading, line in said(report, notes=notes):
            console.print(Padding(Text(line, style="bold" if is_heading else ""), (0, 0, 0, 2 * indent)))


def _print_notes(console: Console, report: Report) -> None:
    shown = list(under.notes(report))
    if shown:
        console.print()
        for line in shown:
            console.print(Hanging("! ", Text(line, style="yellow")))
    if report.sources:
        console.print()
        console.print(Text(_("Sources"), style="bold"))
        for line in under.citations(report):
            console.print(Text(line, style="dim"))
