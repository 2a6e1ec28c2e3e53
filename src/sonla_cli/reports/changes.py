"""Changes against the year before: as printed, or computed from two levels; and the level behind a change."""

from __future__ import annotations

from sonla_cli.catalogue.bases import CHANGES
from sonla_cli.catalogue.metrics import METRICS
from sonla_cli.core.interval import Interval
from sonla_cli.core.period import Period
from sonla_cli.reports.evidence import Variable, base_period
from sonla_cli.reports.known import Known
from sonla_cli.reports.sheet import Sheet

SAME_PERIOD = "same_period_last_year"


def change_rows(sheet: Sheet, metric: str, period: Period, actual: Known | None) -> dict[str, Known]:
    """Add every printed change of `period` and the earlier level it implies; return the changes by measure."""
    found: dict[str, Known] = {}
    bases = {
        each.basis
        for each in sheet.evidence.observations
        if each.metric == metric and each.measure in CHANGES
    }
    for measure in CHANGES:
        for basis in sorted(bases):
            change = sheet.published(metric, measure, basis, period.text)
            if change is None:
                continue
            found[measure] = change
            if actual and measure != "change":
                _level_row(sheet, metric, measure, basis, period, actual, change)
    if not found and actual:
        found |= _computed(sheet, metric, period, actual)
    return found


def _level_row(
    sheet: Sheet, metric: str, measure: str, basis: str, period: Period, actual: Known, change: Known
) -> None:
    earlier = base_period(period, basis)
    if earlier is None or METRICS[metric].growth_of:
        return
    bounds = _level_bounds(sheet, metric, period, earlier)
    inputs = {"actual": actual, measure: change}
    sheet.computed(f"level_from_{measure}", metric, "", earlier.text, inputs, how="implied", bounds=bounds)


def _level_bounds(sheet: Sheet, metric: str, period: Period, earlier: Period) -> Interval | None:
    for variable in sheet.evidence.vintages(metric, "actual", "", period.text):
        level = Variable(metric, "actual", "", earlier.text, variable.vintage)
        bounds = sheet.evidence.bounds(level)
        if bounds is not None:
            return bounds
    return None


def _computed(sheet: Sheet, metric: str, period: Period, actual: Known) -> dict[str, Known]:
    earlier = sheet.published(metric, "actual", "", period.year_earlier.text)
    if earlier is None or METRICS[metric].is_stock:
        return {}
    inputs = {"actual": actual, "previous": earlier}
    return {
        measure: sheet.computed(measure, metric, SAME_PERIOD, period.text, inputs)
        for measure in ("growth", "multiple")
    }
