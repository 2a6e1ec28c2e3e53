"""A number and its unit, as one figure.

The one convention: a number is a figure only when a unit the field uses follows it; the digits and the unit
keep the form in which they were printed. Two-part amounts are one figure, and so is a range, whose unit may
be written once at its end.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from sonla_cli.press import words as number_words
from sonla_cli.press.numbers import AMBIGUOUS, ENGLISH, Numeral, numeral
from sonla_cli.press.tokens import Tokens

MONEY, USD, PERCENT, POINTS, TIMES, COUNT, PER_HEAD, PART = (
    "money", "usd", "percent", "points", "times", "count", "head", "part",
)  # fmt: skip

RANGE, FRACTION, TWO_PARTS = "range", "fraction", "two_parts"


class Quantity(NamedTuple):
    """A figure among the tokens `first`…`last` (the last not included)."""

    first: int
    last: int
    value: str
    unit: str
    sort: str
    flags: tuple[str, ...] = ()
    #: both ends of a range
    low: str | None = None
    high: str | None = None


class Unit(NamedTuple):
    """A unit found after a number."""

    spelling: str
    sort: str
    last: int


DONG = frozenset({"đồng", "đ", "vnđ", "vnd"})
_DOLLARS = (
    ("đô", "la", "mỹ"),
    ("đô", "-", "la", "mỹ"),
    ("đô", "-", "la", "-", "mỹ"),
    ("đô", "la"),
    ("đô", "-", "la"),
    ("us", "$"),
    ("usd",),
    ("$",),
)
_COUNTS = {"dự": ("án", "dự án"), "doanh": ("nghiệp", "doanh nghiệp")}
#: no budget counts in less than a thousand đồng
_SHORTEST_IN_DONG = 4
_SCALES = {"tỉ": "tỷ"}
_SCALE_WORDS = frozenset({"tỷ", "tỉ", "nghìn", "ngàn", "triệu"})
_ENGLISH = {"billion": "tỷ", "million": "triệu", "trillion": "nghìn tỷ"}
_DOLLAR_STARTS = frozenset(dollar[0] for dollar in _DOLLARS)
#: words that a unit may begin with
_UNIT_STARTS = frozenset({"%", "phần", "điểm", "lần"}).union(
    _SCALE_WORDS, _COUNTS, _ENGLISH, DONG, _DOLLAR_STARTS
)


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if at < len(words) else ""


def _digits(token: str) -> str | None:
    found = numeral(token) if "0" <= token[0] <= "9" else None
    return found.digits if found else None


def quantity_at(tokens: Tokens, at: int) -> Quantity | None:
    """Return the figure that begins at token `at` with a numeral or a number word."""
    words = tokens.words
    token = words[at]
    if token[0] > "9":
        return _worded(tokens, at)
    if at and tokens.starts[at] == tokens.ends[at - 1] and words[at - 1][-1].isalnum():
        return None  # digits glued to a word: a road, a form, a footnote
    found = numeral(token)
    if found is None:
        return None
    if at and words[at - 1] in _DOLLAR_SIGNS and (dollars := _after_sign(words, at, found.digits)):
        return dollars
    unit = _plain_unit(words, at + 1)
    if unit is None:
        return (
            _range(tokens, at, found.digits)
            or _over(tokens, at, found.digits)
            or _worded(tokens, at)
            or _listed(words, at, found.digits)
        )
    if unit.spelling == "đồng" and len(found.digits) < _SHORTEST_IN_DONG:
        return None  # "một đồng vốn" is a figure of speech
    flags = _flags(token, found, unit) if found.dotted or found.flags else ()
    read = Quantity(at, unit.last, found.digits, unit.spelling, unit.sort, flags)
    following = _word(words, unit.last)
    if following[:1].isdigit() or following in _GOES_ON:
        longer = _worded(tokens, at)
        if longer and longer.last > read.last:
            return longer
    if following in ("-", "–", "đến", "tới"):
        return _range(tokens, at, found.digits) or read
    return read


#: words after a unit that may be a further part of the amount
_GOES_ON = number_words.STARTS | {*number_words.SCALES, "rưỡi"}


def _flags(token: str, found: Numeral, unit: Unit) -> tuple[str, ...]:
    if found.dotted and unit.sort in (PERCENT, POINTS, TIMES):
        return (*found.flags, AMBIGUOUS)
    if ENGLISH in found.flags and "," in token and "." not in token and unit.sort == MONEY:
        return (*found.flags, AMBIGUOUS)
    return found.flags


def _plain_unit(words: Sequence[str], at: int) -> Unit | None:
    """Return the unit at `at` where no number word stands between, which is nearly always so."""
    word = _word(words, at)
    if word == "%":
        return Unit("%", PERCENT, at + 1)
    if word in _SCALE_WORDS:
        following = _word(words, at + 1)
        if following in number_words.BILLION and word not in number_words.BILLION:
            return _money(words, f"{word} tỷ", at + 2)
        return _money(words, _SCALES.get(word, word), at + 1)
    return _unit(words, (), at) if word in _UNIT_STARTS else None


def _unit(words: Sequence[str], scales: tuple[str, ...], at: int) -> Unit | None:
    """Return the unit at `at`, after a number that ended with `scales`."""
    word, following = _word(words, at), _word(words, at + 1)
    if scales:
        return _money(words, _spelled(scales), at)
    if word == "%":
        return Unit("%", PERCENT, at + 1)
    if word == "phần" and following == "trăm":
        return Unit("phần trăm", PERCENT, at + 2)
    if word == "điểm":
        if following == "%":
            return Unit("điểm %", POINTS, at + 2)
        longer = following == "phần" and _word(words, at + 2) == "trăm"
        return Unit("điểm phần trăm", POINTS, at + 3 if longer else at + 1)
    if word == "lần":
        return None if following == "thứ" else Unit("lần", TIMES, at + 1)
    if word in _COUNTS and following == _COUNTS[word][0]:
        return Unit(_COUNTS[word][1], COUNT, at + 2)
    if word in _ENGLISH and following in ("vnd", "usd", "dong"):
        return _money(words, _ENGLISH[word], at + 1)
    return _money(words, "", at) if word in DONG or word in _DOLLAR_STARTS else None


def _spelled(scales: Sequence[str]) -> str:
    return " ".join(_SCALES.get(word, word) for word in scales)


def _money(words: Sequence[str], scale: str, at: int) -> Unit | None:
    """Return the unit of money whose scale words were read and whose currency may stand at `at`."""
    word = _word(words, at)
    if word in DONG:
        return _per(words, f"{scale} đồng".strip(), MONEY, at + 1)
    if word in _DOLLAR_STARTS:
        for dollar in _DOLLARS:
            if tuple(words[at : at + len(dollar)]) == dollar:
                return _per(words, f"{scale} USD".strip(), USD, at + len(dollar))
    if word == "/" and scale == "triệu":
        return _per(words, "triệu đồng", MONEY, at)
    if "tỷ" not in scale or (word == "/" and not _word(words, at + 1)[:1].isdigit()):
        return None
    return Unit(scale, MONEY, at)


def _per(words: Sequence[str], spelling: str, sort: str, at: int) -> Unit | None:
    """Return the unit, or its rate: per head is a unit of the field, any other rate is a price."""
    if _word(words, at) == "/" and not _word(words, at + 1)[:1].isdigit():
        if spelling != "triệu đồng" or _word(words, at + 1) != "người":
            return None
        yearly = _word(words, at + 2) == "/" and _word(words, at + 3) == "năm"
        return Unit("triệu đồng/người", PER_HEAD, at + 4 if yearly else at + 2)
    return Unit(spelling, sort, at)


def _worded(tokens: Tokens, at: int) -> Quantity | None:
    """Return a figure said with number words, or with digits and scale words mixed."""
    words = tokens.words
    for run in number_words.run(words, at, _digits):
        unit = _unit(words, run.scales, run.end)
        if unit is None and run.scales[-1:] == ("tỷ",):
            unit = None if _word(words, run.end) == "/" else Unit(" ".join(run.scales), MONEY, run.end)
        said = any(word in number_words.SCALES for word in words[at : run.end])
        if unit is None and said:
            billions = any(word in number_words.BILLION for word in words[at : run.end])
            closed = words[run.end - 1] == "rưỡi" or _word(words, run.end) in DONG
            unit = _money(words, "tỷ" if billions else "", run.end) if closed else None
        if unit is None:
            continue
        return _amount(words, at, run, unit)
    return None


def _amount(words: Sequence[str], at: int, run: number_words.Run, unit: Unit) -> Quantity:
    flags: tuple[str, ...] = ()
    spoken = words[at : run.end]
    first = numeral(spoken[0]) if spoken[0][0] <= "9" else None
    if first:
        flags = first.flags
    if run.digits is not None and (run.scales or unit.sort in (PERCENT, TIMES, COUNT, POINTS)):
        value, spelling = run.digits, unit.spelling
    elif unit.sort in (MONEY, USD, PER_HEAD):
        value, spelling = _scaled(run, unit, spoken)
        if (
            first
            and sum(word in number_words.SCALES for word in spoken) > 1
            and any(word[0] <= "9" for word in spoken[1:])
        ):
            flags = (*flags, TWO_PARTS)
    else:
        value, spelling = _plain(run.value), unit.spelling
    if "vạn" in spelling:
        scale = Decimal(10_000)
        value, spelling = _plain(Decimal(value) * scale), spelling.replace("vạn ", "")
    return Quantity(at, unit.last, value, spelling, unit.sort, flags)


def _scaled(run: number_words.Run, unit: Unit, spoken: Sequence[str]) -> tuple[str, str]:
    """Return the amount in the largest unit that was said: `1.250 tỷ 500 triệu` is 1250.5 tỷ."""
    currency = "USD" if unit.sort == USD else "đồng" if unit.spelling.endswith("đồng") else ""
    billions = any(word in number_words.BILLION for word in spoken)
    if (
        billions
        and run.scales
        and len(run.scales) > 1
        and run.digits is None
        and _whole(run.value, run.scales)
    ):
        scale = run.scales
    elif billions:
        scale = ("tỷ",)
    elif any(word == "triệu" for word in spoken):
        scale = ("triệu",)
    else:
        return _plain(run.value), currency or unit.spelling
    factor = Decimal(1)
    for word in scale:
        factor *= number_words.SCALES[word]
    spelling = " ".join((*(_SCALES.get(word, word) for word in scale), currency)).strip()
    if unit.sort == PER_HEAD:
        spelling = unit.spelling
    return _plain(run.value / factor), spelling


def _whole(value: Decimal, scales: tuple[str, ...]) -> bool:
    factor = Decimal(1)
    for word in scales:
        factor *= number_words.SCALES[word]
    return value % factor == 0


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


#: signs of a currency before its amount
_DOLLAR_SIGNS = ("$", "usd")


def _after_sign(words: Sequence[str], at: int, digits: str) -> Quantity | None:
    """Return the amount of `US$180 triệu`, whose currency is written first."""
    scale = _word(words, at + 1)
    if scale not in ("triệu", "tỷ", "tỉ"):
        return None
    first = at - 2 if words[at - 2 : at - 1] == ["us"] else at - 1
    return Quantity(first, at + 2, digits, f"{_SCALES.get(scale, scale)} USD", USD)


def _listed(words: Sequence[str], at: int, digits: str) -> Quantity | None:
    """Return an item of `lần lượt đạt 3.980, 4.120 và 4.365 tỷ đồng`, whose unit is written once at its end."""
    begin = at
    while (
        begin > 1 and words[begin - 1] in _JOINS and at - begin < _LONGEST_LIST and _digits(words[begin - 2])
    ):
        begin -= 2
    if _PAIRS.isdisjoint(words[max(0, begin - 3) : begin]):
        return None
    end = at
    while (
        _word(words, end + 1) in _JOINS and end - at < _LONGEST_LIST and _digits(_word(words, end + 2) or "x")
    ):
        end += 2
    unit = _plain_unit(words, end + 1) if end > at and words[end - 1] == "và" else None
    if unit is None or unit.sort not in (MONEY, USD, PERCENT):
        return None
    return Quantity(at, at + 1, digits, unit.spelling, unit.sort)


_JOINS = (",", "và")
_LONGEST_LIST = 20
#: words that pair two lists
_PAIRS = frozenset({"lượt", "ứng", "tự"})


def _over(tokens: Tokens, at: int, digits: str) -> Quantity | None:
    """Return the first amount of `607,74/1.285,2 tỷ đồng`, an actual over its plan."""
    words = tokens.words
    if _word(words, at + 1) != "/" or _digits(_word(words, at + 2) or "x") is None:
        return None
    unit = _plain_unit(words, at + 3)
    return (
        Quantity(at, at + 1, digits, unit.spelling, unit.sort)
        if unit is not None and unit.sort == MONEY
        else None
    )


def _range(tokens: Tokens, at: int, low: str) -> Quantity | None:
    """Return the range `4.500-4.800 tỷ`, `từ 5% đến 6%`, `5 – 6%` that begins at token `at`."""
    words = tokens.words
    unit = _plain_unit(words, at + 1)
    dash = unit.last if unit else at + 1
    joined = _word(words, dash)
    if joined not in ("-", "–", "đến", "tới"):
        return None
    token = _word(words, dash + 1)
    if not token or not "0" <= token[0] <= "9":
        return None
    high = _digits(token)
    closing = _plain_unit(words, dash + 2)
    if high is None or closing is None or (unit and unit.sort != closing.sort):
        return None
    if unit is None or closing.spelling in (unit.spelling, f"{unit.spelling} đồng"):
        if Decimal(high) <= Decimal(low):
            return None
        return Quantity(at, closing.last, low, closing.spelling, closing.sort, (RANGE,), low, high)
    return None
