"""A report in a notebook: one value that shows itself as HTML, Markdown, text or JSON, whichever is asked for.

Everything a source wrote is escaped; nothing is made before a notebook asks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from html import escape
from typing import Any

from sonla_cli import language
from sonla_cli.language import _
from sonla_cli.models.report import Report, Row
from sonla_cli.render import notes as under
from sonla_cli.render import people
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


def show(report: Report, lang: str = "en") -> Shown:
    """Return `report` as a value that a notebook shows as a table, in English (`en`) or Vietnamese (`vi`)."""
    if lang not in language.LANGUAGES:
        raise ValueError(f"no language {lang!r}: {', '.join(language.LANGUAGES)}")
    return Shown(report, lang)


def _html(report: Report) -> Iterator[str]:
    yield f"<h3>{_shown(under.title(report))}</h3>"
    by_metric: dict[str, list[Row]] = {}
    for row in report.rows:
        by_metric.setdefault(row.metric, []).append(row)
    for metric, rows in by_metric.items():
        yield f"<h4>{_shown(people.metric(metric))}</h4>"
        yield from _table(rows, people.usual_period(report, metric))
    yield from _list(_("Notes"), under.notes(report))
    yield from _list(_("Sources"), under.citations(report))


def _table(rows: Iterable[Row], period: str) -> Iterator[str]:
    heads = [_("Indicator"), _("Value"), _("Unit"), _("Between"), _("How")]
    yield f"<table><thead><tr>{_cells('th', heads)}</tr></thead><tbody>"
    for row in rows:
        cells = [
            people.label(row, period),
            people.marked(row),
            people.unit(row),
            people.bounds(row),
            _(people.HOW[row.how]),
        ]
        yield f"<tr>{_cells('td', cells)}</tr>"
    yield "</tbody></table>"


def _cells(tag: str, texts: Iterable[str]) -> str:
    return "".join(f"<{tag}>{_shown(text)}</{tag}>" for text in texts)


def _list(heading: str, lines: Iterable[str]) -> Iterator[str]:
    items = "".join(f"<li>{_shown(line)}</li>" for line in lines)
    if items:
        yield f"<h4>{_shown(heading)}</h4><ul>{items}</ul>"


def _shown(text: str) -> str:
    return escape(printable(text))
