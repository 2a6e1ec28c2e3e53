"""The catalogue as definitions: every word `sonla` uses, for `explain`, `indicators` and the documentation."""

from __future__ import annotations

from typing import NamedTuple

from sonla_cli.catalogue import pefa
from sonla_cli.catalogue.bases import CHANGE_BASES, PLAN_BASES
from sonla_cli.catalogue.indicators import INDICATORS, Indicator
from sonla_cli.catalogue.metrics import METRICS, Metric
from sonla_cli.catalogue.references import Reference
from sonla_cli.catalogue.rules import RULES


class Word(NamedTuple):
    """A word of the catalogue; texts are untranslated."""

    id: str
    kind: str
    label: str
    unit: str = ""
    formula: str = ""
    reference: Reference | None = None
    inputs: dict[str, str] | None = None
    gives: str = ""
    note: str = ""


def indicators() -> list[Word]:
    """Return every indicator."""
    return [*(_indicator(each) for each in INDICATORS.values()), *_pefa()]


def find(name: str) -> list[Word]:
    """Return what is called `name`: indicators, metrics, bases and rules."""
    found = [_indicator(INDICATORS[name])] if name in INDICATORS else []
    found += [each for each in _pefa() if each.id == name]
    if name in METRICS:
        found.append(_metric(METRICS[name]))
    basis = PLAN_BASES.get(name) or CHANGE_BASES.get(name)
    if basis:
        found.append(Word(name, "basis", basis.label))
    if name in RULES:
        rule = RULES[name]
        symbols = rule.formula.symbols()
        low, high = rule.result.low, rule.result.high
        comparison = f"{symbols} = {low:f}" if rule.result.is_point else f"{symbols} ≥ {low:f}"
        if high.is_finite() and not rule.result.is_point:
            comparison = f"{low:f} ≤ {symbols} ≤ {high:f}"
        found.append(Word(name, "rule", rule.label, formula=comparison, reference=rule.reference))
    return found


def metrics() -> list[Word]:
    """Return every metric."""
    return [_metric(each) for each in METRICS.values()]


def names() -> list[str]:
    """Return every name that `find` knows."""
    return [*INDICATORS, *pefa.DIMENSIONS, *pefa.INDICATORS, *METRICS, *PLAN_BASES, *CHANGE_BASES, *RULES]


def _metric(each: Metric) -> Word:
    return Word(each.id, "metric", each.label, each.unit.name)


def _pefa() -> list[Word]:
    """Return the dimensions and indicators that PEFA scores."""
    found = [
        Word(each.id, "indicator", each.label, "%", each.formula, pefa.PEFA_2016)
        for each in pefa.DIMENSIONS.values()
    ]
    for each in pefa.INDICATORS.values():
        formula = f"{each.method}({', '.join(each.dimensions)})"
        found.append(Word(each.id, "indicator", each.label, "score", formula, pefa.PEFA_2016))
    return found


def _indicator(each: Indicator) -> Word:
    unit = "" if each.metric_unit else each.unit.name
    formula = each.formula.symbols() if each.formula is not None else ""
    inputs = dict(each.example.inputs) if each.example else None
    gives = each.example.gives if each.example else ""
    return Word(each.id, "indicator", each.label, unit, formula, each.reference, inputs, gives, each.note)
