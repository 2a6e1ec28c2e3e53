"""Windows of time as they are worded; each becomes a spelling of `core.period` with `????` for an unsaid year.

The one convention: `10 tháng` and everything that runs `đến` (up to) a month or quarter is cumulative from
1 January, a bare `tháng 10` or `quý III` is the flow of that month or quarter, and a day counts only as the end
of a window. Finding a window consumes its numbers, so that no date is ever taken for a figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from sonla_cli.press import words as number_words
from sonla_cli.press.marks import Kind, Mark
from sonla_cli.press.resolved import UNKNOWN, UNSAID

ROMAN = number_words.ROMAN
UP_TO = frozenset({"đến", "tới", "hết", "cuối", "giữa", "qua", "thúc"})
DAY_BEFORE = frozenset({"ngày", "đến", "tới", "hết", "và", "sáng", "chiều", "từ", "mồng", "mùng"})
SPAN_HEADS = {"giai": "đoạn", "nhiệm": "kỳ", "trung": "hạn", "thời": "kỳ", "khóa": "", "kỳ": ""}
THIS_YEAR = {"nay", "này"}

_YEAR = re.compile(r"(?:19|20)[0-9]{2}\Z")
_DATE = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})(?:\2([0-9]{4}))?\Z")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})/((?:19|20)[0-9]{2})\Z")
_QUARTER_YEAR = re.compile(r"([1-4])/((?:19|20)[0-9]{2})\Z")
_MONTHS = number_words.MONTHS


def window_at(words: Sequence[str], at: int) -> Mark | None:
    """Return the window of time that begins at token `at`."""
    word = words[at]
    if "0" <= word[0] <= "9":
        return _numeral(words, at)
    reader = _READERS.get(word)
    return reader(words, at) if reader else _said_months(words, at)


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if 0 <= at < len(words) else ""


def _year_at(words: Sequence[str], at: int) -> tuple[str, int]:
    """Return the year named at `at` ("năm 2025", "của năm 2025", "/2025", "năm nay") and the token after it."""
    here = at
    while _word(words, here) in ("của", "/", ",", "trong") and here < at + 1:
        here += 1
    if _word(words, here) == "năm":
        following = _word(words, here + 1)
        if _YEAR.match(following):
            return following, here + 2
        if following in THIS_YEAR:
            return UNSAID, here + 2
        if following not in number_words.SCALES and following != "trăm":
            return UNSAID, here + 1 if words[here - 1] in ("đầu", "cuối") else at
        return UNSAID, at
    if here > at and words[at] != "/":
        return UNSAID, at
    if _YEAR.match(_word(words, here)) and _word(words, here + 1) not in ("tỷ", "tỉ", "%", "triệu", "dự"):
        return words[here], here + 1
    return UNSAID, at


def _mark(first: int, last: int, value: str) -> Mark:
    return Mark(Kind.PERIOD, first, last, value)


def _count(words: Sequence[str], at: int, last: int, months: int) -> Mark:
    """Return the window of so many months, `last` being the token after "tháng"."""
    part = _word(words, last)
    end_of_year = part == "cuối" or (part == "còn" and _word(words, last + 1) == "lại")
    if end_of_year or part in ("đầu", "qua"):
        last += 2 if part == "còn" else 1
    year, last = _year_at(words, last)
    if end_of_year:
        value = {6: "H2", 3: "Q4"}.get(months)
        return _mark(at, last, f"{year}-{value}" if value else year)
    return _mark(at, last, f"{year}-{months}M")


def _numeral(words: Sequence[str], at: int) -> Mark | None:
    token, following = words[at], _word(words, at + 1)
    if token.isdigit():
        if len(token) <= 2:
            if following == "tháng" and 1 <= int(token) <= 12 and not _is_month(words, at + 2):
                return _count(words, at, at + 2, int(token))
            if following in _QUARTERS and (found := _quarters(words, at, int(token))):
                return found
            if following == "t" and 1 <= int(token) <= 12:
                year, last = _year_at(words, at + 2)
                return _mark(at, last, f"{year}-{int(token)}M")
            if following in ("-", "/") and _word(words, at + 2).isdigit():
                return _dashed_date(words, at)
            return None
        if _YEAR.match(token):
            return _span(words, at, at) or _bare_year(words, at)
        return None
    return _day(words, at)


def _quarters(words: Sequence[str], at: int, quarters: int) -> Mark | None:
    """Return "3 quý đầu năm", "hai quý của năm 2025"."""
    if not 1 <= quarters <= 4 or _word(words, at + 2) not in ("đầu", "của", "năm", "cuối"):
        return None
    return _count(words, at, at + 2, quarters * 3)


_QUARTERS = frozenset({"quý", "quí"})


def _is_month(words: Sequence[str], at: int) -> bool:
    """Whether a token after "tháng" numbers the month ("ngày 10 tháng 9") instead of beginning an amount."""
    token = _word(words, at)
    if token.isdigit():
        return len(token) <= 2 and _word(words, at + 1) not in UNITS_AFTER
    return _MONTH_YEAR.match(token) is not None


def _bare_year(words: Sequence[str], at: int) -> Mark | None:
    following = _word(words, at + 1)
    if not "2000" <= words[at] <= "2050":
        return None
    if following in UNITS_AFTER and _word(words, at + 2) != "lượt":
        return None
    return _mark(at, at + 1, words[at])


UNITS_AFTER = frozenset(
    {"tỷ", "tỉ", "%", "triệu", "nghìn", "ngàn", "đồng", "dự", "doanh", "lần", "phần", "điểm", "vạn", "usd"}
)


def _dashed_date(words: Sequence[str], at: int) -> Mark | None:
    """Return the date written `15-10-2025`, whose dashes are tokens of their own."""
    if words[at + 1] != "-" or _word(words, at + 3) != "-" or not _YEAR.match(_word(words, at + 4)):
        return None
    return _date_mark(words, at, at + 5, words[at], words[at + 2], words[at + 4])


def _day(words: Sequence[str], at: int) -> Mark | None:
    found = _DATE.match(words[at])
    if not found:
        return None
    day, mark, month, year = found.groups()
    before = _word(words, at - 1)
    if not year and (mark == "." or _word(words, at + 1) == "năm"):
        year_said, last = _year_at(words, at + 1)
        year = year_said if year_said != UNSAID else None
    else:
        last = at + 1
    if not year and (before not in DAY_BEFORE or _word(words, at + 1) in UNITS_AFTER):
        return None
    return _date_mark(words, at, last, day, month, year)


def _date_mark(
    words: Sequence[str], at: int, last: int, day: str, month: str, year: str | None
) -> Mark | None:
    try:
        date(int(year or 2024), int(month), int(day))
    except ValueError:
        return None
    first = at
    ends = False
    while first > 0 and words[first - 1] in ("ngày", "đến", "tới", "hết", "trước", "thời", "điểm", "mốc"):
        first -= 1
        ends = ends or words[first] in ("đến", "tới", "hết", "trước")
    if not ends:
        return Mark(Kind.PERIOD, at, last, "")  # only the day of an event
    if _begins_late(words, first):
        return _mark(at, last, UNKNOWN)
    return _mark(at, last, f"{year or UNSAID}-{int(month):02}-{int(day):02}")


def _begins_late(words: Sequence[str], at: int) -> bool:
    """Whether a window up to a day begins at another day than the first of its year ("từ 16/10 đến …")."""
    said, before = _word(words, at - 1), words[max(0, at - 3) : max(0, at - 1)]
    is_day = _DATE.match(said) is not None or _MONTH_YEAR.match(said) is not None
    return (
        is_day
        and before[-1:] in (["từ"], ["ngày"])
        and "từ" in before
        and not said.startswith(("1/1", "01/01"))
    )


def _month(words: Sequence[str], at: int) -> Mark | None:
    token = _word(words, at + 1)
    last, year, month = at + 2, UNSAID, 0
    found = _MONTH_YEAR.match(token)
    if found:
        month, year = int(found[1]), found[2]
    elif token.isdigit() and len(token) <= 2:
        month = int(token)
        if _word(words, at + 2) in ("-", "–") and _word(words, at + 3).isdigit() and len(words[at + 3]) <= 2:
            month, last = int(words[at + 3]), at + 4
        year, last = _year_at(words, last)
    elif token in _MONTHS:
        month = _MONTHS[token]
        if month == 10 and _word(words, last) in ("một", "hai"):
            month, last = 10 + _MONTHS[words[last]], last + 1
        year, last = _year_at(words, last)
    if not 1 <= month <= 12 or (month == 12 and words[last : last + 2] in _LAST_YEAR):
        return None  # "tháng 12 năm trước" is the start of the year
    cumulative = _word(words, at - 1) in UP_TO or (_word(words, at - 2), _word(words, at - 1)) == (
        "lũy",
        "kế",
    )
    return _mark(at, last, f"{year}-{month}M" if cumulative else f"{year}-{month:02}")


_LAST_YEAR = (["năm", "trước"], ["năm", "ngoái"])


def _quarter(words: Sequence[str], at: int) -> Mark | None:
    token = _word(words, at + 1)
    last, year = at + 2, UNSAID
    found = _QUARTER_YEAR.match(token)
    if found:
        quarter, year = int(found[1]), found[2]
    elif token in ROMAN or token in ("1", "2", "3", "4", "đầu", "cuối", "một", "hai", "ba", "tư"):
        quarter = ROMAN.get(token) or {"đầu": 1, "cuối": 4}.get(token) or _MONTHS.get(token) or int(token)
        year, last = _year_at(words, last)
    else:
        return None
    cumulative = _word(words, at - 1) in UP_TO
    value = str(quarter * 3) + "M" if cumulative else f"Q{quarter}"
    return _mark(at, last, year if value == "12M" else f"{year}-{value}")


def _year(words: Sequence[str], at: int) -> Mark | None:
    following = _word(words, at + 1)
    if _YEAR.match(following):
        return _span(words, at, at + 1) or _mark(at, at + 2, following)
    if following in THIS_YEAR:
        return _mark(at, at + 2, UNSAID)
    if following == "tháng" and not _is_month(words, at + 2):
        return _count(words, at, at + 2, 5)
    if following in ("ngân", "kế") and _YEAR.match(_word(words, at + 3)):
        return _mark(at, at + 4, words[at + 3])
    return None


def _whole_year(words: Sequence[str], at: int) -> Mark | None:
    if _word(words, at + 1) != "năm":
        return None
    year, last = _year_at(words, at + 1)
    return _mark(at, max(last, at + 2), year)


def _end_of_year(words: Sequence[str], at: int) -> Mark | None:
    """Return "hết năm", "đến cuối năm", where no year is named."""
    is_end = words[at] == "hết" or (at > 0 and words[at - 1] in ("đến", "tới"))
    if not is_end or _word(words, at + 1) != "năm" or _word(words, at + 2) in _GOES_ON:
        return None
    return None if _YEAR.match(_word(words, at + 2)) else _mark(at, at + 2, UNSAID)


#: after "năm" it is no year, or one that is named
_GOES_ON = frozenset({
    "tháng", "trăm", "nay", "này", "trước", "ngoái", "sau", "tỷ", "tỉ", "nghìn", "ngàn", "triệu", "ngân", "kế", "quý",
})  # fmt: skip


def _half(words: Sequence[str], at: int) -> Mark | None:
    part = _word(words, at + 1)
    if part not in ("đầu", "cuối", "năm") or (part != "năm" and _word(words, at + 2) != "năm"):
        return None
    year, last = _year_at(words, at + 2 if part != "năm" else at + 1)
    return _mark(at, max(last, at + 2), f"{year}-{'H2' if part == 'cuối' else '6M'}")


def _span_head(words: Sequence[str], at: int) -> Mark | None:
    second = SPAN_HEADS[words[at]]
    begin = at + 2 if second else at + 1
    if second and _word(words, at + 1) != second:
        return None
    if _word(words, begin) in ("năm", "từ", "5"):
        begin += 2 if words[begin] == "5" else 1
    return _span(words, at, begin)


def _span(words: Sequence[str], at: int, begin: int) -> Mark | None:
    """Return the span of years `2021-2025` whose first year is at `begin`."""
    if _word(words, begin + 1) not in ("-", "–", "đến") or not _YEAR.match(_word(words, begin)):
        return None
    close = begin + 2 + (_word(words, begin + 2) == "năm")
    if not _YEAR.match(_word(words, close)) or words[close] <= words[begin]:
        return None
    return _mark(at, close + 1, f"{words[begin]}-{words[close]}")


def _said_months(words: Sequence[str], at: int) -> Mark | None:
    """Return "bốn tháng", "mười một tháng"."""
    months = _MONTHS.get(words[at], 0)
    last = at + 1
    if _word(words, last) in _QUARTERS:
        return _quarters(words, at, months)
    if months == 10 and _word(words, last) in ("một", "hai"):
        months, last = 10 + _MONTHS[words[last]], last + 1
    if not months or _word(words, last) != "tháng" or words[at] == "tư":
        return None
    if _is_month(words, last + 1) or _word(words, at - 1) == "tháng":
        return None
    return _count(words, at, last + 1, months)


def _spoken_day(words: Sequence[str], at: int) -> Mark | None:
    """Return "ngày 13 tháng 11 [năm 2025]"."""
    day, month = _word(words, at + 1), _word(words, at + 3)
    if not (day.isdigit() and _word(words, at + 2) == "tháng" and len(day) <= 2):
        return None
    found = _MONTH_YEAR.match(month)
    if found:
        return _date_mark(words, at, at + 4, day, found[1], found[2])
    if not month.isdigit():
        return None
    year, last = _year_at(words, at + 4)
    return _date_mark(words, at, last, day, month, None if year == UNSAID else year)


def _budget_year(words: Sequence[str], at: int) -> Mark | None:
    """Return "niên độ [ngân sách] 2025"."""
    if _word(words, at + 1) != "độ":
        return None
    last = at + (4 if _word(words, at + 2) == "ngân" else 2)
    last += _word(words, last) == "năm"
    year = _word(words, last)
    return _mark(at, last + 1, year) if _YEAR.match(year) else _mark(at, last, UNSAID)


_READERS = {
    "tháng": _month, "quý": _quarter, "quí": _quarter, "năm": _year, "cả": _whole_year, "nửa": _half, "niên": _budget_year, "ngày": _spoken_day, "hết": _end_of_year, "cuối": _end_of_year, **dict.fromkeys(SPAN_HEADS, _span_head),
}  # fmt: skip
#: windows that may stand in a list under one word ("quý I, II, III"), and how each is read
LISTED = {"quý": _quarter, "quí": _quarter, "tháng": _month}
#: words a window may begin with, digits aside
STARTS = frozenset(_READERS) | frozenset(_MONTHS)
