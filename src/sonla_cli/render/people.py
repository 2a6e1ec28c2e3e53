"""Labels, numbers and dates as people read them, in the language in use (Babel); never on the JSON path."""

from __future__ import annotations

from decimal import (
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    InvalidOperation,
    localcontext,
)
from functools import cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from sonla_cli import language
from sonla_cli.catalogue.bases import CHANGE_BASES, PLAN_BASES
from sonla_cli.catalogue.indicators import INDICATORS, QUANTITIES
from sonla_cli.catalogue.indicators import label as indicator_label
from sonla_cli.catalogue.metrics import DISBURSEMENT, EXPENDITURE, METRICS, REVENUE
from sonla_cli.core import unit as units
from sonla_cli.core.period import Kind, Period, parse
from sonla_cli.core.text import N_
from sonla_cli.language import _, ngettext
from sonla_cli.models.report import Report, Row
from sonla_cli.render.problems import printable

#: the units as people write them
UNITS = {
    "billion VND": N_("billion VND"), "million USD": N_("million USD"), "%": "%",
    "percentage points": N_("points"), "times": N_("times"), "day": N_("days"),
    "billion VND/day": N_("billion VND a day"), "billion VND/month": N_("billion VND a month"),
    "billion VND/project": N_("billion VND a project"), "million VND/head": N_("million VND a head"),
    "project": N_("projects"), "village": N_("villages"), "commune": N_("communes"), "target": N_("targets"),
    "enterprise": N_("enterprises"), "person": N_("people"), "km²": "km²",
    "month": N_("months"), "head": N_("people"), "rank": "",
    "million USD/day": N_("million USD a day"), "million USD/month": N_("million USD a month"),
}  # fmt: skip

#: what text calls the other multiples of a currency, by its dimension and what they are worth of its canonical unit
MULTIPLES = {
    ("VND", -9): N_("VND"), ("VND", -6): N_("thousand VND"), ("VND", -3): N_("million VND"),
    ("VND", -1): N_("hundred million VND"), ("VND", 3): N_("trillion VND"), ("VND", 6): N_("quadrillion VND"),
    ("USD", -6): "USD", ("USD", -3): N_("thousand USD"), ("USD", 3): N_("billion USD"),
}  # fmt: skip

HOW = {
    "published": N_("published"),
    "computed": N_("computed"),
    "implied": N_("implied"),
    "assumed": N_("assumed"),
}
MARKS = {"published": "●", "computed": "○", "implied": "◌", "assumed": "◇"}
#: how the status of a figure is said beside its number
ABBREVIATIONS = {"estimate": N_("est"), "preliminary": N_("prel"), "final": N_("fin")}
STATUS = {"estimate": N_("estimate"), "preliminary": N_("preliminary"), "final": N_("final")}
HEDGES = {"over": N_("over {number}"), "under": N_("nearly {number}"), "about": N_("about {number}")}
VERDICTS = {
    "exact": N_("exact"), "within rounding": N_("within rounding"),
    "contradictory": N_("contradictory"), "cannot tell": N_("cannot tell"),
}  # fmt: skip
CALENDAR = N_("Calendar")

#: how a day is written, with and without its year, where the medium form of the locale is not what officials use
DAY_PATTERNS = {"vi": ("dd/MM/yyyy", "dd/MM")}

#: the units that are counted
WHOLE = frozenset((*(each.name for each in units.CANONICAL.values() if each.is_count), "rank"))

#: rounding to a decimal place keeps every digit before it, however many there are
WIDE = Context(prec=2000)

#: decimals shown at most; two where the unit is not named
FINEST = {"times": 4, "%": 3, "percentage points": 3}


@cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)


def locale() -> Locale:
    """Return the Babel locale of the language in use."""
    return _locale(language.current())


def number(value: Decimal, decimals: int | None = None) -> str:
    """Return `value` with the marks of the language; its own decimals unless told."""
    if decimals is None:
        decimals = max(0, -int(value.as_tuple().exponent))
    pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
    with localcontext(WIDE):  # Babel reckons in the context there is
        shown = format_decimal(value, format=pattern, locale=locale(), decimal_quantization=False)
    return shown.replace("-", "−")


def with_unit(shown: str, unit: str, blank: str = "\u00a0") -> str:
    """Return a number and its unit, never broken apart; Vietnamese writes `138,07%` without a blank."""
    if not unit:
        return shown
    return f"{shown}%" if unit == "%" and language.current() == "vi" else f"{shown}{blank}{unit}"


def decimals_of(row: Row) -> int:
    """Return how many decimals the bounds of a row deserve: two significant digits of their width."""
    if row.low is None or row.high is None:
        return 1 if row.how != "published" else 0
    width = row.high - row.low
    if row.unit in WHOLE:
        return 0
    if _is_exact(row.low, row.high):
        return min(2, max(0, -int(row.low.as_tuple().exponent)))
    return max(0, min(FINEST.get(row.unit, 2), 1 - width.adjusted()))


def value(row: Row) -> str:
    """Return the value of a row for people, its hedge in words; a dash where only bounds are known."""
    if row.value is None:
        is_open_rank = row.indicator == "rank" and row.low is not None and row.high is not None
        return f"{row.low}–{row.high}" if is_open_rank else "–"
    if row.how == "published":
        shown = number(row.value)
        return _(HEDGES[row.hedge]).format(number=shown) if row.hedge in HEDGES else shown
    step = Decimal(1).scaleb(-decimals_of(row))
    return number(row.value.quantize(step, ROUND_HALF_EVEN, WIDE), decimals_of(row))


def mark(row: Row) -> str:
    """Return the mark of a figure's status, as it stands before the number; empty where none was printed."""
    return _(ABBREVIATIONS[row.status]) if row.status else ""


def marked(row: Row) -> str:
    """Return the value of a row after the mark of its status: an estimate is never shown as an actual."""
    return f"{mark(row)} {value(row)}".lstrip()


def figure(row: Row) -> str:
    """Return the value of a row, or its bounds where only they are known, after the mark of its status."""
    return marked(row) if row.value is not None else f"{mark(row)} {bounds(row) or '–'}".lstrip()


def bounds(row: Row) -> str:
    """Return the guaranteed bounds of a row, rounded outwards; empty where they say no more than the value."""
    if row.indicator == "rank":
        return ""
    if (
        row.low is not None
        and row.high is not None
        and row.value is not None
        and _is_exact(row.low, row.high)
    ):
        return ""
    if row.how == "published" and row.hedge in ("over", "under") and row.value in (row.low, row.high):
        return ""
    decimals = decimals_of(row)
    step = Decimal(1).scaleb(-decimals)
    low = None if row.low is None else number(row.low.quantize(step, ROUND_FLOOR, WIDE), decimals)
    high = None if row.high is None else number(row.high.quantize(step, ROUND_CEILING, WIDE), decimals)
    if low is None and high is None:
        return ""
    if high is None:
        return f"≥ {low}"
    if low is None or row.low == 0:
        return f"≤ {high}"
    return f"{low} … {high}"


def _is_exact(low: Decimal, high: Decimal) -> bool:
    """Whether two ends are apart by no more than the rounding to 12 digits."""
    return high - low <= abs(high) * Decimal("1e-10")


def unit(row: Row) -> str:
    """Return the unit of a row for people."""
    return _(UNITS.get(row.unit, row.unit))


def spelled(spelling: str) -> str:
    """Return a unit, as a source spelled it, in the reader's words; what is no unit stays as it is."""
    found = units.parse(spelling)
    if found is None:
        return printable(spelling)
    name = MULTIPLES.get((found.dimension, found.factor.adjusted()), found.name)
    return _(UNITS.get(name, name)) if name else spelling


def printed(text: str) -> str:
    """Return a figure as printed, a hedge, digits and unit, as the reader writes it: every digit is kept."""
    hedge, _space, rest = text.partition(" ")
    if hedge in HEDGES:
        return _(HEDGES[hedge]).format(number=printed(rest))
    digits, _space, spelling = text.removeprefix("exact ").partition(" ")
    try:
        figure = Decimal(digits)
    except InvalidOperation:
        return printable(text)
    return with_unit(number(figure), spelled(spelling), " ") if figure.is_finite() else printable(text)


def metric(metric_id: str) -> str:
    """Return the label of a metric."""
    found = METRICS.get(metric_id)
    return _(found.label) if found else _(CALENDAR) if metric_id == "calendar" else metric_id


def basis(basis_id: str) -> str:
    """Return the label of a basis; of a pair (`council/central`), both; of a period, since when."""
    if "/" in basis_id:
        first, _slash, rest = basis_id.partition("/")
        return (" ÷ " if rest in PLAN_BASES else ", ").join((basis(first), basis(rest)))
    known = PLAN_BASES.get(basis_id) or CHANGE_BASES.get(basis_id)
    if known:
        return _(known.label)
    if basis_id in METRICS:
        return metric(basis_id)
    if basis_id.startswith("average_"):
        return _("average of {span}").format(span=basis_id.removeprefix("average_").replace("_", "–"))
    if len(basis_id) > 4:
        try:
            return _("since {day}").format(day=day(parse(basis_id).end.isoformat()))
        except ValueError:
            return basis_id
    return _("against {year}").format(year=basis_id) if basis_id else ""


def plan(basis_id: str, metric_id: str) -> str:
    """Return what a plan of a metric is called: a budget or a capital plan, and who assigned it."""
    known = METRICS.get(metric_id)
    group = known.group if known else ""
    if basis_id == "total":  # its label says already that it is the plan
        return basis(basis_id)
    if group in (REVENUE, EXPENDITURE):
        return _("budget plan {basis}").format(basis=basis(basis_id))
    if group == DISBURSEMENT:
        return _("capital plan {basis}").format(basis=basis(basis_id))
    return _("plan {basis}").format(basis=basis(basis_id))


def label(row: Row, report_period: str = "", *, with_basis: bool = True) -> str:
    """Return what a row is: indicator, basis, and its period where that is not the report's."""
    parts = [_(indicator_label(row.indicator, row.metric))]
    if row.basis and with_basis:
        parts.append(basis(row.basis))
    text = ", ".join(parts)
    whose = owner(row)
    if whose:
        text = f"{whose}: {text}"
    if row.period != report_period:
        text += f" ({period(row.period)})"
    return text


def usual_period(report: Report, metric_id: str) -> str:
    """Return the period most rows of a metric stand for, where a report follows each metric to its own latest day."""
    if report.command not in ("pace", "project", "whatif") or metric_id == "calendar":
        return report.period
    periods = [row.period for row in report.rows if row.metric == metric_id]
    return max(dict.fromkeys((report.period, *periods)), key=periods.count)


def owner(row: Row) -> str:
    """Return whose row it is, where its id is led by an area and a unit; "after" for an assumption."""
    if row.id.startswith("whatif/"):
        return _("after")
    if row.entity and row.id.startswith(f"{row.area}/{row.entity}/"):
        return printable(row.entity)
    return row.area if row.id.startswith(f"{row.area}/") else ""


def formula(indicator_id: str) -> str:
    """Return the formula of an indicator in words."""
    found = INDICATORS.get(indicator_id)
    return found.formula.symbols(quantity) if found is not None and found.formula is not None else ""


def quantity(name: str) -> str:
    """Return the label of a name of a formula."""
    if name in QUANTITIES:
        return _(QUANTITIES[name].label)
    return metric(name)


def period(text: str) -> str:
    """Return a period for people; text that is no period stays as it is."""
    try:
        return _period(parse(text))
    except ValueError:
        return text


def window(text: str) -> str:
    """Return the part of a year a period covers, without the year; empty for a whole year."""
    found = parse(text)
    if found.kind is Kind.MONTHS:
        return ngettext("{count} month", "{count} months", found.end.month).format(count=found.end.month)
    if found.kind in (Kind.YEAR, Kind.SPAN):
        return ""
    pattern = DAY_PATTERNS.get(language.current(), ("medium", "d MMM"))[1]
    return _("to {day}").format(day=format_date(found.end, format=pattern, locale=locale()))


def _period(window: Period) -> str:
    if window.kind is Kind.YEAR:
        return str(window.year)
    if window.kind is Kind.MONTHS:
        if (
            window.end.month == 12
        ):  # Vietnamese speaks of the first months of a year, but not of its first twelve
            return _("12 months of {year}").format(year=window.year)
        return _("{count} months of {year}").format(count=window.end.month, year=window.year)
    if window.kind is Kind.DATE:
        return _("to {day}").format(day=day(window.end.isoformat()))
    if window.kind is Kind.BUDGET_YEAR_TO:
        return _("budget year {year} to {day}").format(year=window.year, day=day(window.end.isoformat()))
    if window.kind is Kind.SPAN:
        return f"{window.year}–{window.end.year}"
    part = window.text[5:]
    if part.startswith("Q"):
        return _("quarter {quarter} of {year}").format(quarter=part[1:], year=window.year)
    if part.startswith("H"):
        half = _("first half of {year}") if part == "H1" else _("second half of {year}")
        return half.format(year=window.year)
    return _("month {month} of {year}").format(month=int(part), year=window.year)


def day(iso: str) -> str:
    """Return an ISO date for people; anything else stays as it is."""
    from datetime import date

    try:
        pattern = DAY_PATTERNS.get(language.current(), ("medium", "d MMM"))[0]
        return format_date(date.fromisoformat(iso), format=pattern, locale=locale())
    except ValueError:
        return iso
