"""How a rule or an own indicator names a figure: `metric`, `metric.measure`, `metric.measure@basis`.

`revenue.local` is the actual, `revenue.local.plan@council` the Council's plan, `disbursement.attainment` the
attainment of whatever basis. A bare measure (`disbursement <= plan`) belongs to the rule's only metric.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sonla_cli.catalogue.metrics import METRICS

MEASURES = ("actual", "plan", "target", "attainment", "growth", "index", "multiple", "share")


@dataclass(frozen=True, slots=True)
class Named:
    """A figure by name; an empty basis of a plan or rate is any basis."""

    metric: str
    measure: str = "actual"
    basis: str = ""


def understand(text: str) -> Named | None:
    """Return the figure called `text`; a bare measure has no metric; `None` if it is neither."""
    stem, _, basis = text.partition("@")
    if stem in METRICS:
        return Named(stem, "actual", basis) if not basis else None
    if stem in MEASURES:
        return Named("", stem, basis)
    metric, _, measure = stem.rpartition(".")
    return Named(metric, measure, basis) if metric in METRICS and measure in MEASURES else None


def understand_all(names: Iterable[str]) -> dict[str, Named] | str:
    """Return what each name means, or the first name that means nothing."""
    found: dict[str, Named] = {}
    for name in names:
        named = understand(name)
        if named is None:
            return name
        found[name] = named
    metrics = {each.metric for each in found.values() if each.metric}
    for name, named in found.items():
        if not named.metric:
            if len(metrics) != 1:
                return name
            found[name] = Named(next(iter(metrics)), named.measure, named.basis)
    return found
