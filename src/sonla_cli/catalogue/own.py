"""Indicators of the user's own: the same record as the built-in ones, over figures named as in rules.

    [[indicator]]
    id = "self_reliance"
    label = "Revenue per đồng spent"
    formula = "revenue.local / expenditure.total * 100"
    unit = "%"

Once added they are computed wherever all their figures were published, in every command.
"""

from __future__ import annotations

from sonla_cli.catalogue.indicators import INDICATORS, Indicator
from sonla_cli.catalogue.metrics import METRICS
from sonla_cli.catalogue.names import Named, understand_all
from sonla_cli.catalogue.references import Reference
from sonla_cli.core import unit as u
from sonla_cli.core.formula import Expression
from sonla_cli.core.unit import Unit

USERS_OWN = Reference("own", "")

#: the ids of the indicators that were added, and what their names mean
OWN: dict[str, dict[str, Named]] = {}


def unit_of(named: Named) -> Unit:
    """Return the unit in which a named figure is reckoned."""
    if named.measure in ("actual", "plan"):
        return METRICS[named.metric].unit
    return u.TIMES if named.measure == "multiple" else u.PERCENT


def add(indicator_id: str, label: str, formula: Expression, unit: Unit, note: str = "") -> None:
    """Add an indicator to the catalogue; raise `ValueError` for a name in it that is no figure."""
    named = understand_all(formula.names())
    if isinstance(named, str):
        raise ValueError(named)
    INDICATORS[indicator_id] = Indicator(indicator_id, label, formula, unit, USERS_OWN, note=note)
    OWN[indicator_id] = named


def forget() -> None:
    """Remove every indicator that was added."""
    for each in OWN:
        INDICATORS.pop(each, None)
    OWN.clear()


def metrics() -> frozenset[str]:
    """Return the metrics that own indicators need."""
    return frozenset(each.metric for named in OWN.values() for each in named.values())
