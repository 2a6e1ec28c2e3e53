"""The records of the catalogue of indicators: a quantity, a worked example, a definition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sonla_cli.catalogue.references import Reference
from sonla_cli.core import unit as u
from sonla_cli.core.formula import Expression
from sonla_cli.core.unit import Unit


class Quantity(NamedTuple):
    """A name of a formula: how it is read out, and in which unit it is reckoned."""

    id: str
    label: str
    unit: Unit = u.BILLION_VND


class Example(NamedTuple):
    """Inputs and the result they give, to the digits shown."""

    inputs: Mapping[str, str]
    gives: str


class Indicator(NamedTuple):
    """A definition. `formula` is `None` for what is only published (a plan, an actual, a target)."""

    id: str
    label: str
    formula: Expression | None
    unit: Unit
    reference: Reference
    example: Example | None = None
    #: the result takes the unit of the metric (an amount of money, a count …) instead of `unit`
    metric_unit: bool = False
    #: what the definition leaves open, in a sentence
    note: str = ""


def example(gives: str, **inputs: str) -> Example:
    """Return the example with these inputs."""
    return Example(inputs, gives)
