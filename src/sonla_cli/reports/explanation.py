"""`sonla explain`: the chain from the printed statements to a value, or what a word of the catalogue means."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from sonla_cli.catalogue import definitions
from sonla_cli.catalogue.areas import AREAS
from sonla_cli.catalogue.metrics import (
    COVERAGE,
    DISBURSEMENT,
    ECONOMY,
    EXPENDITURE,
    INVESTMENT,
    METRICS,
    REVENUE,
)
from sonla_cli.core.problem import Code, Problem, SonlaError, near
from sonla_cli.core.solve import Move, Statement
from sonla_cli.models.observation import Observation
from sonla_cli.models.report import Definition, Report, Row, Step
from sonla_cli.reports import lookup
from sonla_cli.reports.budget import budget
from sonla_cli.reports.comparison import compare
from sonla_cli.reports.digits import above, below
from sonla_cli.reports.disbursement import disbursement
from sonla_cli.reports.evidence import Evidence, Variable
from sonla_cli.reports.investment import investment
from sonla_cli.reports.known import value_id
from sonla_cli.reports.query import Query
from sonla_cli.reports.sheet import cited

_BUILDERS: dict[str, Callable[[Query], Report]] = {
    REVENUE: budget,
    EXPENDITURE: budget,
    DISBURSEMENT: disbursement,
    INVESTMENT: investment,
    COVERAGE: investment,
    ECONOMY: investment,
}


def explain(query: Query, name: str, changes: Sequence[str] = ()) -> Report:
    """Return the explanation of a value id or of a word; raise `SonlaError` if nothing is called `name`.

    `changes` are those of `sonla whatif`, for an id that it printed.
    """
    words = definitions.find(name)
    if words:
        return Report.model_construct(
            command="explain",
            area=query.area,
            period="",
            definitions=tuple(definition(each) for each in words),
        )
    known: list[str] = []
    found = (lookup.reports(query, name, changes), _reports(query, name), lookup.otherwise(query, name))
    for report in itertools.chain(*found):
        rows = {row.id: row for row in report.rows}
        known += rows
        if name in rows:
            return _chain(query, report, rows, rows[name])
    parts = lookup.read(name)
    if parts.area in AREAS and parts.owner != query.area:
        owned = replace(query, area=parts.area, entity=parts.entity)
        return explain(owned, name.removeprefix(f"{parts.owner}/"))
    raise SonlaError([Problem(Code.UNKNOWN_ID, values={"name": name}, suggestions=_near(query, name, known))])


def _near(query: Query, name: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return what looks like an id: another basis or period of the same value before anything else."""
    names = [*dict.fromkeys(known), *definitions.names()]
    metric, colon, _rest = name.partition(":")
    of_metric = [each for each in names if each.partition(":")[0] == metric]
    if colon and of_metric == [metric]:
        of_metric += ids(query, f"{metric}:")
    indicator = lookup.read(name).indicator
    same = [each for each in of_metric if colon and lookup.read(each).indicator == indicator]
    close = (*near(name, same), *near(name, of_metric), *near(name, names))
    return tuple(dict.fromkeys(close))[:3]


def ids(query: Query, start: str) -> list[str]:
    """Return the ids of the values in the reports on the metric that leads `start`."""
    reports = _reports(query, start) if start.partition(":")[0] in METRICS else ()
    return list(dict.fromkeys(row.id for report in reports for row in report.rows))


def definition(word: definitions.Word) -> Definition:
    """Return a word of the catalogue as it stands in the JSON."""
    return Definition.model_construct(
        id=word.id,
        kind=word.kind,
        unit=word.unit,
        formula=word.formula,
        reference=word.reference.id if word.reference else "",
        inputs=word.inputs or {},
        gives=word.gives,
    )


def _reports(query: Query, name: str) -> Iterator[Report]:
    """Yield the reports in which a value of that id may stand, the likeliest first."""
    metric, _, rest = name.partition(":")
    period = rest.rpartition(":")[2]
    builders = (
        [_BUILDERS[METRICS[metric].group]] if metric in METRICS else list(dict.fromkeys(_BUILDERS.values()))
    )
    year = int(period[:4]) if period[:4].isdigit() else None
    periods = (
        [query.period]
        if query.period
        else [period, *(map(str, (year, year + 1, year - 1)) if year else [""])]
    )
    for builder in builders:
        for each in dict.fromkeys(periods):
            try:
                yield builder(replace(query, period=each))
            except (SonlaError, ValueError):
                continue
    for pair in ([year - 1, year], [year, year + 1]) if year else ():
        try:
            yield compare(query, pair)
        except SonlaError:
            continue


def _chain(query: Query, report: Report, rows: dict[str, Row], row: Row) -> Report:
    kept: dict[str, Row] = {}
    _gather(row, rows, kept)
    owner = replace(query, area=row.area or query.area, entity=row.entity)
    evidence = owner.evidence(int(row.period[:4]))
    steps = tuple(_steps(evidence, row))
    named = {source for each in kept.values() for source in each.sources} | {each.source for each in steps}
    words = [
        *definitions.find(row.indicator),
        *(each for step in steps for each in definitions.find(step.by)),
    ]
    return report.model_copy(
        update={
            "command": "explain",
            "rows": tuple(kept.values()),
            "steps": steps,
            "sources": tuple(cited(evidence, each) for each in sorted(named) if each),
            "definitions": tuple({each.id: definition(each) for each in words}.values()),
        }
    )


def _gather(row: Row, rows: dict[str, Row], kept: dict[str, Row]) -> None:
    if row.id in kept:
        return
    kept[row.id] = row
    for each in row.inputs:
        if each.id in rows:
            _gather(rows[each.id], rows, kept)


def _steps(evidence: Evidence, row: Row) -> Iterator[Step]:
    variable = _variable(evidence, row)
    if variable is None or variable not in evidence.network.index:
        return
    solution = evidence.without(variable) if row.indicator == "implied_plan" else evidence.settled[0]
    _, moves = solution.grounds(variable)
    places = {id(move): place for place, move in enumerate(moves)}
    for move in moves:
        after = [
            places[id(solution.moves[each])] for each in move.before if id(solution.moves[each]) in places
        ]
        yield _step(evidence, move, tuple(after))


def _step(evidence: Evidence, move: Move, after: tuple[int, ...]) -> Step:
    key = evidence.network.keys[move.variable]
    name = (
        value_id(key.metric, key.quantity, key.basis, key.period) if isinstance(key, Variable) else str(key)
    )
    end = below(move.end) if move.is_low else above(move.end)
    source = printed = by = ""
    if isinstance(move.cause, Statement):
        origin = move.cause.origin
        if isinstance(origin, Observation):
            hedge = f"{origin.hedge} " if origin.hedge else ""
            source, printed = origin.source, f"{hedge}{origin.value} {origin.unit}"
    else:
        by = str(move.cause.origin)
    return Step.model_construct(
        id=name,
        end="low" if move.is_low else "high",
        to=end,
        by=by,
        after=after,
        source=source,
        printed=printed,
    )


def _variable(evidence: Evidence, row: Row) -> Variable | None:
    """Return the variable of the network that a row shows, or `None` for what is computed from others."""
    if row.indicator in ("implied_plan", "plan"):
        return evidence.variable(row.metric, "plan", row.basis, row.period, "")
    quantity = "actual" if row.indicator.startswith("level_from_") else row.indicator
    metric = METRICS[row.metric].growth_of if row.metric in METRICS and row.indicator == "growth" else None
    found = evidence.vintages(metric or row.metric, quantity, row.basis, row.period)
    return found[0] if found else None
