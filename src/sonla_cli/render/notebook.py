"""A report in a notebook: one value that shows itself as HTML, Markdown, text or JSON, whichever is asked for.

Everything a source wrote is escaped; nothing is made before a notebook asks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from html import escape
from typing import Any, overload

from sonla_cli import language
from sonla_cli.language import _
from sonla_cli.models.observation import Dataset
from sonla_cli.models.report import Report, Row
from sonla_cli.render import matrix, people
from sonla_cli.render import notes as under
from sonla_cli.render.problems import printable


class Shown:
    """A report as a notebook shows it, in one language."""

    def __init__(self, report: Report, lang: str) -> None:
        self.report = report
        self.lang = lang

    def __repr__(self) -> str:
        return self._text()

    def _repr_html_(self) -> str:
        self._speak()
        if self.report.command in ("check", "pefa"):
            return f"<pre>{escape(self._text())}</pre>"
        return "".join(_html(self.report))

    def _repr_markdown_(self) -> str:
        from sonla_cli.render import markdown

        self._speak()
        return markdown.render(self.report)

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, Any]:
        makers = {
            "text/plain": self._text,
            "text/html": self._repr_html_,
            "text/markdown": self._repr_markdown_,
            "application/json": self._json,
        }
        wanted = set(include or makers) - set(exclude or ())
        return {kind: make() for kind, make in makers.items() if kind in wanted}

    def _text(self) -> str:
        from sonla_cli.render import table

        self._speak()
        return table.render(self.report, color="never").rstrip("\n")

    def _json(self) -> Any:
        import json as standard

        from sonla_cli.render import json

        return standard.loads(json.render(self.report))

    def _speak(self) -> None:
        language.use(self.lang)


#: the observations a notebook shows of a dataset, and their columns
FIRST, FIELDS = (
    10,
    ("area", "metric", "measure", "basis", "period", "value", "unit", "hedge", "status", "source"),
)


class ShownData:
    """A dataset as a notebook shows it, in one language: how much there is, of whom and when, and the first rows."""

    def __init__(self, data: Dataset, lang: str) -> None:
        self.data = data
        self.lang = lang

    def __repr__(self) -> str:
        return repr(self.data)

    def _repr_html_(self) -> str:
        language.use(self.lang)
        return "".join(_data(self.data))


def _data(data: Dataset) -> Iterator[str]:
    found = data.observations
    years = sorted({each.period[:4] for each in found})
    facts = (
        (_("Observations"), people.number(Decimal(len(found)))),
        (_("Sources"), people.number(Decimal(len(data.sources)))),
        (_("Areas"), people.number(Decimal(len({each.area for each in found})))),
        (_("Years"), f"{years[0]}–{years[-1]}" if years else "–"),
    )
    yield from table(("", ""), facts, numbers=(1,))
    first = ([str(getattr(each, name)) for name in FIELDS] for each in found[:FIRST])
    yield from table(FIELDS, first, numbers=(FIELDS.index("value"),))
    if len(found) > FIRST:
        more = _("the first {count} rows").format(count=FIRST)
        yield f"<p>{_shown(more)}</p>"


@overload
def show(found: Report, lang: str = "en") -> Shown: ...
@overload
def show(found: Dataset, lang: str = "en") -> ShownData: ...
def show(found: Report | Dataset, lang: str = "en") -> Shown | ShownData:
    """Return a report, or data, as a value that a notebook shows as tables, in English (`en`) or Vietnamese (`vi`)."""
    if lang not in language.LANGUAGES:
        raise ValueError(f"no language {lang!r}: {', '.join(language.LANGUAGES)}")
    return Shown(found, lang) if isinstance(found, Report) else ShownData(found, lang)


def _html(report: Report) -> Iterator[str]:
    yield f"<h3>{_shown(under.title(report))}</h3>"
    grid = matrix.across(report)
    parts = [_by_metric(report if grid is None else grid.rest, report)]
    if grid:
        parts.insert(1 if grid.rest_first else 0, _grid(grid))
    for part in parts:
        yield from part
    if report.rows:
        yield f"<p>{_shown(under.legend(report))}</p>"
    yield from _list(_("Notes"), under.notes(report))
    yield from _list(_("Sources"), under.citations(report))


def _by_metric(rest: Report, report: Report) -> Iterator[str]:
    by_metric: dict[str, list[Row]] = {}
    for row in rest.rows:
        by_metric.setdefault(row.metric, []).append(row)
    for metric, rows in by_metric.items():
        yield f"<h4>{_shown(people.metric(metric))}</h4>"
        yield from _rows(rows, people.usual_period(report, metric))


def _rows(rows: Iterable[Row], period: str) -> Iterator[str]:
    heads = (_("Indicator"), _("Value"), _("Unit"), _("Between"), _("How"))
    lines = (
        (
            people.label(row, period),
            people.marked(row),
            people.unit(row),
            people.bounds(row),
            _(people.HOW[row.how]),
        )
        for row in rows
    )
    yield from table(heads, lines, numbers=(1, 3))


def _grid(grid: matrix.Grid) -> Iterator[str]:
    numbers = [place for place in range(len(grid.heads)) if place != grid.text_column]
    empty = ("",) * (len(grid.heads) - 1)
    lines = (
        line if len(line) > 1 else (*empty[: grid.text_column], *line, *empty[grid.text_column :])
        for line in grid.lines
    )
    yield from table(grid.heads, lines, numbers)


def table(
    heads: Sequence[str], lines: Iterable[Sequence[str]], numbers: Collection[int] = ()
) -> Iterator[str]:
    """Yield a table of texts; the columns that hold numbers are set to the right, the others to the left."""
    sides = ["right" if place in numbers else "left" for place in range(len(heads))]
    yield f"<table><thead><tr>{_cells('th', heads, sides)}</tr></thead><tbody>"
    for line in lines:
        yield f"<tr>{_cells('td', line, sides)}</tr>"
    yield "</tbody></table>"


def _cells(tag: str, texts: Iterable[str], sides: Sequence[str]) -> str:
    pairs = zip(texts, sides, strict=True)
    return "".join(f'<{tag} style="text-align: {side}">{_shown(text)}</{tag}>' for text, side in pairs)


def _list(heading: str, lines: Iterable[str]) -> Iterator[str]:
    items = "".join(f"<li>{_shown(line)}</li>" for line in lines)
    if items:
        yield f"<h4>{_shown(heading)}</h4><ul>{items}</ul>"


def _shown(text: str) -> str:
    return escape(printable(text))
