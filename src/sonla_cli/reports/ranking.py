"""`sonla rank`: where areas, or the units of one area, stand by one figure of the same day.

A rank is bounded by the best and the worst place the intervals allow (`core.order`). The 63 provinces before
1 July 2025 and the 34 since are never ranked together; a merged province stands among the 34 at an earlier
date by the sum of the provinces that became it, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from sonla_cli.catalogue.areas import AREAS, COUNTRY, MERGED_ON, PROVINCES
from sonla_cli.catalogue.bases import PLAN_BASES
from sonla_cli.catalogue.metrics import METRICS
from sonla_cli.core import order
from sonla_cli.core.period import Period
from sonla_cli.core.problem import Code, Problem, SonlaError, near
from sonla_cli.core.unit import PERCENT, RANK
from sonla_cli.models.observation import Dataset, Observation
from sonla_cli.models.report import Report, Row
from sonla_cli.reports.known import Known, exactly, value_id
from sonla_cli.reports.merged import is_before, parts_sum
from sonla_cli.reports.plans import plan_row
from sonla_cli.reports.query import Query
from sonla_cli.reports.ranked import Order, Question, choose
from sonla_cli.reports.rollup import left_rows, rollup_rows
from sonla_cli.reports.sheet import Sheet, cited

#: leads the ids of what is said of all units together
OF_UNITS = "units/"


class Place(NamedTuple):
    """One area or unit: its query, its rows, and its figure."""

    query: Query
    sheet: Sheet
    window: Period
    known: Known


def rank(query: Query, metric: str, asked: Order | None = None) -> Report:
    """Return the ranking by `metric`; raise `SonlaError` if no two figures can be ranked."""
    asked = asked or Order()
    if metric not in METRICS:
        values, close = {"name": metric}, near(metric, list(METRICS))
        raise SonlaError([Problem(Code.UNKNOWN_METRIC, values=values, suggestions=close)])
    question = choose(query, metric, asked)
    side = query.boundaries or ("old" if question.anchor.end < MERGED_ON else "new")
    missing = Sheet(query.at(question.anchor, (metric,)))
    places = [
        place
        for each in _queries(query, asked, side)
        if (place := _place(each, question, missing)) is not None
    ]
    if not places:
        raise query.no_data(
            metric, (each.text for each in query.windows((metric,), ("actual", question.measure)))
        )
    places.sort(key=lambda each: _descending(each, lowest_first=asked.lowest_first))
    rows = _rank_rows(query, question, asked, places)
    if asked.entities:
        rows += rollup_rows(missing, question.metric, question.basis, question.anchor, [
            (each.query.entity, each.sheet) for each in places])  # fmt: skip
    if not asked.entities:
        total = len(PROVINCES) if side == "new" else len(AREAS) - 1
        values = {"count": str(len(places)), "total": str(total), "metric": metric}
        missing.note("ranked_of", **values, basis=question.basis, period=question.anchor.text)
    others = [
        each.query.entity or each.query.area for each in places if each.window.end != question.anchor.end
    ]
    if others:
        missing.note("other_date", names=", ".join(others), period=question.anchor.text)
    return _report(query, question, missing, rows)


def _descending(place: Place, *, lowest_first: bool) -> tuple[Decimal, str, str]:
    interval, point = place.known.interval, place.known.point
    middle = point if point is not None else interval.low if interval.low.is_finite() else interval.high
    return (middle if lowest_first else -middle), place.query.area, place.query.entity


def _queries(query: Query, asked: Order, side: str) -> Iterator[Query]:
    if asked.entities:
        units: dict[str, list[Observation]] = {}
        for each in query.dataset.observations:
            if each.area == query.area and each.entity:
                units.setdefault(each.entity, []).append(each)
        for name, said in sorted(units.items()):
            # thousands of communes: each looks at its own figures only
            own = Dataset.model_construct(observations=tuple(said), sources=query.dataset.sources)
            yield replace(query, dataset=own, entity=name, boundaries=side)
        return
    for name in AREAS if side == "old" else PROVINCES:
        if name != COUNTRY:
            yield replace(query, area=name, entity="", boundaries=side)


# the figure of one area or unit


def _place(query: Query, question: Question, missing: Sheet) -> Place | None:
    metric, measure, basis, anchor, within = question
    owner = METRICS[metric].plan_of
    evidence = query.evidence(anchor.year, (metric, owner) if owner else (metric,))
    windows = {
        each.window
        for each in evidence.observations
        if each.window.is_cumulative
        and each.window.year == anchor.year
        and abs((each.window.end - anchor.end).days) <= within
    }
    sheet = Sheet(evidence)
    for window in sorted(
        windows, key=lambda each: (abs((each.end - anchor.end).days), each != anchor, -each.end.toordinal())
    ):
        known = _figure(sheet, metric, measure, basis, window)
        if known:
            return Place(query, sheet, window, known)
    if is_before(query, anchor) and query.boundaries == "new" and not query.entity:
        known = _summed(sheet, query, question)
        if known:
            return Place(query, sheet, anchor, known)
        # where nothing is known of any of them there is nothing to say either
        missing.notes |= {key: note for key, note in sheet.notes.items() if note.values.get("known")}
    return None


def _figure(sheet: Sheet, metric: str, measure: str, basis: str, window: Period) -> Known | None:
    printed = sheet.published(metric, measure, basis if measure != "actual" else "", window.text)
    if printed or measure != "attainment" or basis not in PLAN_BASES:
        return printed
    actual = sheet.published(metric, "actual", "", window.text)
    plan = plan_row(sheet, metric, basis, window, actual, None) if actual else None
    if not (actual and plan):
        return None
    return sheet.computed("attainment", metric, basis, window.text, {"actual": actual, "plan": plan})


def _summed(sheet: Sheet, query: Query, question: Question) -> Known | None:
    metric, measure, basis, anchor, _ = question
    if measure not in ("actual", "attainment"):
        return None
    actual = parts_sum(sheet, query, metric, "actual", "", anchor)
    if measure == "actual" or actual is None:
        return actual
    plan = parts_sum(sheet, query, metric, "plan", basis, anchor)
    if plan is None:
        return None
    return sheet.computed("attainment", metric, basis, anchor.text, {"actual": actual, "plan": plan})


# the ranks


def _rank_rows(query: Query, question: Question, asked: Order, places: Sequence[Place]) -> list[Row]:
    metric, _, basis, anchor, _ = question
    is_rate = places[0].known.unit == PERCENT.name
    intervals = [each.known.interval for each in places]
    points = [each for place in places if (each := _point(place.known)) is not None]
    above = order.above([-each for each in intervals] if asked.lowest_first else intervals)
    gaps = order.from_median(intervals)
    median = order.quantile_point(points, order.HALF) if len(points) == len(places) else None
    middle = Known("median", order.quantile(intervals, order.HALF), median, places[0].known.unit)
    national = None if asked.entities else _national(query, question)
    units = exactly("units", len(places), RANK)
    left: dict[str, list[Known]] = {}
    if asked.entities and basis:
        left = left_rows([(each.query.entity, each.sheet) for each in places], metric, basis, anchor)
    rows: list[Row] = []
    for place, higher, gap in zip(places, above, gaps, strict=True):
        sheet, window = place.sheet, place.window.text
        on_top = Known("above", higher, higher.low if higher.is_point else None, RANK.name)
        kept = [place.known]
        place_of = sheet.computed("rank", metric, basis, window, {"above": on_top})
        kept.append(place_of)
        if len(places) > 1:
            kept.append(
                sheet.computed("percentile", metric, basis, window, {"units": units, "rank": place_of})
            )
        name = "median_gap" if is_rate else "median_gap_amount"
        inputs = (
            {"rate": place.known, "median": middle}
            if is_rate
            else {"actual": place.known, "median_amount": middle}
        )
        kept.append(sheet.computed(name, metric, basis, window, inputs, bounds=gap))
        if national and is_rate:
            inputs = {"rate": place.known, "national_rate": national}
            kept.append(sheet.computed("national_gap", metric, basis, window, inputs))
        if asked.target is not None and is_rate:
            inputs = {"rate": place.known, "target": exactly("target", asked.target, PERCENT)}
            kept.append(sheet.computed("target_gap", metric, basis, window, inputs))
        rows += named(place.query, sheet, [*kept, *left.get(place.query.entity, ())])
    rows += _spread(query, question, places, OF_UNITS if asked.entities else "")
    return rows


def _point(known: Known) -> Decimal | None:
    """Return what the printed digits give, unless other figures exclude it."""
    return known.point if known.point is not None and known.point in known.interval else None


def owner(query: Query) -> str:
    """Return what leads the ids of an area or of one of its units."""
    return f"{query.area}/{query.entity}/" if query.entity else f"{query.area}/"


def named(query: Query, sheet: Sheet, kept: Sequence[Known]) -> list[Row]:
    """Return the rows of what is kept and of what it was reckoned from, their ids led by the area and the unit."""
    prefix = owner(query)
    wanted = {each.id for each in kept}
    open_ends = list(wanted)
    while open_ends:
        row = sheet.rows[open_ends.pop()]
        fresh = {each.id for each in row.inputs if each.id in sheet.rows} - wanted
        wanted |= fresh
        open_ends += fresh
    return [
        row.model_copy(
            update={
                "id": f"{prefix}{row.id}",
                "inputs": tuple(
                    each.model_copy(update={"id": f"{prefix}{each.id}"}) if each.id in sheet.rows else each
                    for each in row.inputs
                ),
            }
        )
        for row in sheet.rows.values()
        if row.id in wanted
    ]


def _national(query: Query, question: Question) -> Known | None:
    metric, measure, basis, anchor, within = question
    country = Sheet(replace(query, area=COUNTRY, entity="", boundaries="").evidence(anchor.year, (metric,)))
    windows = {
        each.window
        for each in country.evidence.observations
        if (each.measure, each.basis) == (measure, basis)
        and each.window.year == anchor.year
        and abs((each.window.end - anchor.end).days) <= within
    }
    if not windows:
        return None
    nearest = min(windows, key=lambda each: (abs((each.end - anchor.end).days), each.end))
    known = country.published(metric, measure, basis, nearest.text)
    return known._replace(id=f"{COUNTRY}/{known.id}") if known else None


def _spread(query: Query, question: Question, places: Sequence[Place], lead: str) -> list[Row]:
    metric, _, basis, anchor, _ = question
    sheet = Sheet(query.evidence(anchor.year, (metric,)))
    intervals = [each.known.interval for each in places]
    points = [each for place in places if (each := _point(place.known)) is not None]
    inputs = []
    for place in places:
        name = place.query.entity or place.query.area
        inputs.append((name, place.known._replace(id=owner(place.query) + place.known.id)))
    shares = {"quartile_low": order.QUARTER, "median": order.HALF, "quartile_high": order.THREE_QUARTERS}
    for indicator, share in shares.items():
        point = order.quantile_point(points, share) if len(points) == len(places) else None
        bounds = order.quantile(intervals, share)
        sheet.stated(indicator, metric, basis, anchor.text, inputs, bounds, point)
        row = sheet.rows[value_id(metric, indicator, basis, anchor.text)]
        sheet.rows[row.id] = row.model_copy(update={"id": f"{lead}{row.id}", "unit": places[0].known.unit})
    return list(sheet.rows.values())


def _report(query: Query, question: Question, sheet: Sheet, rows: Sequence[Row]) -> Report:
    sources = {source for row in rows for source in (*row.sources, *(other.source for other in row.others))}
    return Report.model_construct(
        command="rank",
        area=query.area,
        period=question.anchor.text,
        rounding=query.rounding.value,
        rows=tuple(rows),
        problems=tuple(sheet.notes.values()),
        sources=tuple(cited(sheet.evidence, each) for each in sorted(sources) if each),
    )
