"""`sonla report`: the picture of one area, section by section, each with the latest figures of the period asked for.

A section that was not published for that very period shows the latest of the same budget year up to its end,
and says so; a section for which there is nothing at all is kept, empty, because silence would look like zero.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from sonla_cli.catalogue.metrics import EXPENDITURE, METRICS, REVENUE, of_group
from sonla_cli.core.period import parse
from sonla_cli.core.problem import SonlaError
from sonla_cli.models.dossier import Dossier, Section
from sonla_cli.models.findings import Claim
from sonla_cli.models.report import Report
from sonla_cli.reports import budget as budgets
from sonla_cli.reports import disbursement as capital
from sonla_cli.reports import investment as attraction
from sonla_cli.reports.check import check
from sonla_cli.reports.comparison import compare
from sonla_cli.reports.pictures import course
from sonla_cli.reports.query import Query

SECTIONS = ("revenue", "expenditure", "disbursement", "investment", "comparison", "check")


def dossier(
    query: Query, sections: Sequence[str] = SECTIONS, step: Callable[[str], None] = lambda _name: None
) -> Dossier:
    """Return the sections asked for; raise `SonlaError` if none of them has anything published.

    `step` is told the name of each section before it is made.
    """
    found: list[Section] = []
    failed: list[SonlaError] = []
    for name in sections:
        step(name)
        try:
            found.append(_MAKERS[name](query))
        except SonlaError as error:
            failed.append(error)
            found.append(Section(id=name))
    reports = [each.report for each in found if each.report]
    if not reports:
        raise failed[0]
    period = query.period or reports[0].period.split()[-1]
    return Dossier(area=query.area, period=period, rounding=query.rounding.value, sections=tuple(found))


def _at(query: Query, metrics: Sequence[str]) -> Query:
    """Return the query for the period asked for, or for the latest of its budget year up to its end."""
    if not query.period:
        return query
    windows = query.windows(metrics)
    asked = parse(query.period)
    if any(each.text == query.period for each in windows):
        return query
    earlier = [each for each in windows if each.year == asked.year and each.end <= asked.end]
    return replace(query, period=earlier[-1].text if earlier else str(asked.year))


def _group(query: Query, group: str) -> Section:
    metrics = [metric.id for metric in of_group(group)]
    report = budgets.budget(_at(query, metrics))
    rows = tuple(
        row for row in report.rows if row.metric not in METRICS or METRICS[row.metric].group == group
    )
    if all(row.metric not in METRICS for row in rows):
        raise query.no_data(group)
    return Section(id=group, report=_cut(report, rows))


def _cut(report: Report, rows: tuple) -> Report:  # type: ignore[type-arg]
    named = {source for row in rows for source in (*row.sources, *(other.source for other in row.others))}
    kept = tuple(each for each in report.sources if each.id in named)
    return report.model_copy(update={"rows": rows, "sources": kept})


def _disbursement(query: Query) -> Section:
    report = capital.disbursement(_at(query, (capital.MAIN,)))
    try:
        picture = course(query, parse(report.period).year)
    except SonlaError:
        picture = None
    return Section(id="disbursement", report=report, picture=picture)


def _investment(query: Query) -> Section:
    return Section(id="investment", report=attraction.investment(_at(query, attraction.MAIN)))


def _comparison(query: Query) -> Section:
    year = parse(query.period).year if query.period else query.choose(budgets.METRICS, "comparison").year
    return Section(id="comparison", report=compare(query, [year - 1, year]))


def _check(query: Query) -> Section:
    """Return what cannot be true among the figures of the year; the figures themselves stand in other sections."""
    year = str(parse(query.period).year if query.period else query.choose(budgets.METRICS, "check").year)
    found = check(replace(query, period=year))
    wrong = tuple(
        each for each in found.contradictions if any(_is_of(one.claim, year) for one in each.members)
    )
    proposed = {(one.claim.id, one.claim.source) for each in wrong for one in each.members if one.proposed}
    claims = [one.claim for each in wrong for one in each.members]
    update: dict[str, Any] = {
        "rows": (), "relations": (), "hints": (), "contradictions": wrong,
        "revisions": tuple(each for each in found.revisions if any(_is_of(one, year) for one in each.claims)),
        "repair": tuple(each for each in found.repair if (each.id, each.source) in proposed),
    }  # fmt: skip
    claims += [one for each in update["revisions"] for one in each.claims]
    named = {each.source for each in claims}
    update["sources"] = tuple(each for each in found.sources if each.id in named)
    return Section(id="check", report=found.model_copy(update=update))


def _is_of(claim: Claim, year: str) -> bool:
    return claim.id.rpartition(":")[2].startswith(year)


_MAKERS: dict[str, Callable[[Query], Section]] = {
    "revenue": lambda query: _group(query, REVENUE),
    "expenditure": lambda query: _group(query, EXPENDITURE),
    "disbursement": _disbursement,
    "investment": _investment,
    "comparison": _comparison,
    "check": _check,
}
