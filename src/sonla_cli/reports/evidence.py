"""What the publications say about one area, as one network of variables, statements and relations.

An actual is one variable per vintage (the day it was published); a plan is one variable for all publications
about it: per budget year, or per date where the plan moves during the year. Every printed figure is a
statement on its variable; every printed attainment or change ties variables together by its definition; the
rules of the field bind what they name. Where statements cannot all hold, the one of the least trusted kind of
source, then the earliest, is set aside and reported, so that what is computed always rests on figures that
hold together.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from sonla_cli.catalogue import rules
from sonla_cli.catalogue.areas import default_boundaries
from sonla_cli.catalogue.bases import plan_of
from sonla_cli.catalogue.indicators import INDICATORS
from sonla_cli.catalogue.metrics import METRICS
from sonla_cli.core.figure import Rounding
from sonla_cli.core.formula import Expression, Name
from sonla_cli.core.interval import NONNEGATIVE, REALS, Interval
from sonla_cli.core.period import Kind, Period, parse
from sonla_cli.core.solve import Conflict, Move, Network, Relation, Solution, Statement, settle, solve
from sonla_cli.models.observation import Dataset, Observation, Source


class Variable(NamedTuple):
    """What a number is about; `vintage` is empty for plans, which all publications share."""

    metric: str
    quantity: str
    basis: str
    period: str
    vintage: str = ""


#: how far each kind of source is trusted when figures contradict each other; translations least
TRUST = {"official": 4, "user": 4, "press": 3, "repository": 2, "press_translation": 1}

_CHANGE_FORMULAS = {
    name: INDICATORS[name].formula - Name(name)  # type: ignore[operator]
    for name in ("growth", "index", "multiple")
}
_ATTAINMENT: Expression = INDICATORS["attainment"].formula - Name("attainment")  # type: ignore[operator]
_ZERO = Interval.of(0)


class Evidence:
    """The settled network of one area (on one set of boundaries, of one sub-provincial entity if given)."""

    def __init__(
        self,
        dataset: Dataset,
        area: str,
        *,
        entity: str = "",
        boundaries: str = "",
        rounding: Rounding = Rounding.HALF,
        sources: Iterable[str] = (),
        metrics: Collection[str] = (),
        observations: Sequence[Observation] | None = None,
    ) -> None:
        self.area, self.entity, self.boundaries, self.rounding = area, entity, boundaries, rounding
        self.sources = dataset.source_by_id
        wanted = frozenset(sources)
        self.observations = [
            each
            for each in (dataset.observations if observations is None else observations)
            if each.area == area
            and each.entity == entity
            and (not metrics or each.metric in metrics)
            and (not wanted or each.source in wanted)
            and self._stands_here(each)
        ]
        self.network = Network()
        self.printed: dict[Variable, list[Observation]] = defaultdict(list)
        self._by_vintage: dict[tuple[str, str], dict[str, Variable]] = defaultdict(dict)
        for observation in self.observations:
            self._state(observation)
        for variable in list(self.printed):
            self._relate(variable)
        self._bind()

    def _stands_here(self, observation: Observation) -> bool:
        stands = default_boundaries(observation.area, parse(observation.period).end, observation.boundaries)
        return not self.boundaries or not stands or stands == self.boundaries

    # building the network

    def vintage(self, observation: Observation) -> str:
        """Return the day the observation was published, or its source where no day is known."""
        source = self.sources.get(observation.source)
        return (source.published_on if source else "") or observation.source

    def variable(self, metric: str, quantity: str, basis: str, period: str, vintage: str) -> Variable:
        """Return the variable of a figure; plans belong to their year, or their date where they move."""
        if quantity != "plan":
            return Variable(metric, quantity, basis, period, vintage)
        owner = METRICS[metric].plan_of or metric
        if basis == "allocated" and owner == "disbursement":
            return Variable("allocation", "actual", "", period, vintage)
        window = parse(period)
        keeps_window = METRICS[metric].plan_moves or window.kind is Kind.SPAN
        return Variable(owner, "plan", basis, period if keeps_window else str(window.year))

    def _place(self, variable: Variable) -> int:
        whole = METRICS[variable.metric].unit.is_count and variable.quantity in ("actual", "plan")
        return self.network.variable(variable, self.domain(variable), whole=whole)

    @staticmethod
    def domain(variable: Variable) -> Interval:
        """Return the values a variable can have at all: what is not signed is not below zero."""
        signed = variable.quantity in ("growth", "change", "remaining", "target")
        return REALS if signed or METRICS[variable.metric].is_signed else NONNEGATIVE

    def _state(self, observation: Observation) -> None:
        variable = self._variable_of(observation)
        self.printed[variable].append(observation)
        self.network.state(self._place(variable), observation.figure.interval(self.rounding), observation)
        if variable.quantity == "actual":
            self._by_vintage[variable.vintage, variable.metric][variable.period] = variable

    def _variable_of(self, observation: Observation) -> Variable:
        metric, quantity = METRICS[observation.metric], str(observation.measure)
        owner = metric.growth_of if metric.growth_of and quantity == "growth" else metric.id
        dimension = observation.figure.unit.dimension
        if quantity in ("actual", "plan") and dimension != metric.unit.dimension:
            quantity = f"{quantity} in {dimension}"
        elif quantity == "target" and dimension != "percent":
            quantity = "target_amount"
        return self.variable(
            owner, quantity, observation.basis, observation.period, self.vintage(observation)
        )

    def _relate(self, variable: Variable) -> None:
        metric, quantity, basis, period, vintage = variable
        if quantity == "attainment":
            plan = self.variable(metric, "plan", basis, period, vintage)
            self.relate(_ATTAINMENT, (self._actual(variable), plan, variable), "attainment")
        elif quantity in _CHANGE_FORMULAS:
            plan_basis = plan_of(basis)
            if plan_basis:
                base: Variable | None = self.variable(metric, "plan", plan_basis, period, vintage)
            else:
                earlier = base_period(parse(period), basis)
                base = self.variable(metric, "actual", "", earlier.text, vintage) if earlier else None
            if base:
                self.relate(_CHANGE_FORMULAS[quantity], (self._actual(variable), base, variable), quantity)

    def _actual(self, variable: Variable) -> Variable:
        return Variable(variable.metric, "actual", "", variable.period, variable.vintage)

    def relate(
        self, formula: Expression, variables: Sequence[Variable], origin: Hashable, result: Interval = _ZERO
    ) -> None:
        """Add the relation that `formula` over `variables` lies in `result`."""
        self.network.relate(formula, [self._place(each) for each in variables], result, origin)

    def _bind(self) -> None:
        known = set(self.variables)
        for variable in sorted(known):
            metric, quantity, basis, period, _vintage = variable
            if quantity == "plan" and basis == "council" and METRICS[metric].group == "revenue":
                self._rule(rules.COUNCIL_FLOOR, known, variable, variable._replace(basis="central"))
            whole = METRICS[metric].part_of
            if whole and quantity in ("actual", "plan"):
                self._rule(rules.PART_OF_WHOLE, known, variable._replace(metric=whole), variable)
            if metric == "carryover" and quantity == "plan" and basis == "total":
                total = Variable("disbursement", "plan", "total", period)
                self._rule(rules.CARRYOVER, known, total, total._replace(basis="unspecified"), variable)
            if metric == "allocation" and quantity == "attainment":
                self._rule(
                    rules.UNALLOCATED, known, variable, variable._replace(metric="allocation.unallocated")
                )
        for (_, metric_id), by_period in self._by_vintage.items():
            if not (METRICS[metric_id].is_stock or METRICS[metric_id].is_signed):
                self._bind_cumulative(by_period)

    def _bind_cumulative(self, by_period: dict[str, Variable]) -> None:
        windows = sorted(
            (window for window in map(parse, by_period) if window.is_cumulative),
            key=lambda each: (each.year, each.end),
        )
        for earlier, later in itertools.pairwise(windows):
            if earlier.year == later.year and earlier.end < later.end:
                variables = by_period[later.text], by_period[earlier.text]
                self.relate(rules.CUMULATIVE.formula, variables, rules.CUMULATIVE.id, rules.CUMULATIVE.result)

    def _rule(self, rule: rules.Rule, known: set[Variable], *variables: Variable) -> None:
        if all(variable in known for variable in variables):
            self.relate(rule.formula, variables, rule.id, rule.result)

    # asking the network

    @property
    def variables(self) -> list[Variable]:
        """Every variable, in the order of first mention."""
        return [each for each in self.network.keys if isinstance(each, Variable)]

    def weight(self, statement: Statement) -> tuple[int, str, str]:
        """Return how much a statement weighs in a conflict: trust, then date, then source."""
        observation = statement.origin
        assert isinstance(observation, Observation)  # noqa: S101 - every statement here is one
        source = self.sources.get(observation.source)
        trust = TRUST[source.kind] if source else TRUST["user"]
        return trust, source.published_on if source else "", observation.source

    @cached_property
    def settled(self) -> tuple[Solution, list[tuple[Conflict, Statement]]]:
        """The solution of what holds together, and the conflicts with what was set aside."""
        return settle(self.network, self.weight)

    @cached_property
    def aside(self) -> set[int]:
        """The ids of the statements set aside."""
        return {id(statement) for _, statement in self.settled[1]}

    @cached_property
    def _aside_origins(self) -> set[int]:
        return {id(statement.origin) for _, statement in self.settled[1]}

    def bounds(self, variable: Variable) -> Interval | None:
        """Return the bounds of `variable`, or `None` if nothing speaks of it."""
        return self.settled[0].bounds(variable)

    def grounds(self, variable: Variable) -> tuple[list[Observation], list[Move]]:
        """Return the observations the bounds rest on, and the moves that led there."""
        statements, moves = self.settled[0].grounds(variable)
        return [each.origin for each in statements if isinstance(each.origin, Observation)], moves

    def without(self, variable: Variable) -> Solution:
        """Return the solution of all that is connected with `variable`, its own statements left out."""
        place = self.network.index[variable]
        statements, relations = self._connected(place)
        kept = [each for each in statements if each.variable != place and id(each) not in self.aside]
        return solve(self.network, kept, relations)

    def implied(self, variable: Variable) -> tuple[Interval | None, tuple[str, ...]]:
        """Return what the other statements make of `variable`, and the publications that rests on."""
        rest = self.without(variable)
        statements, _ = rest.grounds(variable)
        sources = (each.origin.source for each in statements if isinstance(each.origin, Observation))
        return rest.bounds(variable), tuple(dict.fromkeys(sources))

    def recomputed(self, variable: Variable) -> Interval | None:
        """Return what the other statements make of `variable`, or `None` if they do not settle both ends.

        An end that only an inequality holds is not settled: a part below its whole confirms nothing.
        """
        place = self.network.index[variable]
        rest = self.without(variable)
        for side in (True, False):
            move = rest.moves[rest.last[place, side]] if (place, side) in rest.last else None
            if move is None or not isinstance(move.cause, Relation) or not move.cause.result.is_point:
                return None
        return rest.bounds(variable)

    def _connected(self, place: int) -> tuple[list[Statement], list[Relation]]:
        reached, open_ends = {place}, [place]
        relations: dict[int, Relation] = {}
        while open_ends:
            for relation in self._touching.get(open_ends.pop(), ()):
                relations[id(relation)] = relation
                for variable in relation.variables:
                    if variable not in reached:
                        reached.add(variable)
                        open_ends.append(variable)
        return [each for each in self.network.statements if each.variable in reached], list(
            relations.values()
        )

    @cached_property
    def _touching(self) -> dict[int, list[Relation]]:
        found: dict[int, list[Relation]] = defaultdict(list)
        for relation in self.network.relations:
            for variable in relation.variables:
                found[variable].append(relation)
        return found

    def vintages(self, metric: str, quantity: str, basis: str, period: str) -> list[Variable]:
        """Return the variables of one figure, latest publication first."""
        return self._vintages.get((metric, quantity, basis, period), [])

    @cached_property
    def _vintages(self) -> dict[tuple[str, ...], list[Variable]]:
        found: dict[tuple[str, ...], list[Variable]] = defaultdict(list)
        for variable in sorted(self.variables, key=self._latest, reverse=True):
            found[variable[:4]].append(variable)
        return found

    def _latest(self, variable: Variable) -> tuple[str, int, str]:
        dated = [self.sources.get(each.source) for each in self.printed.get(variable, ())]
        day = max((source.published_on for source in dated if source), default="")
        return day, len(self.printed.get(variable, ())), variable.vintage

    def best(self, variable: Variable) -> Observation | None:
        """Return the observation shown for `variable`: trusted, recent, precise, in this order."""
        printed = self.printed.get(variable)
        if not printed:
            return None
        return max(printed, key=self._rank)

    def _rank(self, observation: Observation) -> tuple[bool, int, str, bool, int]:
        source = self.sources.get(observation.source)
        figure = observation.figure
        return (
            id(observation) not in self._aside_origins,
            TRUST[source.kind] if source else TRUST["user"],
            source.published_on if source else "",
            not figure.is_bound,
            -figure.ulp.adjusted(),
        )

    def source(self, source_id: str) -> Source | None:
        """Return the publication with that id."""
        return self.sources.get(source_id)


def base_period(period: Period, basis: str) -> Period | None:
    """Return the window a change is reckoned from, or `None` for an average or an open basis."""
    if basis == "same_period_last_year":
        return period.year_earlier
    if basis == "previous_year":
        return period.year_earlier if period.kind is not Kind.MONTHS else parse(str(period.year - 1))
    if len(basis) == 4 and basis.isdigit():
        return parse(basis)
    return None
