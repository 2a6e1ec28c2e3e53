"""`sonla check values.csv --rules rules.txt`: rules on named numbers that are about nothing in particular.

Every variable gets its bounds, every rule its verdict. A variable the rest fixes gets a value; if rules and
numbers have no solution together, the numbers to change are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from sonla_cli.core.deduce import MOST_INTEGERS, deduce, integers
from sonla_cli.core.figure import Rounding
from sonla_cli.core.interval import REALS, Interval
from sonla_cli.core.problem import Code
from sonla_cli.core.solve import Network
from sonla_cli.models.findings import CheckedRow, Findings
from sonla_cli.models.report import Note
from sonla_cli.reports import findings, judge
from sonla_cli.reports.check import VARIABLE, Options, count, tie
from sonla_cli.reports.counts import MOST_LISTED
from sonla_cli.reports.digits import above, below, plain
from sonla_cli.reports.examine import Part, Trust, canonical_name, claim, examine
from sonla_cli.reports.findings import Reader
from sonla_cli.sources.values import Value


def check_values(values: Sequence[Value], options: Options, rounding: Rounding = Rounding.HALF) -> Findings:
    """Return the bounds of every name, the verdict on every rule, and what contradicts."""
    network = _network(values, options, rounding)
    reader = Reader(Trust(given=options.trust), rounding)
    parts = examine(network, reader.trust)
    wrong = findings.changes(parts)
    contradictions = findings.contradictions(parts, reader)
    members = {id(s.origin) for part in parts for each in part.repair.conflicts for s in each.statements}
    spoken = {each.name: each for each in values}
    rows = {str(row.metric): row for part in parts for row in _rows(part, spoken, members, reader)}
    unsolved = [part for part in parts if part.repair.solution is None]
    return Findings.model_construct(
        command="check",
        area="",
        period="",
        rounding=rounding.value,
        rows=tuple(rows[str(key)] for key in network.keys),
        figures=count(rows.values()),
        problems=tuple(_no_solution(part) for part in unsolved),
        contradictions=tuple(contradictions),
        relations=tuple(_ties(network)),
        repair=tuple(claim(each.origin, reader.trust) for each in wrong),
    )


def _network(values: Sequence[Value], options: Options, rounding: Rounding) -> Network:
    network = Network()
    counted = {each.name for each in values if each.unit.is_count} | set(options.rules.integers)
    for value in values:
        place = network.variable(value.name, REALS, whole=value.name in counted)
        if value.figure is not None:
            network.state(place, value.figure.interval(rounding), value)
    for rule in options.rules.bounds:
        places = [network.variable(each, REALS, whole=each in counted) for each in rule.formula.names()]
        network.relate(rule.formula, places, rule.result, rule)
    return network


def _no_solution(part: Part) -> Note:
    names = ", ".join(str(key) for key in part.network.keys)
    return Note.model_construct(code=Code.NO_SOLUTION.value, severity="warning", values={"names": names})


def _ties(network: Network) -> Iterable[object]:
    points: dict[int, Decimal] = {}
    spans: dict[int, Interval] = {}
    for each in network.statements:
        spans[each.variable] = each.interval
        if isinstance(each.origin, Value) and each.origin.figure and not each.origin.figure.is_bound:
            points[each.variable] = each.origin.figure.value
    for relation in network.relations:
        yield tie(network, relation, points, spans, "")


def _rows(part: Part, spoken: dict[str, Value], members: set[int], reader: Reader) -> Iterable[CheckedRow]:
    network = part.network
    solution = part.repair.solution
    aside = {id(each) for each in part.repair.changes}
    said = {each.variable: each for each in network.statements}
    for place, key in enumerate(network.keys):
        name = str(key)
        value = spoken.get(name)
        bounds = REALS if solution is None else Interval(solution.lows[place], solution.highs[place])
        figure = value.figure if value is not None else None
        printed_anew, distance, verdict = "", None, "cannot tell"
        if figure is not None and place in said:
            rest = judge.rest_of(network, place, aside | {id(said[place])})
            told = rest.bounds(key) if rest.conflict is None and judge.settled_ends(rest, key) else None
            if told is not None:
                verdict = judge.verdict(said[place].interval, told)
            if id(said[place].origin) in members:
                verdict, told = "contradictory", reader.left.get(id(said[place].origin))
            printed_anew, distance = judge.told(figure, told, reader.rounding)
        point = figure.value if figure is not None else bounds.low if bounds.is_point else None
        yield CheckedRow.model_construct(
            id=name,
            indicator=VARIABLE,
            metric=name,
            area="",
            period="",
            unit=canonical_name(value) if value is not None else "",
            value=plain(point),
            low=below(bounds.low),
            high=above(bounds.high),
            how="published" if figure is not None else "computed" if bounds.is_point else "implied",
            hedge="" if figure is None or figure.hedge == "exact" else figure.hedge.value,
            verdict=verdict,
            sources=(value.source,) if value is not None and value.source else (),
            recomputed=printed_anew,
            distance=distance,
            integers=_listed(part, place, bounds, aside),
        )


def _listed(part: Part, place: int, bounds: Interval, aside: set[int]) -> tuple[int, ...]:
    if (
        not part.network.whole[place]
        or not bounds.is_bounded
        or bounds.high - bounds.low >= min(MOST_LISTED, MOST_INTEGERS)
    ):
        return ()
    kept = [each for each in part.network.statements if id(each) not in aside]
    if deduce(part.network, kept, tight=False).conflict is not None:
        return ()
    return tuple(
        integers(part.network, kept, part.network.relations, place, int(bounds.low), int(bounds.high))
    )
