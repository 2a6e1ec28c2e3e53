"""A sheet collects the rows of a report: published figures as they stand, and indicators computed from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from sonla_cli.catalogue import own
from sonla_cli.catalogue.bases import CHANGE_BASES, PLAN_BASES
from sonla_cli.catalogue.indicators import INDICATORS, Indicator
from sonla_cli.catalogue.metrics import METRICS
from sonla_cli.catalogue.names import Named
from sonla_cli.core.interval import Interval
from sonla_cli.core.unit import CANONICAL, Unit
from sonla_cli.models.observation import Observation
from sonla_cli.models.report import Cited, How, Input, Note, Other, Report, Row, Verdict
from sonla_cli.reports.citations import citation
from sonla_cli.reports.digits import DIGITS, above, below, nearest, plain
from sonla_cli.reports.evidence import Evidence, Variable
from sonla_cli.reports.known import Known, value_id


class Sheet:
    """The rows, problems and cited sources of one report on one area."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.rows: dict[str, Row] = {}
        self.known: dict[str, Known] = {}
        self.notes: dict[tuple[str, ...], Note] = {}

    # published figures

    def published(self, metric: str, quantity: str, basis: str, period: str) -> Known | None:
        """Add the row of a printed figure, the latest vintage, and return it; `None` if it was not printed."""
        if quantity == "plan":
            metric, quantity, basis, period, _ = self.evidence.variable(metric, quantity, basis, period, "")
        metric_printed = METRICS[metric].growth_of if quantity == "growth" else None
        vintages = [
            each
            for each in self.evidence.vintages(metric_printed or metric, quantity, basis, period)
            if each in self.evidence.printed
        ]
        if not vintages:
            return None
        return self._add_published(metric, vintages[0], vintages)

    def _add_published(self, metric: str, variable: Variable, vintages: Iterable[Variable]) -> Known:
        best = self.evidence.best(variable)
        if best is None:
            raise LookupError(variable)
        all_printed = [each for vintage in vintages for each in self.evidence.printed[vintage]]
        figure = best.figure
        bounds = self.evidence.bounds(variable) or figure.interval(self.evidence.rounding)
        if self.is_aside(best):
            bounds = figure.interval(self.evidence.rounding)
            bounds = bounds.intersect(self.evidence.domain(variable)) or bounds
        row = self._row(
            metric,
            variable.quantity,
            variable.basis,
            variable.period,
            figure.unit.canonical,
            value=figure.value,
            bounds=bounds,
            how="published",
            hedge=best.hedge if best.hedge != "exact" else "",
            status=best.status,
            verdict=self._verdict(variable, best),
            sources=(best.source,),
            others=tuple(
                Other.model_construct(
                    value=each.figure.value, hedge=each.hedge, status=each.status, source=each.source
                )
                for each in all_printed
                if each is not best and each.figure.unit.dimension == figure.unit.dimension
            ),
        )
        point = None if figure.is_bound else figure.value
        return self._keep(Known(row.id, bounds, point, row.unit, (best.source,), best.status))

    def is_aside(self, observation: Observation) -> bool:
        """Whether `observation` was set aside because it contradicts others."""
        return any(statement.origin is observation for _, statement in self.evidence.settled[1])

    def _verdict(self, variable: Variable, best: Observation) -> Verdict:
        if self.is_aside(best):
            return "contradictory"
        if variable not in self.evidence.network.index:
            return "cannot tell"
        rest = self.evidence.recomputed(variable)
        mine = best.figure.interval(self.evidence.rounding)
        if rest is None:
            return "cannot tell"
        if rest.intersect(mine) is None:
            return "contradictory"
        return "exact" if mine.low <= rest.low and rest.high <= mine.high else "within rounding"

    # computed indicators

    def computed(
        self,
        indicator_id: str,
        metric: str,
        basis: str,
        period: str,
        inputs: Mapping[str, Known],
        *,
        how: How = "computed",
        bounds: Interval | None = None,
        sources: tuple[str, ...] | None = None,
    ) -> Known:
        """Add the row of an indicator computed from `inputs` (by the names of its formula) and return it.

        `bounds` stands in for the interval of the formula where the network knows more. A point outside the
        bounds is dropped: then the printed digits alone would give a value that other figures exclude.
        """
        indicator = INDICATORS[indicator_id]
        if indicator.formula is None:
            raise ValueError(f"{indicator_id} is not computed")
        interval = bounds or indicator.formula.evaluate(
            {name: known.interval for name, known in inputs.items()}
        )
        points = {name: known.point for name, known in inputs.items()}
        point = None
        if all(each is not None for each in points.values()):
            point = indicator.formula.at({name: each for name, each in points.items() if each is not None})
        if point is not None and nearest(point) not in interval.outward(DIGITS):
            point = None
        row = self._row(
            metric,
            indicator_id,
            basis,
            period,
            _unit(indicator, metric),
            value=point,
            bounds=interval,
            how=how,
            status="estimate" if any(known.status == "estimate" for known in inputs.values()) else "",
            formula=indicator.formula.symbols(),
            inputs=tuple(_input(name, known) for name, known in inputs.items()),
            sources=sources
            or tuple(dict.fromkeys(each for known in inputs.values() for each in known.sources)),
        )
        return self._keep(Known(row.id, interval, point, row.unit, row.sources, row.status))

    def stated(
        self,
        indicator_id: str,
        metric: str,
        basis: str,
        period: str,
        inputs: Iterable[tuple[str, Known]],
        bounds: Interval,
        point: Decimal | None = None,
        how: How = "computed",
    ) -> Known:
        """Add the row of an indicator that is no arithmetic of named quantities (a sum, a median), return it."""
        inputs = list(inputs)
        if point is not None and nearest(point) not in bounds.outward(DIGITS):
            point = None
        row = self._row(
            metric,
            indicator_id,
            basis,
            period,
            _unit(INDICATORS[indicator_id], metric),
            value=point,
            bounds=bounds,
            how=how,
            status="estimate" if any(known.status == "estimate" for _, known in inputs) else "",
            inputs=tuple(_input(name, known) for name, known in inputs),
            sources=tuple(dict.fromkeys(each for _, known in inputs for each in known.sources)),
        )
        return self._keep(Known(row.id, bounds, point, row.unit, row.sources, row.status))

    def _add_own(self) -> None:
        """Add every indicator of the user for every period in which all its figures are known, and those figures."""
        periods = dict.fromkeys(row.period for row in self.rows.values()) if own.OWN else ()
        for indicator_id, named in own.OWN.items():
            metric = next(each.metric for each in named.values())
            for period in periods:
                known = {name: self._named(each, period) for name, each in named.items()}
                found = {name: each for name, each in known.items() if each is not None}
                if len(found) == len(known):
                    self.computed(indicator_id, metric, "", period, found)

    def _named(self, named: Named, period: str) -> Known | None:
        open_basis = not named.basis and named.measure != "actual"
        for basis in (*PLAN_BASES, *CHANGE_BASES) if open_basis else (named.basis,):
            known = self.published(named.metric, named.measure, basis, period)
            if known is not None:
                return known
        return None

    def _keep(self, known: Known) -> Known:
        self.known[known.id] = known
        return known

    def _row(
        self,
        metric: str,
        indicator: str,
        basis: str,
        period: str,
        unit: Unit,
        *,
        value: Decimal | None,
        bounds: Interval,
        how: How,
        hedge: str = "",
        status: str = "",
        verdict: Verdict = "cannot tell",
        formula: str = "",
        inputs: tuple[Input, ...] = (),
        sources: tuple[str, ...] = (),
        others: tuple[Other, ...] = (),
    ) -> Row:
        row = Row.model_construct(
            id=value_id(metric, indicator, basis, period),
            indicator=indicator,
            metric=metric,
            area=self.evidence.area,
            basis=basis,
            period=period,
            unit=unit.name,
            value=plain(value if how == "published" else nearest(value)),
            low=below(bounds.low),
            high=above(bounds.high),
            how=how,
            hedge=hedge,
            status=status,
            verdict=verdict,
            formula=formula,
            inputs=inputs,
            sources=sources,
            others=others,
            entity=self.evidence.entity,
        )
        self.rows[row.id] = row
        return row

    # the report

    def note(self, code: str, severity: str = "note", **values: str) -> None:
        """Add a problem of the data, once."""
        key = (code, *values.values())
        self.notes[key] = Note.model_construct(code=code, severity=severity, values=values)

    def report(self, command: str, period: str) -> Report:
        """Return the finished report."""
        self._add_own()
        for conflict, statement in self.evidence.settled[1]:
            origin = statement.origin
            if isinstance(origin, Observation) and self._concerns(origin):
                against = {
                    each.origin.source for each in conflict.statements
                    if isinstance(each.origin, Observation) and each is not statement
                }  # fmt: skip
                self.note(
                    "contradictory",
                    "warning",
                    id=value_id(origin.metric, origin.measure, origin.basis, origin.period),
                    value=f"{origin.value} {origin.unit}",
                    source=origin.source,
                    against=", ".join(sorted(against)),
                )
        named: set[str] = set()
        for row in self.rows.values():
            named.update(row.sources)
            named.update(other.source for other in row.others)
        return Report.model_construct(
            command=command,
            area=self.evidence.area,
            period=period,
            rounding=self.evidence.rounding.value,
            rows=tuple(self.rows.values()),
            problems=tuple(self.notes.values()),
            sources=tuple(cited(self.evidence, each) for each in sorted(named) if each),
        )

    def _concerns(self, observation: Observation) -> bool:
        return any(
            row.metric == observation.metric and row.period == observation.period
            for row in self.rows.values()
        )


def cited(evidence: Evidence, source_id: str) -> Cited:
    """Return the citation of a source, or its bare id if the data do not describe it."""
    return citation(source_id, evidence.source(source_id))


def _unit(indicator: Indicator, metric: str) -> Unit:
    if indicator.metric_unit:
        return METRICS[metric].unit
    money, _, per = indicator.unit.dimension.partition("/")
    if per in ("day", "month") and metric in METRICS:
        return CANONICAL[indicator.unit.dimension.replace(money, METRICS[metric].unit.dimension, 1)]
    return indicator.unit


def _input(name: str, known: Known) -> Input:
    return Input.model_construct(
        name=name,
        id=known.id if ":" in known.id else "",
        value=plain(nearest(known.point)),
        low=below(known.interval.low),
        high=above(known.interval.high),
        unit=known.unit,
    )
