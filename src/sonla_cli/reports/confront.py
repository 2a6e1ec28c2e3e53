"""All publications about one area against each other: which differences are revisions, which contradictions.

In the evidence of a report an actual is one variable per publication, so that a later figure does not clash
with an earlier one. Here every publication also speaks of the one true level, within the tolerance for a
revision: a figure may have been revised by a quarter, not by a factor of four. With no tolerance every
difference shows; those that the tolerance removes are revisions.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from decimal import Decimal

from sonla_cli.catalogue import rules
from sonla_cli.catalogue.metrics import METRICS
from sonla_cli.core.formula import Name, compile_program
from sonla_cli.core.interval import NONNEGATIVE, UP, Interval
from sonla_cli.core.period import Kind, parse
from sonla_cli.core.solve import Network, Relation
from sonla_cli.models.observation import Observation
from sonla_cli.reports.evidence import Evidence, Variable

#: how far apart two publications of one figure may be and still be a revision, as a ratio less one
REVISION = Decimal("0.25")
#: the publication that stands for the true level
TRUE = "*"
#: the publication of figures that name none
UNDATED = "?"

_RATIO = compile_program(Name("printed") / Name("true"))
_DIFFERENCE = compile_program(Name("printed") - Name("true"))
_CUMULATIVE = compile_program(rules.CUMULATIVE.formula)
_EXCHANGE = compile_program(rules.EXCHANGE.formula)
_ZERO = Interval.of(0)
#: how the quantity of an amount printed in dollars ends
DOLLARS = " in USD"
#: the id of the tie between a publication and the true level
SAME = "same_figure"


def confront(evidence: Evidence, tolerance: Decimal | None = REVISION) -> Network:
    """Return the network of all publications; without a tolerance they must agree to the digit."""
    building = _Building(evidence, tolerance)
    return building.network


class _Building:
    def __init__(self, evidence: Evidence, tolerance: Decimal | None) -> None:
        self.evidence, self.tolerance = evidence, tolerance
        self.network = Network()
        self.linked: set[Variable] = set()
        self.levels: dict[str, dict[str, Variable]] = defaultdict(dict)
        keys = evidence.network.keys
        for statement in evidence.network.statements:
            origin = statement.origin
            variable = keys[statement.variable]
            assert isinstance(variable, Variable)  # noqa: S101 - the only keys of evidence
            if not variable.vintage and isinstance(origin, Observation):
                variable = variable._replace(vintage=evidence.vintage(origin) or UNDATED)
            self.network.state(self._place(variable, statement.variable), statement.interval, origin)
        for relation in evidence.network.relations:
            self._copy(relation)
        for by_period in self.levels.values():
            self._bind_cumulative(by_period)
        for key in list(self.network.keys):
            if isinstance(key, Variable) and key.quantity.endswith(DOLLARS):
                self._bind_exchange(key)

    def _copy(self, relation: Relation) -> None:
        variables = [self.evidence.network.keys[place] for place in relation.variables]
        dated = [each for each in variables if isinstance(each, Variable) and each.quantity != "plan"]
        vintage = dated[0].vintage or UNDATED if dated else ""
        places = []
        for variable, old in zip(variables, relation.variables, strict=True):
            assert isinstance(variable, Variable)  # noqa: S101 - the only keys of evidence
            if vintage:
                places.append(self._place(variable._replace(vintage=variable.vintage or vintage), old))
            else:
                places.append(self._true(variable, old))
        self.network.relations.append(
            Relation(relation.program, tuple(places), relation.result, relation.origin)
        )

    def _place(self, variable: Variable, old: int) -> int:
        domain, whole = self.evidence.network.domains[old], self.evidence.network.whole[old]
        place = self.network.variable(variable, domain, whole=whole)
        if variable not in self.linked:
            self.linked.add(variable)
            self._link(variable, place, old)
        return place

    def _link(self, variable: Variable, place: int, old: int) -> None:
        is_level = self._is_level(variable)
        if self.tolerance is None:
            true = self._true(variable, old)
            self.network.relations.append(Relation(_DIFFERENCE, (place, true), _ZERO, SAME))
        elif is_level:
            # two publications may be apart by the tolerance, so each from the true level by its root
            root = UP.sqrt(1 + self.tolerance)
            true = self._true(variable, old)
            result = Interval(1 / root, root)
            self.network.relations.append(Relation(_RATIO, (place, true), result, SAME))

    def _true(self, variable: Variable, old: int) -> int:
        """Return the variable of the true level, on which all spellings of one window agree."""
        key = variable._replace(vintage=TRUE, period=window(variable.period))
        domain = self.evidence.network.domains[old]
        whole = self.evidence.network.whole[old] and self.tolerance is None
        place = self.network.variable(key, domain, whole=whole)
        metric = METRICS.get(key.metric)
        if key.quantity == "actual" and metric and not metric.is_stock and self._is_level(key):
            self.levels[key.metric][key.period] = key
        return place

    def _is_level(self, variable: Variable) -> bool:
        metric = METRICS.get(variable.metric)
        signed = metric is not None and metric.is_signed
        return variable.quantity.split()[0] in ("actual", "plan", "target_amount") and not signed

    def _bind_exchange(self, dollars: Variable) -> None:
        """Hold an amount in dollars against the same amount in đồng: their ratio is a price."""
        dong = dollars._replace(quantity=dollars.quantity.removesuffix(DOLLARS))
        if dong in self.network.index:
            places = self.network.index[dong], self.network.index[dollars]
            self.network.relations.append(
                Relation(_EXCHANGE, places, rules.EXCHANGE.result, rules.EXCHANGE.id)
            )

    def _bind_cumulative(self, by_period: dict[str, Variable]) -> None:
        windows = sorted(
            (parse(text) for text in by_period if parse(text).is_cumulative),
            key=lambda each: (each.year, each.end),
        )
        for earlier, later in itertools.pairwise(windows):
            if earlier.year == later.year and earlier.end < later.end:
                places = tuple(
                    self.network.variable(by_period[each.text], NONNEGATIVE) for each in (later, earlier)
                )
                self.network.relations.append(
                    Relation(_CUMULATIVE, places, rules.CUMULATIVE.result, rules.CUMULATIVE.id)
                )


def window(text: str) -> str:
    """Return one spelling for all spellings of a cumulative window: nine months end on 30 September."""
    period = parse(text)
    if not period.is_cumulative or period.kind is Kind.SPAN:
        return text
    return f"{period.year:04}@{period.end.isoformat()}"
