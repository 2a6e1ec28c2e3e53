"""Every record of the catalogue is complete, and every worked example is computed."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

import pytest

from sonla_cli.catalogue import definitions
from sonla_cli.catalogue.indicators import INDICATORS, QUANTITIES
from sonla_cli.catalogue.metrics import GROUPS, METRICS
from sonla_cli.catalogue.references import REFERENCES
from sonla_cli.catalogue.rules import RULES

UNITS = {name: quantity.unit for name, quantity in QUANTITIES.items()}
COMPUTED = [each for each in INDICATORS.values() if each.formula is not None]


@pytest.mark.parametrize("indicator", COMPUTED, ids=lambda each: each.id)
def test_the_worked_example_gives_what_it_says(indicator):
    assert indicator.example is not None
    found = indicator.formula.at({name: Decimal(value) for name, value in indicator.example.inputs.items()})
    gives = Decimal(indicator.example.gives)
    assert found is not None
    assert found.quantize(gives, ROUND_HALF_EVEN) == gives


@pytest.mark.parametrize("indicator", COMPUTED, ids=lambda each: each.id)
def test_the_unit_follows_from_the_formula(indicator):
    assert set(indicator.formula.names()) <= set(QUANTITIES)
    assert indicator.formula.dimension(UNITS).fits(indicator.unit)


def test_every_record_is_cited_and_labelled():
    for indicator in INDICATORS.values():
        assert indicator.label
        assert indicator.reference.id in REFERENCES
    for rule in RULES.values():
        assert rule.label
        assert rule.reference.id in REFERENCES


def test_metrics_name_what_exists():
    for metric in METRICS.values():
        assert metric.group in GROUPS
        for other in (metric.part_of, metric.plan_of, metric.growth_of):
            assert other is None or other in METRICS
        assert metric.part_of != metric.id


def test_no_name_means_two_things_of_one_kind():
    names = definitions.names()
    for name in names:
        assert definitions.find(name)
    kinds = [(word.kind, word.id) for name in dict.fromkeys(names) for word in definitions.find(name)]
    assert len(kinds) == len(set(kinds))
