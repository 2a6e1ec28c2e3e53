"""Periods, units, forms and areas in the words around a table: fixed phrases, whole words, nothing partial."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sonla_cli.catalogue import areas
from sonla_cli.core import unit as units
from sonla_cli.core.spelling import clean, key

#: spellings of a unit line that occur in published tables and are no unit by themselves
UNIT_LINES = {
    **dict.fromkeys(
        ("tr đồng", "tr.đồng", "trđ", "tr.đ", "triệu dồng", "tiệu đồng", "triệu đổng", "triệu đ"),
        "triệu đồng",
    ),
    **dict.fromkeys(("tỷ đ", "tỷ.đ"), "tỷ đồng"),
    **dict.fromkeys(("1000 đồng", "1,000 đồng", "nghìn đ"), "nghìn đồng"),
}

_NUMBER_WORDS = {"ba": 3, "sáu": 6, "chín": 9, "mười": 10, "mười một": 11}
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


@dataclass(frozen=True, slots=True)
class Window:
    """A period as a phrase names it; `year` is `None` where only the table's title tells it.

    `kind`: `year` · `months` (cumulative) · `month` and `quarter` (which may be flows or cumulative) · `date`.
    """

    kind: str
    number: int = 0
    year: int | None = None
    end: date | None = None


_YEAR = r"(?:(?: (?:đầu )?năm|/năm|/| -) ?(?P<year>20\d\d)| (?P<year2>20\d\d))"
_PATTERNS = (
    ("signed", re.compile(r"(?<!đến )(?<!hết )\bngày (?:\d{1,2}|…+|\.+) ?tháng (?:\d{1,2}|…+|\.+) ?năm 20\d\d")),
    ("date", re.compile(r"(?:lũy kế )?(?:tính )?đến (?:hết )?(?:ngày )?(?P<day>\d{1,2})(?:[/.-]| tháng )(?P<month>\d{1,2})(?:[/.-]| năm )(?P<year>20\d\d)")),
    ("document", re.compile(r"ngày \d{1,2}[/.-]\d{1,2}[/.-]20\d\d")),
    ("months", re.compile(rf"(?P<number>\d{{1,2}}|{'|'.join(_NUMBER_WORDS)}) tháng(?: đầu năm)?{_YEAR}?(?!\w)")),
    ("months", re.compile(rf"lũy kế (?:đến |từ đầu năm đến )?(?:hết |cuối )?tháng (?P<number>\d{{1,2}}){_YEAR}?(?!\w)")),
    ("months", re.compile(rf"đến (?:hết |cuối )?tháng (?P<number>\d{{1,2}}){_YEAR}?(?!\w)")),
    ("quarter", re.compile(rf"quý (?P<number>i{{1,3}}|iv|[1-4]){_YEAR}?(?!\w)")),
    ("month", re.compile(rf"tháng (?P<number>\d{{1,2}}){_YEAR}?(?!\w)")),
    ("year", re.compile(r"(?:năm )?(?<!\d)(?P<year>20\d\d)(?!\d)")),
)  # fmt: skip


def windows(text: str) -> tuple[list[Window], str]:
    """Return the periods named in `text` (a key) and what is left of it."""
    found: list[Window] = []
    for kind, pattern in _PATTERNS:

        def take(match: re.Match[str], kind: str = kind) -> str:
            window = _window(kind, match)
            if window is not None:
                found.append(window)
            return " "

        text = pattern.sub(take, text)
    return found, " ".join(text.split())


def _window(kind: str, match: re.Match[str]) -> Window | None:
    if kind in ("signed", "document"):
        return None
    part = match.groupdict()
    year_text = part.get("year") or part.get("year2")
    year = int(year_text) if year_text else None
    if kind == "year":
        return Window("year", year=year)
    if kind == "date":
        try:
            return Window(
                "date", year=year, end=date(int(part["year"]), int(part["month"]), int(part["day"]))
            )
        except ValueError:
            return None
    text = part["number"]
    number = _QUARTERS[text] if kind == "quarter" else _NUMBER_WORDS.get(text) or int(text)
    return Window(kind, number, year) if 1 <= number <= 12 else None


def months(number: int, year: int) -> str:
    """Return the cumulative period of the first `number` months."""
    return str(year) if number == 12 else f"{year}-{number}M"


_UNIT_LINE = re.compile(r"(?P<sign>đơn vị tính|đơn vị|đvt|dvt)\s*[:;]?\s*(?P<unit>[^()]+?)\s*\)?\s*\Z")


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A line that declares the unit of a table; `unit` is `None` where it is not a known one."""

    printed: str
    unit: str | None


def unit_line(text: str) -> UnitLine | None:
    """Return the unit that a line declares; `Đơn vị: Sở Tài chính` is an organisation, not a unit."""
    found = _UNIT_LINE.search(key(text))
    if found is None:
        return None
    printed = re.sub(r"\s*[,;]\s*%\Z", "", found["unit"]).strip(" .;")
    unit = unit_of(printed)
    if unit is None and found["sign"] == "đơn vị":
        return None
    return UnitLine(printed, unit)


def unit_of(text: str) -> str | None:
    """Return the spelling of a unit that `core.unit` knows for a unit as printed, or `None`."""
    folded = key(text)
    spelled = UNIT_LINES.get(folded, folded)
    return spelled if units.parse(spelled) is not None else None


_FORM = re.compile(
    r"(?:biểu|mẫu)(?: mẫu)?(?: biểu)?(?: số)? ?:? ?(?P<number>\d{1,3}(?:\.\d)?)(?P<suffix> ?/ ?ck(?: tc)? ?- ?nsnn)?(?!\w)"
)


def form_number(text: str) -> str | None:
    """Return the number of the form that a line names, with or without a space before `/CK-NSNN`."""
    found = _FORM.search(key(text))
    return found["number"] if found else None


_PLACE = re.compile(r"(?:tỉnh|thành phố|tp\.?|ủy ban nhân dân|ubnd)\s+", re.IGNORECASE)


def areas_in(text: str) -> set[str]:
    """Return the areas that a title names after `tỉnh`, `thành phố` or an authority, by exact alias."""
    folded = " ".join(clean(text).split())
    found = set()
    for place in _PLACE.finditer(folded):
        for start in (place.start(), place.end()):
            words = folded[start:].replace(",", " ,").split(" ")
            for count in range(min(6, len(words)), 0, -1):
                area = areas.find(" ".join(words[:count]))
                if area is not None:
                    found.add(area.name)
                    break
    return found
