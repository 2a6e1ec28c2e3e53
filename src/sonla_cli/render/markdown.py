"""Markdown for documents: one table per metric, in the language in use, with notes and sources."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sonla_cli.language import _
from sonla_cli.models.report import Report, Row
from sonla_cli.render import matrix, people
from sonla_cli.render import notes as under
from sonla_cli.render.problems import printable

#: a line that is an item of a numbered list already
NUMBERED = re.compile(r"\d+\. ")

_ESCAPED = str.maketrans({each: f"\\{each}" for each in "\\|`*_<>[]"})


def render(report: Report, *, ids: bool = False, notes: bool = True, **_settings: Any) -> str:
    """Return the report as Markdown."""
    if report.command in ("check", "pefa"):
        return _findings(report, notes=notes)
    title = under.title(report) if report.rows or report.problems else _("Definitions")
    lines = [f"# {escape(title)}"]
    grid = None if ids else matrix.across(report)
    if grid:
        across = ["", *_grid(grid)]
        down = _by_metric(grid.rest, ids=ids)
        lines += [*down, *across] if grid.rest_first else [*across, *down]
        lines += ["", escape(under.legend(report))]
    else:
        lines += _by_metric(report, ids=ids)
    lines += _explained(report)
    if notes:
        lines += [*_list(_("Notes"), under.notes(report)), *_list(_("Sources"), under.citations(report))]
    return "\n".join(lines) + "\n"


def _grid(grid: matrix.Grid) -> Iterable[str]:
    yield _line(map(escape, grid.heads))
    yield _line("---" if place == grid.text_column else "---:" for place in range(len(grid.heads)))
    for line in grid.lines:
        if len(line) == 1:
            heading = f"**{escape(line[0])}**"
            yield _line(heading if place == grid.text_column else "" for place in range(len(grid.heads)))
        else:
            yield _line(escape(cell.strip()) for cell in line)


def _by_metric(report: Report, *, ids: bool) -> list[str]:
    lines: list[str] = []
    by_metric: dict[str, list[Row]] = {}
    for row in report.rows:
        by_metric.setdefault(row.metric, []).append(row)
    for metric, rows in by_metric.items():
        period = people.usual_period(report, metric)
        name = people.metric(metric)
        heading = name if period == report.period else f"{name} ({people.period(period)})"
        lines += ["", f"## {escape(heading)}", "", *_table(rows, period, ids=ids)]
    return lines


def _explained(report: Report) -> Iterable[str]:
    from sonla_cli.render import explained

    if report.steps:
        heading = _("How the bounds came about")
        yield from ("", f"## {heading}", "")
        yield from (f"{place}. {escape(explained.step(each))}" for place, each in enumerate(report.steps, 1))
    for definition in report.definitions:
        for word in explained.words(definition):
            yield from ("", f"## {_code(word.id)}: {escape(_(word.label))}", "")
            yield from (f"- {escape(name)}: {escape(line)}" for name, line in explained.lines(word))


def _findings(report: Report, *, notes: bool) -> str:
    from sonla_cli.models.findings import Findings
    from sonla_cli.render import checked, scored

    lines = [f"# sonla {report.command}", ""]
    if isinstance(report, Findings):
        said = scored.lines if report.command == "pefa" else checked.lines
        for indent, is_heading, line in said(report, notes=notes):
            text = escape(line.removeprefix("? "))
            mark = "" if NUMBERED.match(line) else "- "
            lines.append(
                f"\n**{text}**\n" if is_heading else f"{'  ' * (indent - 1)}{mark}{text}" if line else ""
            )
    return "\n".join(lines) + "\n"


def _table(rows: Iterable[Row], period: str, *, ids: bool) -> Iterable[str]:
    heads = [_("Indicator"), _("Value"), _("Unit"), _("Between"), _("How"), *([_("Id")] if ids else [])]
    yield _line(heads)
    yield _line(["---", "---:", "---", "---:", "---", *(["---"] if ids else [])])
    for row in rows:
        how = _(people.HOW[row.how]) + (f", {_(people.STATUS[row.status])}" if row.status else "")
        cells = [people.label(row, period), people.marked(row), people.unit(row), people.bounds(row), how]
        yield _line([*map(escape, cells), *([_code(row.id)] if ids else [])])


def _code(text: str) -> str:
    """Return an id as code, or escaped where it could leave the code."""
    return escape(text) if "`" in text or "|" in text or not text.isprintable() else f"`{text}`"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _list(heading: str, lines: Iterable[str]) -> list[str]:
    found = [f"- {escape(line)}" for line in lines]
    return ["", f"## {heading}", "", *found] if found else []


def escape(text: str) -> str:
    """Return `text` so that Markdown shows it as it is."""
    return printable(text.replace("\n", " ")).translate(_ESCAPED)
