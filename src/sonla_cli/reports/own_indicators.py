"""The user's own indicators, computed for every period of a report in which all their figures are known."""

from __future__ import annotations

from sonla_cli.catalogue import own
from sonla_cli.catalogue.bases import CHANGE_BASES, PLAN_BASES
from sonla_cli.catalogue.names import Named
from sonla_cli.reports.sheet import Known, Sheet


def add(sheet: Sheet) -> None:
    """Add a row for every own indicator and period of the sheet, and for the figures it is made of."""
    periods = dict.fromkeys(row.period for row in sheet.rows.values())
    for indicator_id, named in own.OWN.items():
        metrics = [each.metric for each in named.values()]
        for period in periods:
            known = {name: _known(sheet, each, period) for name, each in named.items()}
            found = {name: each for name, each in known.items() if each is not None}
            if len(found) == len(known):
                sheet.computed(indicator_id, metrics[0], "", period, found)


def _known(sheet: Sheet, named: Named, period: str) -> Known | None:
    open_basis = not named.basis and named.measure != "actual"
    for basis in (*PLAN_BASES, *CHANGE_BASES) if open_basis else (named.basis,):
        known = sheet.published(named.metric, named.measure, basis, period)
        if known is not None:
            return known
    return None
