"""Units of Vietnamese fiscal figures, with exact factors to one canonical unit per dimension.

Money in đồng is reckoned in billion đồng (`tỷ đồng`, 10⁹), money in dollars in million dollars; nothing is
ever converted between the two. Percent, percentage points and multiples are unlike units: a sum of two of
them has no meaning, except that points move a percentage.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


class UnitError(ValueError):
    """Two units that cannot be combined."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its name in JSON, its dimension and how many canonical units it is worth."""

    name: str
    dimension: str
    factor: Decimal = Decimal(1)
    is_count: bool = False

    @property
    def canonical(self) -> Unit:
        """The unit in which figures of this dimension are compared."""
        return CANONICAL[self.dimension]

    def __add__(self, other: Unit) -> Unit:
        """Return the unit of a sum; raise `UnitError` for unlike units."""
        return _sum(self, other, difference=False)

    def __sub__(self, other: Unit) -> Unit:
        """Return the unit of a difference; raise `UnitError` for unlike units."""
        return _sum(self, other, difference=True)


BILLION_VND = Unit("billion VND", "VND")
MILLION_USD = Unit("million USD", "USD")
PERCENT = Unit("%", "percent")
POINTS = Unit("percentage points", "points")
TIMES = Unit("times", "times")
DAYS = Unit("day", "day")
MONTHS = Unit("month", "month")
BILLION_VND_PER_DAY = Unit("billion VND/day", "VND/day")
BILLION_VND_PER_MONTH = Unit("billion VND/month", "VND/month")
MILLION_USD_PER_DAY = Unit("million USD/day", "USD/day")
MILLION_USD_PER_MONTH = Unit("million USD/month", "USD/month")
BILLION_VND_PER_PROJECT = Unit("billion VND/project", "VND/project")
MILLION_VND_PER_HEAD = Unit("million VND/head", "VND/head")
PROJECT = Unit("project", "project", is_count=True)
VILLAGE = Unit("village", "village", is_count=True)
COMMUNE = Unit("commune", "commune", is_count=True)
TARGET = Unit("target", "target", is_count=True)
ENTERPRISE = Unit("enterprise", "enterprise", is_count=True)
PERSON = Unit("person", "person", is_count=True)
#: people among whom an amount is divided
HEAD = Unit("head", "head", is_count=True)
#: a place in an order, or how many places there are: a pure number
RANK = Unit("rank", "times", is_count=True)
SQUARE_KILOMETRE = Unit("km²", "area")

CANONICAL = {
    unit.dimension: unit
    for unit in (
        BILLION_VND, MILLION_USD, PERCENT, POINTS, TIMES, DAYS, BILLION_VND_PER_DAY, BILLION_VND_PER_MONTH,
        BILLION_VND_PER_PROJECT, MILLION_VND_PER_HEAD, PROJECT, VILLAGE, COMMUNE, TARGET, ENTERPRISE, PERSON,
        SQUARE_KILOMETRE, MONTHS, HEAD, MILLION_USD_PER_DAY, MILLION_USD_PER_MONTH,
    )
}  # fmt: skip


def _vnd(power: int) -> Unit:
    return Unit("VND", "VND", Decimal(10) ** (power - 9))


def _usd(power: int) -> Unit:
    return Unit("USD", "USD", Decimal(10) ** (power - 6))


#: every spelling that is read as a unit; the printed spelling is kept with the figure
SPELLINGS: dict[str, Unit] = {
    "đồng": _vnd(0), "nghìn đồng": _vnd(3), "ngàn đồng": _vnd(3), "1.000 đồng": _vnd(3),
    "triệu đồng": _vnd(6), "1.000.000 đồng": _vnd(6), "trăm triệu đồng": _vnd(8),
    "tỷ đồng": BILLION_VND, "tỷ": BILLION_VND,
    "nghìn tỷ đồng": _vnd(12), "nghìn tỷ": _vnd(12), "ngàn tỷ đồng": _vnd(12), "ngàn tỷ": _vnd(12),
    "triệu tỷ đồng": _vnd(15), "triệu tỷ": _vnd(15),
    "VND": _vnd(0), "million VND": _vnd(6), "billion VND": BILLION_VND, "trillion VND": _vnd(12),
    "USD": _usd(0), "nghìn USD": _usd(3), "triệu USD": MILLION_USD, "tỷ USD": _usd(9),
    "million USD": MILLION_USD, "billion USD": _usd(9),
    "%": PERCENT, "phần trăm": PERCENT, "percent": PERCENT,
    "điểm phần trăm": POINTS, "điểm %": POINTS, "percentage points": POINTS, "percentage point": POINTS,
    "lần": TIMES, "times": TIMES,
    "ngày": DAYS, "day": DAYS, "days": DAYS,
    "dự án": PROJECT, "project": PROJECT, "projects": PROJECT,
    "bản": VILLAGE, "thôn, bản": VILLAGE, "village": VILLAGE, "villages": VILLAGE,
    "xã": COMMUNE, "commune": COMMUNE, "communes": COMMUNE,
    "chỉ tiêu": TARGET, "target": TARGET, "targets": TARGET,
    "doanh nghiệp": ENTERPRISE, "enterprise": ENTERPRISE, "enterprises": ENTERPRISE,
    "người": PERSON, "person": PERSON, "people": PERSON,
    "km²": SQUARE_KILOMETRE, "km2": SQUARE_KILOMETRE,
    "triệu đồng/người": MILLION_VND_PER_HEAD, "million VND/head": MILLION_VND_PER_HEAD,
}  # fmt: skip


def parse(text: str) -> Unit | None:
    """Return the unit spelled `text` (`tỉ` and `tỷ`, any case and inner spacing), or `None`."""
    found = SPELLINGS.get(text)
    if found is None:
        folded = " ".join(text.split()).casefold().replace("tỉ", "tỷ")
        found = _FOLDED.get(folded)
    return found


_FOLDED = {spelling.casefold(): unit for spelling, unit in SPELLINGS.items()}


def _sum(left: Unit, right: Unit, *, difference: bool) -> Unit:
    if left.dimension == right.dimension:
        return POINTS if difference and left.dimension == "percent" else left.canonical
    if left.dimension == "percent" and right.dimension == "points":
        return left
    verb = "subtract" if difference else "add"
    raise UnitError(f"cannot {verb} {right.name} and {left.name}")
