"""The rows behind a picture that no other report has: a rate in the course of a budget year.

A rate is only joined to rates on the same basis; a figure of the country carries it in its id
(`Việt Nam/disbursement:…`).
"""

from __future__ import annotations

from dataclasses import replace

from sonla_cli.catalogue.areas import COUNTRY
from sonla_cli.core.period import Kind, Period, parse
from sonla_cli.models.report import Report, Row
from sonla_cli.reports.query import Query, order
from sonla_cli.reports.sheet import Sheet

DISBURSEMENT = "disbursement"
#: the bases whose rates are drawn in the course of a year, the first also for the country
COURSE_BASES = ("prime_minister", "total")


def course(query: Query, year: int | None = None) -> Report:
    """Return the disbursement rates of the area and of the country in the course of a budget year, and the targets.

    Raises `SonlaError` if no rate was published.
    """
    if year is None:
        windows = query.windows((DISBURSEMENT,), ("attainment",))
        asked = parse(query.period).year if query.period else None
        years = [each.year for each in windows if asked in (None, each.year)]
        if not years:
            raise query.no_data(DISBURSEMENT, (each.text for each in windows))
        year = years[-1]
    own = Sheet(query.evidence(year))
    for basis in COURSE_BASES:
        _rates(own, query, basis, year)
    _targets(own, year)
    found = own.report("chart disbursement", str(year))
    if query.area == COUNTRY:
        return found
    country = replace(query, area=COUNTRY)
    other = Sheet(country.evidence(year))
    _rates(other, country, COURSE_BASES[0], year)
    return _joined(found, other.report(found.command, found.period))


def _rates(sheet: Sheet, query: Query, basis: str, year: int) -> None:
    by_end: dict[str, Period] = {}
    for each in query.windows((DISBURSEMENT,), ("attainment",)):
        printed = sheet.evidence.vintages(DISBURSEMENT, "attainment", basis, each.text)
        # where a date and a number of months end on one day, the date is kept: the ministry reports by date
        if (
            each.year == year
            and printed
            and not (each.end.isoformat() in by_end and each.kind is Kind.MONTHS)
        ):
            by_end[each.end.isoformat()] = each
    for window in by_end.values():
        sheet.published(DISBURSEMENT, "attainment", basis, window.text)


def _targets(sheet: Sheet, year: int) -> None:
    targets = {
        (each.basis, each.window)
        for each in sheet.evidence.observations
        if each.metric == DISBURSEMENT and each.measure == "target" and each.window.year == year
    }
    for basis, window in sorted(targets, key=lambda each: (*order(each[1]), each[0])):
        sheet.published(DISBURSEMENT, "target", basis, window.text)


def _named(row: Row, area: str) -> Row:
    if row.area == area or row.id.startswith(f"{row.area}/"):
        return row
    return row.model_copy(update={"id": f"{row.area}/{row.id}"})


def _joined(first: Report, second: Report) -> Report:
    sources = {each.id: each for each in (*first.sources, *second.sources)}
    return first.model_copy(
        update={
            "rows": (*first.rows, *(_named(row, first.area) for row in second.rows)),
            "problems": (*first.problems, *second.problems),
            "sources": tuple(sources[each] for each in sorted(sources)),
        }
    )
