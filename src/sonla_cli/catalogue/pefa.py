"""Budget reliability as PEFA (2016) scores it: three indicators, six dimensions, bands A to D.

The originally approved budget is the base, never a revised one. A yearly ratio or variance is scored by the
best two of the last three years; the contingency share by its average. Where a pillar has several dimensions
the indicator is scored by the weakest of them (M1, with + if another is better) or by their average (M2).
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from sonla_cli.catalogue.references import Reference
from sonla_cli.core.text import N_

PEFA_2016 = Reference(
    "pefa-2016",
    N_("PEFA Framework for assessing public financial management, 2016"),
    N_("pillar I, PI-1 to PI-3"),
)

#: what a head of the budget is
KINDS = ("function", "economic", "contingency", "interest", "revenue")


class Band(NamedTuple):
    """A score and the range it takes; an open end is not part of it."""

    score: str
    low: Decimal
    high: Decimal
    is_open: bool = False


class Dimension(NamedTuple):
    """A dimension: its yearly formula in words and its bands, best first; below the last is D."""

    id: str
    label: str
    formula: str
    bands: tuple[Band, ...]
    #: scored by the average of the years instead of the best two of three
    by_average: bool = False


def _within(*ends: tuple[str, int, int]) -> tuple[Band, ...]:
    return tuple(Band(score, Decimal(low), Decimal(high)) for score, low, high in ends)


def _below(*ends: tuple[str, int]) -> tuple[Band, ...]:
    return tuple(Band(score, Decimal(0), Decimal(high), is_open=True) for score, high in ends)


_VARIANCE = "Σ |actual − adjusted| ÷ Σ adjusted × 100; adjusted = budget × Σ actual ÷ Σ budget"

DIMENSIONS = {
    each.id: each
    for each in (
        Dimension(
            "pi-1.1", N_("Aggregate expenditure outturn"), "Σ actual ÷ Σ budget × 100",
            _within(("A", 95, 105), ("B", 90, 110), ("C", 85, 115)),
        ),
        Dimension("pi-2.1", N_("Expenditure composition by function"), _VARIANCE, _below(("A", 5), ("B", 10), ("C", 15))),
        Dimension("pi-2.2", N_("Expenditure composition by economic type"), _VARIANCE, _below(("A", 5), ("B", 10), ("C", 15))),
        Dimension(
            "pi-2.3", N_("Expenditure charged to contingency"), "actual of contingency ÷ Σ budget × 100",
            (Band("A", Decimal(0), Decimal(3), is_open=True), Band("B", Decimal(0), Decimal(6)), Band("C", Decimal(0), Decimal(10), is_open=True)),
            by_average=True,
        ),
        Dimension(
            "pi-3.1", N_("Aggregate revenue outturn"), "Σ actual ÷ Σ budget × 100",
            _within(("A", 97, 106), ("B", 94, 112), ("C", 92, 116)),
        ),
        Dimension("pi-3.2", N_("Revenue composition"), _VARIANCE, _below(("A", 5), ("B", 10), ("C", 15))),
    )
}  # fmt: skip


class Combined(NamedTuple):
    """An indicator: its dimensions, and how their scores are combined."""

    id: str
    label: str
    dimensions: tuple[str, ...]
    method: str


INDICATORS = {
    each.id: each
    for each in (
        Combined("pi-1", N_("Aggregate expenditure outturn"), ("pi-1.1",), "M1"),
        Combined("pi-2", N_("Expenditure composition outturn"), ("pi-2.1", "pi-2.2", "pi-2.3"), "M1"),
        Combined("pi-3", N_("Revenue outturn"), ("pi-3.1", "pi-3.2"), "M2"),
    )
}

#: the averages of two scores, in either order
AVERAGES = {
    "AA": "A", "AB": "B+", "AC": "B", "AD": "C+", "BB": "B", "BC": "C+", "BD": "C", "CC": "C", "CD": "D+", "DD": "D",
}  # fmt: skip
