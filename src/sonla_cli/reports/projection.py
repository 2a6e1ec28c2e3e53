"""`sonla project`: where a year leads under three plain assumptions, side by side and as a range.

Straight line: the average pace since 1 January goes on. Season: the rest of the year goes as in a published
series (`reports.season`). Latest pace: the pace since the earlier report goes on. None of them is a forecast;
`docs/projection.md` shows how far each was off on a year whose outcome is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sonla_cli.catalogue.indicators import INDICATORS
from sonla_cli.core.formula import Expression
from sonla_cli.core.interval import NEAREST, Interval
from sonla_cli.core.period import Period, parse
from sonla_cli.core.unit import DAYS, PERCENT
from sonla_cli.models.report import Report
from sonla_cli.reports.known import Known, exactly, value_id
from sonla_cli.reports.pace import Subject, bases_of, name_season, planned, previous, span, subject_rows
from sonla_cli.reports.query import Query, order
from sonla_cli.reports.season import Season, Seasons, closing_day
from sonla_cli.reports.sheet import Sheet

METHODS = ("line", "season", "recent")


def project(query: Query, metrics: Sequence[str] = (), *, season_year: int | None = None) -> Report:
    """Return the projections of `metrics` (of all with a plan unless given) to the ends of the year."""
    windows = planned(query, metrics)
    sheet = Sheet(query.at(max(windows.values(), key=order)))
    seasons = Seasons(query, season_year)
    for metric, period in windows.items():
        subject = subject_rows(sheet, metric, period)
        horizons = [each for each in _horizons(metric, period.year) if each.end > period.end]
        if not horizons:
            sheet.note("year_closed", metric=metric, period=period.text)
        for horizon in horizons:
            _amount_rows(sheet, subject, seasons, horizon)
            for basis in bases_of(sheet, subject):
                _rate_rows(sheet, subject, seasons, basis, horizon)
    return sheet.report("project", span(query, windows))


def _horizons(metric: str, year: int) -> list[Period]:
    closing = closing_day(metric, year)
    last = parse(f"{year}-12-31")
    return [last] if closing == last.end else [last, parse(f"{year:04}@{closing.isoformat()}")]


def _amount_rows(sheet: Sheet, subject: Subject, seasons: Seasons, horizon: Period) -> None:
    metric, period, actual, _, earlier = subject
    if actual is None:
        return
    known = {"line": _line(sheet, "projected_line", metric, "", period, horizon, {"actual": actual})}
    season = seasons.find(metric, bases_of(sheet, subject), period)
    if season:
        known |= _season(sheet, season, "projected_season", metric, "", period, horizon, {"actual": actual})
    if earlier:
        window, before = earlier
        inputs = {"actual": actual, "previous": before, **_days(window, period, horizon)}
        known["recent"] = sheet.computed(
            "projected_recent",
            metric,
            "",
            horizon.text,
            inputs,
            bounds=_rising("projected_recent", inputs, "previous"),
        )
    _range(sheet, "projected_range", metric, "", horizon, known)


def _rate_rows(sheet: Sheet, subject: Subject, seasons: Seasons, basis: str, horizon: Period) -> None:
    metric, period = subject.metric, subject.period
    rate = sheet.known.get(value_id(metric, "attainment", basis, period.text))
    if rate is None:
        return
    given = {"attainment": rate}
    known = {"line": _line(sheet, "projected_rate_line", metric, basis, period, horizon, given)}
    season = seasons.find(metric, (basis,), period)
    if season:
        known |= _season(sheet, season, "projected_rate_season", metric, basis, period, horizon, given)
    before = _earlier_rate(sheet, subject, basis)
    if before:
        window, known_rate = before
        inputs = {"attainment": rate, "previous_rate": known_rate, **_days(window, period, horizon)}
        known["recent"] = sheet.computed(
            "projected_rate_recent", metric, basis, horizon.text, inputs,
            bounds=_rising("projected_rate_recent", inputs, "previous_rate"),
        )  # fmt: skip
    _range(sheet, "projected_rate_range", metric, basis, horizon, known)


def _earlier_rate(sheet: Sheet, subject: Subject, basis: str) -> tuple[Period, Known] | None:
    """Return the rate of the earlier report on today's plan where that can be reckoned, else as printed."""
    metric, period, _, plans, earlier = subject
    if earlier and basis in plans and plans[basis].interval.is_bounded:
        window, known = earlier
        return window, _over(known, plans[basis])
    return previous(sheet, metric, period, "attainment", basis)


def _over(actual: Known, plan: Known) -> Known:
    """Return the rate of an earlier actual on a plan."""
    point = None
    if actual.point is not None and plan.point:
        point = NEAREST.divide(actual.point * 100, plan.point)
    interval = actual.interval / plan.interval * Interval.of(100)
    sources = tuple(dict.fromkeys((*actual.sources, *plan.sources)))
    return Known("previous_rate", interval, point, PERCENT.name, sources, actual.status)


def _days(window: Period, period: Period, horizon: Period) -> dict[str, Known]:
    return {
        "interval_days": exactly("interval_days", (period.end - window.end).days, DAYS),
        "days_ahead": exactly("days_ahead", (horizon.end - period.end).days, DAYS),
    }


def _line(
    sheet: Sheet,
    indicator: str,
    metric: str,
    basis: str,
    period: Period,
    horizon: Period,
    given: dict[str, Known],
) -> Known:
    inputs = {
        **given,
        "elapsed_days": exactly("elapsed_days", period.days, DAYS),
        "horizon_days": exactly("horizon_days", (horizon.end - date(period.year, 1, 1)).days + 1, DAYS),
    }
    return sheet.computed(indicator, metric, basis, horizon.text, inputs)


def _season(
    sheet: Sheet, season: Season, indicator: str, metric: str, basis: str, period: Period, horizon: Period,
    given: dict[str, Known],
) -> dict[str, Known]:  # fmt: skip
    ratio = season.ratio(horizon.end, period.end)
    if not ratio.is_bounded:
        return {}
    inputs = {
        **given,
        "season_then": season.row(sheet, metric, horizon),
        "season": season.row(sheet, metric, period),
    }
    name_season(sheet, season, metric)
    (level,) = given.values()
    return {
        "season": sheet.computed(
            indicator, metric, basis, horizon.text, inputs, bounds=level.interval * ratio
        )
    }


def _rising(indicator: str, inputs: dict[str, Known], falling: str) -> Interval:
    """Return the exact range of a formula that falls in `falling` and rises in all its other inputs."""
    formula = INDICATORS[indicator].formula
    assert isinstance(formula, Expression)  # noqa: S101 - only computed indicators come here
    least = {name: _point(each, low=name != falling) for name, each in inputs.items()}
    most = {name: _point(each, low=name == falling) for name, each in inputs.items()}
    return Interval(formula.evaluate(least).low, formula.evaluate(most).high)


def _point(known: Known, *, low: bool) -> Interval:
    end = known.interval.low if low else known.interval.high
    return Interval(end, end)


def _range(
    sheet: Sheet, indicator: str, metric: str, basis: str, horizon: Period, known: dict[str, Known]
) -> None:
    bounds = [each.interval for each in known.values()]
    low, high = min(each.low for each in bounds), max(each.high for each in bounds)
    sheet.stated(indicator, metric, basis, horizon.text, known.items(), Interval(low, high))
