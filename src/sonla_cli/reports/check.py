"""`sonla check`: which published figures cannot all be true.

Every figure gets a verdict from the figures it is tied to. Publications are held against each other with room
for a revision: what only holds without that room is a revision, what does not hold with it a contradiction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sonla_cli.catalogue.areas import default_boundaries
from sonla_cli.catalogue.rules import RULES
from sonla_cli.core.component import split
from sonla_cli.core.interval import Interval
from sonla_cli.core.period import parse
from sonla_cli.core.problem import Code, Problem, SonlaError
from sonla_cli.core.solve import Network, Relation, Solution, Statement
from sonla_cli.models.findings import (
    Advice,
    CheckedRow,
    Claim,
    Contradiction,
    Findings,
    Hint,
    Revision,
    Tie,
)
from sonla_cli.models.observation import Dataset, Observation
from sonla_cli.models.report import Note, Verdict
from sonla_cli.reports import counts, findings, judge, own_rules, suspicions, ties
from sonla_cli.reports.advice import advise
from sonla_cli.reports.citations import citation
from sonla_cli.reports.confront import REVISION, confront
from sonla_cli.reports.digits import above, below, plain
from sonla_cli.reports.evidence import Evidence, Variable
from sonla_cli.reports.examine import Part, Trust, claim, examine, origins
from sonla_cli.reports.findings import Reader
from sonla_cli.reports.known import value_id
from sonla_cli.reports.query import Query
from sonla_cli.sources.rules import Rules

#: what a row of a free name is called
VARIABLE = "variable"


@dataclass(frozen=True, slots=True)
class Options:
    """How to check: what is trusted, how large a revision may be, the user's own rules, advice for publishers."""

    trust: Mapping[str, Decimal | None] = field(default_factory=dict)
    revision: Decimal = REVISION
    rules: Rules = field(default_factory=Rules)
    with_advice: bool = False


@dataclass(slots=True)
class Found:
    """What has been found so far, over all areas."""

    rows: list[CheckedRow] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    contradictions: list[Contradiction] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)
    repair: list[Claim] = field(default_factory=list)
    hints: list[Hint] = field(default_factory=list)
    advice: list[Advice] = field(default_factory=list)


def check(query: Query, options: Options | None = None) -> Findings:
    """Return the verdict on every figure of the area (all areas if none is named).

    Raises `SonlaError` if nothing was published for what was asked.
    """
    options = options or Options()
    found = Found()
    reader = Reader(Trust(query.dataset.source_by_id, options.trust), query.rounding)
    for group in _groups(query):
        _check_group(query, group, options, reader, found)
    if query.period:
        _keep(found, query.period)
    if not found.rows:
        values = {"area": query.area, "period": query.period, "what": "check"}
        raise SonlaError([Problem(Code.NO_DATA, values=values)])
    return _report(query, found)


def _keep(found: Found, period: str) -> None:
    """Keep what speaks of a figure of the period or year asked for."""

    def about(*claims: Claim) -> bool:
        return any(_in(each.id.rpartition(":")[2], period) for each in claims)

    found.contradictions = [
        each for each in found.contradictions if about(*(member.claim for member in each.members))
    ]
    found.revisions = [each for each in found.revisions if about(*each.claims)]
    found.repair = [each for each in found.repair if about(each)]
    found.hints = [each for each in found.hints if about(each.claim)]
    found.advice = [each for each in found.advice if about(each.claim)]


def _in(window: str, period: str) -> bool:
    return period in (window, window[:4])


def contradicts(report: Findings) -> bool:
    """Whether the answer of the data is no."""
    return bool(report.contradictions)


def _groups(query: Query) -> Iterable[list[Observation]]:
    """Return the observations that are about one thing: area, unit of the area, and boundaries."""
    found: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
    wanted = frozenset(query.sources)
    for each in query.dataset.observations:
        if (query.area and each.area != query.area) or (wanted and each.source not in wanted):
            continue
        if query.entity and each.entity != query.entity:
            continue
        stands = default_boundaries(each.area, parse(each.period).end, each.boundaries)
        found[each.area, each.entity, stands].append(each)
    return found.values()


def _check_group(
    query: Query, group: list[Observation], options: Options, reader: Reader, found: Found
) -> None:
    evidence = Evidence(
        query.dataset, group[0].area, entity=group[0].entity, rounding=query.rounding, observations=group
    )
    own_rules.apply(evidence, options.rules)
    parts = examine(confront(evidence, options.revision), reader.trust, tight=False)
    wrong = findings.changes(parts)
    found.contradictions += findings.contradictions(parts, reader, len(found.contradictions) + 1)
    found.repair += [claim(each.origin, reader.trust) for each in wrong]
    earlier = _revised(evidence, wrong, reader)
    found.revisions += findings.revisions(earlier, reader, len(found.revisions) + 1)
    members = origins(s for part in parts for c in part.repair.conflicts for s in c.statements)
    aside = origins(wrong) | origins(findings.changes(earlier))
    for part in split(evidence.network):
        _rows(part, evidence.area, reader, members, aside, query, found)
        found.ties += _ties(part, aside, evidence.area)
    found.hints += suspicions.suspect(group, reader.trust, query.rounding)
    if options.with_advice:
        found.advice += advise(group, reader.trust)


def _revised(evidence: Evidence, wrong: Sequence[Statement], reader: Reader) -> list[Part]:
    """Return the parts in which publications differ once what contradicts has been taken out."""
    if len({evidence.vintage(each) for each in evidence.observations}) < 2:
        return []
    network = confront(evidence, None)
    aside = origins(wrong)
    network.statements = [each for each in network.statements if id(each.origin) not in aside]
    return examine(network, reader.trust, tight=False)


# rows


def _rows(
    part: Network,
    area: str,
    reader: Reader,
    members: set[int],
    aside: set[int],
    query: Query,
    found: Found,
) -> None:
    set_aside = {id(each) for each in part.statements if id(each.origin) in aside}
    rests: dict[int, Solution] = {}
    for statement in part.statements:
        origin = statement.origin
        if not isinstance(origin, Observation) or (query.period and not _in(origin.period, query.period)):
            continue
        if statement.variable not in rests:
            mine = {id(each) for each in part.statements if each.variable == statement.variable}
            rests[statement.variable] = judge.rest_of(part, statement.variable, set_aside | mine)
        found.rows.append(_row(part, statement, origin, rests[statement.variable], members, reader))
    if any(part.whole):
        found.rows += counts.rows(part, set_aside, area, query.period)


def _row(
    part: Network,
    statement: Statement,
    origin: Observation,
    rest: Solution,
    members: set[int],
    reader: Reader,
) -> CheckedRow:
    key = part.keys[statement.variable]
    figure = origin.figure
    left = None if rest.conflict is not None else rest.bounds(key)
    verdict: Verdict = "cannot tell"
    told = left if left is not None and judge.settled_ends(rest, key) else None
    if id(origin) in members:
        verdict, told = "contradictory", reader.left.get(id(origin))
    elif told is not None:
        verdict = judge.verdict(statement.interval, told)
        if verdict == "contradictory":
            # only a revision stands between the two
            verdict = "cannot tell"
    printed_anew, distance = judge.told(figure, told, reader.rounding)
    bounds = statement.interval if left is None else left.intersect(statement.interval) or statement.interval
    return CheckedRow.model_construct(
        id=value_id(origin.metric, origin.measure, origin.basis, origin.period),
        indicator=origin.measure,
        metric=origin.metric,
        area=origin.area,
        basis=origin.basis,
        period=origin.period,
        unit=figure.unit.canonical.name,
        value=plain(figure.value),
        low=below(bounds.low),
        high=above(bounds.high),
        how="published",
        hedge="" if origin.hedge == "exact" else origin.hedge,
        status=origin.status,
        verdict=verdict,
        sources=(origin.source,),
        entity=origin.entity,
        recomputed=printed_anew,
        distance=distance,
    )


# relations


def _ties(part: Network, aside: set[int], area: str) -> Iterable[Tie]:
    points: dict[int, Decimal] = {}
    spans: dict[int, Interval] = {}
    for statement in part.statements:
        origin = statement.origin
        # where one variable was printed twice, the figure that is not set aside speaks for it
        if not isinstance(origin, Observation) or (statement.variable in spans and id(origin) in aside):
            continue
        spans[statement.variable] = statement.interval
        if not origin.figure.is_bound:
            points[statement.variable] = origin.figure.value
    for relation in part.relations:
        yield tie(part, relation, points, spans, area)


def tie(
    part: Network, relation: Relation, points: Mapping[int, Decimal], spans: Mapping[int, Interval], area: str
) -> Tie:
    """Return the verdict on a relation as it is reported."""
    keys = [part.keys[place] for place in relation.variables]
    verdict = ties.judge(relation, points, spans)
    span = ties.difference(relation, spans)
    origin = relation.origin
    written = getattr(origin, "text", "")
    formula = RULES[str(origin)].formula.symbols() if str(origin) in RULES else ""
    periods = [key.period for key in keys if isinstance(key, Variable) and key.quantity != "plan"]
    return Tie.model_construct(
        relation=str(getattr(origin, "label", origin)),
        text=written or formula,
        line=getattr(origin, "line", None),
        area=area,
        period=periods[0] if periods else "",
        verdict=verdict,
        ids=tuple(variable_id(key) for key in keys),
        low=below(span.low),
        high=above(span.high),
    )


def variable_id(key: object) -> str:
    """Return the id of a variable of a network: of a figure, or a free name."""
    if isinstance(key, Variable):
        return value_id(key.metric, key.quantity, key.basis, key.period)
    return str(key)


# the report


def _report(query: Query, found: Found) -> Findings:
    named = {source for row in found.rows for source in row.sources}
    notes: list[Note] = []
    return Findings.model_construct(
        command="check",
        area=query.area,
        period=query.period,
        rounding=query.rounding.value,
        rows=tuple(found.rows),
        figures=count(found.rows),
        problems=tuple(notes),
        sources=tuple(citation(each, query.dataset.source_by_id.get(each)) for each in sorted(named) if each),
        contradictions=tuple(found.contradictions),
        revisions=tuple(found.revisions),
        relations=tuple(found.ties),
        repair=tuple(found.repair),
        hints=tuple(found.hints),
        advice=tuple(found.advice),
    )


def count(rows: Iterable[CheckedRow]) -> dict[str, int]:
    """Return how many printed figures have which verdict."""
    found = dict.fromkeys(("exact", "within rounding", "contradictory", "cannot tell"), 0)
    for row in rows:
        if row.how == "published":
            found[row.verdict] += 1
    return found


def known_sources(dataset: Dataset) -> set[str]:
    """Return the ids and kinds that `--trust` takes."""
    kinds = {"official", "press", "press_translation", "repository", "user"}
    return {each.id for each in dataset.sources} | {each.source for each in dataset.observations} | kinds
