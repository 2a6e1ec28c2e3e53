"""What a picture shows, before it is drawn: marks with both ends of their interval, and the lines to hold them against.

A mark is never a bare point: `low` and `high` are its guaranteed bounds (`None`: unbounded), `value` what the
printed digits give (`None`: only bounds are known), and both ways of drawing show the interval as an interval.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sonla_cli.catalogue.areas import COUNTRY
from sonla_cli.catalogue.bases import PLAN_BASES
from sonla_cli.catalogue.indicators import label as indicator_label
from sonla_cli.catalogue.metrics import METRICS
from sonla_cli.core.period import Period, parse
from sonla_cli.core.text import N_
from sonla_cli.language import _
from sonla_cli.models.report import Report, Row
from sonla_cli.render import people

FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure of a picture. `at` is its place: the day of the budget year, or the bar's place from the top."""

    label: str
    text: str
    row: Row
    series: str = ""
    at: int = 0
    strong: bool = False
    #: a second line under the label
    note: str = ""

    @property
    def low(self) -> Decimal:
        """The lower end of what is drawn: zero where there is no bound."""
        return self.row.low if self.row.low is not None else Decimal(0)

    @property
    def high(self) -> Decimal:
        """The upper end of what is drawn: the lower end or the value where there is no bound."""
        if self.row.high is not None:
            return self.row.high
        return max(self.low, self.row.value or Decimal(0))

    @property
    def is_open(self) -> bool:
        """Whether the interval has no upper end."""
        return self.row.high is None


@dataclass(frozen=True, slots=True)
class Line:
    """A line to hold marks against: at a level, or from (day, level) to (day, level)."""

    label: str
    ends: tuple[tuple[int, Decimal], tuple[int, Decimal]] | None = None
    level: Decimal | None = None
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """Marks that share one axis of numbers; a picture of several metrics has several panels."""

    title: str
    unit: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: `bars` (one or more panels) or a `course` over the days of a budget year."""

    id: str
    kind: str
    title: str
    axis: str
    panels: tuple[Panel, ...]
    lines: tuple[Line, ...] = ()
    months: tuple[tuple[int, str], ...] = ()
    note: str = ""
    #: the picture in words, for those who do not see it
    alt: str = ""
    series: tuple[str, ...] = field(default=())

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks of all panels."""
        return tuple(mark for panel in self.panels for mark in panel.marks)


def amount(row: Row) -> str:
    """Return the value of a row with its unit, or its bounds where only they are known."""
    return people.with_unit(people.figure(row), people.unit(row))


def attainments(report: Report) -> Picture | None:
    """Return the attainment of every plan of a budget or disbursement report, against the year gone by."""
    rows = [
        row
        for row in report.rows
        if row.indicator == "attainment" and row.basis in PLAN_BASES and row.unit == "%"
    ]
    rows = [row for row in rows if row.period == report.period]
    if not rows:
        return None
    marks = tuple(
        Mark(
            people.metric(row.metric),
            amount(row),
            row,
            at=place,
            note=people.plan(row.basis, row.metric),
        )
        for place, row in enumerate(rows)
    )
    lines = [Line(_("100 % of the plan"), level=FULL, strong=True)]
    elapsed = next((row for row in report.rows if row.indicator == "elapsed"), None)
    if elapsed and elapsed.value is not None:
        lines.append(
            Line(_("share of the year elapsed: {share}").format(share=amount(elapsed)), level=elapsed.value)
        )
    title = _("Attainment against each plan, {area}, {period}").format(
        area=report.area, period=people.period(report.period)
    )
    return _told(
        Picture("attainment", "bars", title, _("% of the plan"), (Panel("", "%", marks),), tuple(lines))
    )


def course(report: Report) -> Picture | None:
    """Return the disbursement rate over a budget year: the area per basis, the country, the targets, the straight line."""
    rows = [row for row in report.rows if row.indicator in ("attainment", "target") and row.unit == "%"]
    if not any(row.indicator == "attainment" for row in rows):
        return None
    year = parse(report.period).year
    marks = tuple(
        Mark(
            people.period(row.period),
            amount(row),
            row,
            _series(row),
            _day(parse(row.period), year),
            row.area == report.area,
        )
        for row in rows
    )
    closing = parse(str(year)).closing
    straight = Line(_("straight line to {day}").format(day=people.day(closing.isoformat())),
                    ends=((0, Decimal(0)), (_day_of(closing, year), FULL)))  # fmt: skip
    title = _("Disbursement of public investment in the course of {year}, {area}").format(
        year=year, area=report.area
    )
    series = tuple(dict.fromkeys(mark.series for mark in marks))
    return _told(
        Picture(
            "course",
            "course",
            title,
            _("% of the capital plan"),
            (Panel("", "%", marks),),
            (straight,),
            _months(year),
            series=series,
        )
    )


def _series(row: Row) -> str:
    if row.indicator == "target":
        return _("target")
    name = _("the country") if row.area == COUNTRY else row.area
    return f"{name}, {people.basis(row.basis)}"


def _day(window: Period, year: int) -> int:
    return _day_of(window.end, year)


def _day_of(day: date, year: int) -> int:
    return (day - date(year, 1, 1)).days + 1


def _months(year: int) -> tuple[tuple[int, str], ...]:
    starts = [date(year, month, 1) for month in range(1, 13)] + [date(year + 1, 1, 1)]
    return tuple((_day_of(each, year), f"{each.month}/{each.year}") for each in starts)


#: what is shown year by year, if it was published for two years or more
YEARLY = ("actual", "level_from_index", "level_from_growth", "level_from_multiple", "growth")
#: most panels of one picture
PANELS = 6


def years(report: Report, metrics: Iterable[str] = ()) -> Picture | None:
    """Return the levels of each metric year by year over the same window of every year."""
    wanted = tuple(metrics)
    by_metric: dict[str, dict[str, Row]] = {}
    for row in report.rows:
        level = row.indicator in YEARLY[:-1] or (row.indicator == "growth" and METRICS[row.metric].growth_of)
        chosen = row.metric in wanted if wanted else row.unit != "times"
        if level and chosen and row.period[:4] in report.period.split():
            by_metric.setdefault(row.metric, {}).setdefault(row.period, row)
    several = {metric: rows for metric, rows in by_metric.items() if len(rows) > 1 or wanted}
    panels = []
    for metric, rows in list(several.items())[:PANELS]:
        ordered = sorted(rows.values(), key=lambda row: (parse(row.period).end, row.period))
        marks = tuple(
            Mark(people.period(row.period), amount(row), row, at=place, strong=place == len(ordered) - 1)
            for place, row in enumerate(ordered)
        )
        panels.append(Panel(people.metric(metric), people.unit(ordered[0]), marks))
    if not panels:
        return None
    shown = " / ".join(report.period.split())
    title = _("The same window of {years}, {area}").format(years=shown, area=report.area)
    return _told(Picture("years", "bars", title, "", tuple(panels)))


def ranking(report: Report) -> Picture | None:
    """Return areas, or units of an area, in the order of their rank, against the median and the country."""
    ranks = {_place(row): row for row in report.rows if row.indicator == "rank"}
    rows: dict[tuple[str, str], Row] = {}
    for row in report.rows:
        if _place(row) in ranks and row.indicator in RANKED:
            rows.setdefault(_place(row), row)
    if not rows:
        return None
    marks = tuple(
        Mark(f"{people.value(ranks[who])}. {row.entity or row.area} ({_short(row.period)})", amount(row), row, at=place,
             strong=row.area == report.area and not row.entity)
        for place, (who, row) in enumerate(rows.items())
    )  # fmt: skip
    first = next(iter(rows.values()))
    title = _("{metric}: {figure}, figures nearest to {period}").format(
        metric=people.metric(first.metric), figure=_figure(first),
        period=people.day(parse(report.period).end.isoformat()),
    )  # fmt: skip
    panel = Panel("", people.unit(first), marks)
    return _told(Picture("rank", "bars", title, people.unit(first), (panel,), tuple(_compared(report))))


def _figure(row: Row) -> str:
    """Return what is ranked: the indicator and its basis, without the area."""
    parts = (_(indicator_label(row.indicator, row.metric)), people.basis(row.basis))
    return ", ".join(part for part in parts if part)


#: what areas are ranked by
RANKED = ("attainment", "growth", "index", "actual", "allocation_rate")


def _place(row: Row) -> tuple[str, str]:
    return row.area, row.entity


def _compared(report: Report) -> Iterator[Line]:
    """Yield the lines a ranking is held against: the median of those ranked, and the country."""
    for row in report.rows:
        if row.indicator == "median" and row.value is not None:
            yield Line(_("median: {value}").format(value=amount(row)), level=row.value, strong=True)
    national = {
        given.value: row.unit for row in report.rows if row.indicator == "national_gap"
        for given in row.inputs if given.name == "national_rate"
    }  # fmt: skip
    for value in list(national)[:1]:
        if value is not None:
            yield Line(
                _("the country: {value}").format(value=people.with_unit(people.number(value), "%")),
                level=value,
            )


def _short(period: str) -> str:
    end = parse(period).end
    return f"{end.day}/{end.month}"


def _told(picture: Picture) -> Picture:
    """Return the picture with its content in words and what its marks mean."""
    from dataclasses import replace

    sentences = [picture.title + "."]
    for panel in picture.panels:
        told = "; ".join(f"{_told_label(mark)}: {mark.text}{_told_bounds(mark)}" for mark in panel.marks)
        sentences.append((f"{panel.title}: " if panel.title else "") + told + ".")
    kind = _("Line")
    sentences += [f"{kind}: {line.label}." for line in picture.lines]
    visible = any(map(_shows, picture.panels))
    return replace(picture, alt=" ".join(sentences), note=_(NOTE) if visible else "")


def _shows(panel: Panel) -> bool:
    """Whether an interval of the panel is wide enough to be seen."""
    most = max(mark.high for mark in panel.marks)
    return any(mark.is_open or mark.high - mark.low > most / 100 for mark in panel.marks)


NOTE = N_(
    "Light bands are intervals: the true value lies between their ends. An arrow means no bound is known."
)


def _told_label(mark: Mark) -> str:
    parts = (mark.series if mark.series not in mark.label else "", mark.label, mark.note)
    return ", ".join(part for part in parts if part)


def _told_bounds(mark: Mark) -> str:
    bounds = people.bounds(mark.row) if mark.row.value is not None else ""
    return f" ({bounds})" if bounds else ""


#: picture of a section or of `sonla chart`, by the command that made the report
BY_COMMAND: dict[str, Callable[[Report], Picture | None]] = {
    "budget": attainments,
    "chart disbursement": course,
    "compare": years,
    "rank": ranking,
}


def of(report: Report, metrics: Iterable[str] = ()) -> Picture | None:
    """Return the picture of a report, or `None` if it has nothing to draw."""
    if report.command == "compare":
        return years(report, metrics)
    make = BY_COMMAND.get(report.command)
    return make(report) if make else None
