"""PEFA scores in sentences: the value of every year, the score, and how firmly it stands."""

from __future__ import annotations

from collections.abc import Iterator

from sonla_cli.catalogue.pefa import DIMENSIONS, INDICATORS
from sonla_cli.language import _
from sonla_cli.models.findings import CheckedRow, Findings
from sonla_cli.render import notes as under
from sonla_cli.render import people

Line = tuple[int, bool, str]


def lines(report: Findings, *, notes: bool = True) -> Iterator[Line]:
    """Yield the scores of the indicators, each with its dimensions and years."""
    by_id: dict[str, list[CheckedRow]] = {}
    for row in report.rows:
        by_id.setdefault(row.indicator, []).append(row)
    for indicator in INDICATORS.values():
        rows = by_id.get(indicator.id, [])
        score = _score(rows[0]) if rows else _("not scored")
        yield 0, True, f"{indicator.id.upper()} {_(indicator.label)}: {score} ({indicator.method})"
        for dimension in indicator.dimensions:
            values = by_id.get(dimension, [])
            scored = next((row for row in values if row.score), None)
            told = _score(scored) if scored else _("not scored")
            yield 1, False, f"{dimension.upper()} {_(DIMENSIONS[dimension].label)}: {told}"
            for row in values:
                if row.value is not None:
                    bounds = people.bounds(row)
                    shown = f"{row.period}: {people.with_unit(people.marked(row), '%', ' ')}"
                    yield 2, False, f"{shown} ({bounds})" if bounds else shown
    if notes:
        yield from ((0, False, f"! {line}") for line in under.notes(report))


def _score(row: CheckedRow) -> str:
    if len(row.scores) <= 1:
        return row.score
    others = ", ".join(each for each in row.scores if each != row.score)
    return _("{score}, but the bounds touch {others}").format(score=row.score, others=others)
