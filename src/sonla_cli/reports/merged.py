"""Provinces that became one: a figure of the time before stands for the sum of theirs, where all are known.

Figures on old and on new boundaries are never joined: the earlier level of a merged province is the sum of
the provinces that became it, or it is not known.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from sonla_cli.catalogue.areas import AREAS, MERGED_ON
from sonla_cli.core.interval import Interval
from sonla_cli.core.period import Period
from sonla_cli.reports.known import Known
from sonla_cli.reports.query import Query
from sonla_cli.reports.sheet import Sheet

ADDED = ("actual", "plan")


def is_before(query: Query, period: Period) -> bool:
    """Whether `period` lies before the area took in others, which it then has to be summed from."""
    return AREAS[query.area].is_merged and period.end < MERGED_ON


def parts_sum(
    sheet: Sheet, query: Query, metric: str, quantity: str, basis: str, period: Period
) -> Known | None:
    """Add the row of the sum over the provinces that became the area; note what is missing and return `None`."""
    area = AREAS[query.area]
    known: list[tuple[str, Known]] = []
    missing: list[str] = []
    for name in (area.name, *area.parts):
        part = replace(query, area=name, entity="", boundaries="old")
        found = Sheet(part.evidence(period.year, (metric,))).published(metric, quantity, basis, period.text)
        if found is None:
            missing.append(name)
        else:
            known.append((name, found._replace(id=f"{name}/{found.id}")))
    if missing:
        values = {"area": area.name, "missing": ", ".join(missing), "period": period.text}
        values["known"] = ", ".join(name for name, _ in known)
        sheet.note("parts_missing", "warning", **values)
        return None
    return total(sheet, "parts_sum", metric, basis, period.text, known)


def total(
    sheet: Sheet, indicator: str, metric: str, basis: str, period: str, known: list[tuple[str, Known]]
) -> Known:
    """Add the row of a sum, its addends the inputs, and return it."""
    interval = Interval.of(0)
    for _, each in known:
        interval = interval + each.interval
    points = [each.point for _, each in known]
    point = None if None in points else sum((each for each in points if each is not None), Decimal(0))
    return sheet.stated(indicator, metric, basis, period, known, interval, point)
