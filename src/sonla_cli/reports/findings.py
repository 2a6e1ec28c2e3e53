"""Conflicts → contradictions and revisions as they are reported: members, distances, hints, the repair."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sonla_cli.core.figure import Figure, Rounding
from sonla_cli.core.interval import Interval
from sonla_cli.core.repair import cover
from sonla_cli.core.solve import Conflict, Statement, solve
from sonla_cli.models.findings import Contradiction, Hint, Member, Revision
from sonla_cli.models.observation import Observation
from sonla_cli.reports import judge, slips
from sonla_cli.reports.digits import above, below
from sonla_cli.reports.examine import Part, Trust, claim
from sonla_cli.sources.values import Value

#: explanations given for one figure
MOST_HINTS = 3


@dataclass(frozen=True, slots=True)
class Reader:
    """What is needed to say what a conflict is about."""

    trust: Trust
    rounding: Rounding = Rounding.HALF
    #: by the id of a contradicted figure, what the others leave for it
    left: dict[int, Interval] = field(default_factory=dict)


def contradictions(parts: Iterable[Part], reader: Reader, first: int = 1) -> list[Contradiction]:
    """Return the contradictions in `parts`, numbered from `first`."""
    found: list[Contradiction] = []
    for part in parts:
        proposed = {id(each) for each in part.repair.changes}
        for conflict in part.repair.conflicts:
            found.append(_contradiction(part, conflict, proposed, reader, f"C{first + len(found)}"))
    return found


def _contradiction(
    part: Part, conflict: Conflict, proposed: set[int], reader: Reader, number: str
) -> Contradiction:
    members: list[Member] = []
    hints: list[Hint] = []
    for statement in conflict.statements:
        figure = figure_of(statement)
        left = left_for(part, conflict, statement, reader)
        if left is not None:
            reader.left.setdefault(id(statement.origin), left)
        named = claim(statement.origin, reader.trust)
        steps = None if left is None or figure is None else judge.shift(figure, left, reader.rounding)
        members.append(
            Member.model_construct(
                claim=named,
                low=None if left is None else below(left.low),
                high=None if left is None else above(left.high),
                nearest="" if steps is None or figure is None else judge.moved(figure, steps).digits,
                distance=None if steps is None else abs(steps),
                repairs=not named.fixed,
                proposed=id(statement) in proposed,
            )
        )
        if left is not None:
            hints += slips.explain(part, conflict, statement, left, reader.rounding, reader.trust)[
                :MOST_HINTS
            ]
    sources = {each.claim.source for each in members}
    kind = "within a publication" if len(sources) == 1 else "between publications"
    return Contradiction.model_construct(
        id=number,
        kind=kind if members else "rules alone",
        members=tuple(members),
        relations=relation_ids(conflict),
        hints=tuple(sorted(hints, key=lambda each: each.rank)),
    )


def left_for(part: Part, conflict: Conflict, statement: Statement, reader: Reader) -> Interval | None:
    """Return what all others leave for one member of a conflict, if it alone of them is changed."""
    partners = {id(each) for each in conflict.statements} - {id(statement)}
    others = [each for each in part.repair.conflicts if not any(s is statement for s in each.statements)]

    def weigh(each: Statement) -> tuple[Decimal | None, str]:
        return (None, "") if id(each) in partners else reader.trust.weigh(each)

    aside = {id(each) for each in cover(others, weigh)} | {id(statement)}
    key = part.network.keys[statement.variable]
    rest = judge.rest_of(part.network, statement.variable, aside)
    if rest.conflict is not None:
        # the others cannot all hold anyway: then what the other members of this conflict leave
        kept = [each for each in conflict.statements if each is not statement]
        rest = solve(part.network, kept, conflict.relations)
    return None if rest.conflict is not None else rest.bounds(key)


def revisions(parts: Iterable[Part], reader: Reader, first: int = 1) -> list[Revision]:
    """Return the revisions in `parts`: conflicts that are gone once figures may have been revised."""
    found: list[Revision] = []
    for part in parts:
        for conflict in part.repair.conflicts:
            claims = [claim(each.origin, reader.trust) for each in conflict.statements]
            claims.sort(key=lambda each: (each.published_on, each.source))
            hints = slips.between(conflict.statements, reader.trust)[:MOST_HINTS]
            found.append(
                Revision.model_construct(
                    id=f"R{first + len(found)}",
                    claims=tuple(claims),
                    relations=relation_ids(conflict),
                    hints=tuple(hints),
                )
            )
    return found


def relation_ids(conflict: Conflict) -> tuple[str, ...]:
    """Return the ids of the relations of a conflict, each once."""
    return tuple(
        dict.fromkeys(str(getattr(each.origin, "label", each.origin)) for each in conflict.relations)
    )


def figure_of(statement: Statement) -> Figure | None:
    """Return the printed figure behind a statement."""
    origin = statement.origin
    if isinstance(origin, Observation | Value):
        return origin.figure
    return None


def changes(parts: Sequence[Part]) -> list[Statement]:
    """Return the lightest changes of all parts."""
    return [each for part in parts for each in part.repair.changes]
