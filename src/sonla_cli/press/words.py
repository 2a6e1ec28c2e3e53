"""Number words: how a whole amount is said in Vietnamese, from 0 to 10¹⁸, with digits allowed between the words.

The one convention: a number is said in groups below a thousand, and each scale word (`nghìn`, `vạn`, `triệu`,
`tỷ`) multiplies what was said since the last larger one; `rưỡi` is half of the scale just named, `phẩy` the
decimal comma. A run of words is only a candidate: it is a figure when a unit follows (see `quantities`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

DIGITS = {
    "không": 0, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
#: forms of a digit that stand after a ten only
AFTER_TEN = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
#: months and quarters as they are named
MONTHS = {
    word: value
    for value, word in enumerate(["một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"], 1)
}
MONTHS |= {"giêng": 1, "chạp": 12, "bốn": 4, "bẩy": 7}
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
TENS = ("mươi", "mười", "chục")
ZERO_TENS = ("linh", "lẻ")
BILLION = ("tỷ", "tỉ")
#: the largest number `spell` and `parse` are inverse for
LARGEST_SPELLED = 10**18
SCALES = {"nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
#: words a number may begin with
STARTS = frozenset(DIGITS) | {"mười", "nửa"}
#: no longer run of words is a number
LONGEST = 48

ZERO, HALF = Decimal(0), Decimal("0.5")
#: what stands before the next word: nothing, a digit word, a ten, a hundred, a numeral, a scale, a closed number
NOTHING, DIGIT, TEN, HUNDRED, NUMERAL, SCALE, LINH, CLOSED = range(8)


class Run(NamedTuple):
    """A run of number words and digits."""

    value: Decimal
    #: the token after it
    end: int
    #: the scale words it ends with
    scales: tuple[str, ...]
    #: the digits before those, where they are all of the number
    digits: str | None


def run(words: Sequence[str], start: int, numeral: Callable[[str], str | None]) -> tuple[Run, ...]:
    """Return the number that begins at token `start`, the longest reading first, then up to its last scale word.

    `numeral` gives the digits of a token that begins with one.
    """
    reading = _Reading()
    scaled: Run | None = None
    at, limit = start, min(len(words), start + LONGEST)
    while at < limit and reading.take(words, at, numeral):
        at += 1
        if reading.before == SCALE:
            scaled = reading.result(at)
    if at == start or reading.before == LINH:
        return (scaled,) if scaled else ()
    whole = reading.result(at)
    return (whole, scaled) if scaled and scaled.end != at else (whole,)


class _Reading:
    """The number so far: `total` of tỷ, `section` below a tỷ, `small` below a scale."""

    def __init__(self) -> None:
        self.total = self.section = self.small = ZERO
        self.before = NOTHING
        #: the digit word just said, which a ten or a hundred multiplies
        self.unit = 0
        #: the value of the last ten, hundred or scale, and the smallest scale of the section
        self.scale = self.smallest = Decimal(1)
        self.scales: tuple[str, ...] = ()
        self.digits: str | None = None
        self.decimals: str | None = None

    def take(self, words: Sequence[str], at: int, numeral: Callable[[str], str | None]) -> bool:
        """Read the word at `at`; `False` if it does not continue the number."""
        word = words[at]
        if self.decimals is not None and word not in SCALES:
            return self._decimal(word)
        if word in SCALES:
            return self._scale(word)
        if word in DIGITS or word in AFTER_TEN:
            return self._digit(word)
        if "0" <= word[0] <= "9":
            return self._numeral(numeral(word))
        following = words[at + 1] if at + 1 < len(words) else ""
        if word in TENS:
            return self._ten(word)
        if word == "trăm":
            return self._hundred(following)
        if word in ZERO_TENS:
            self.scales = ()
            allowed = self.before in (HUNDRED, SCALE) and (following in DIGITS or following in AFTER_TEN)
            self.before = LINH if allowed else self.before
            return allowed
        if word == "rưỡi":
            return self._half()
        if word == "nửa" and self.before == NOTHING and following in SCALES:
            self.small, self.before = HALF, CLOSED
            return True
        if word == "phẩy" and self.before in (DIGIT, TEN):
            self.decimals = ""
            return True
        return False

    def result(self, end: int) -> Run:
        """Return what was read up to token `end`."""
        small, digits = self.small, self.digits
        if self.decimals:
            small += Decimal(f"0.{self.decimals}")
            digits = None if self.section or self.total else str(small)
        return Run(self.total + self.section + small, end, self.scales, digits)

    def _numeral(self, digits: str | None) -> bool:
        if digits is None or self.before not in (NOTHING, SCALE):
            return False
        value = Decimal(digits)
        if self.before == SCALE and (value >= self.scale or "." in digits):
            return False
        self.digits = digits if self.before == NOTHING else None
        self.small, self.before, self.scales = value, NUMERAL, ()
        return True

    def _digit(self, word: str) -> bool:
        late = word in AFTER_TEN
        value = AFTER_TEN[word] if late else DIGITS[word]
        if self.before == DIGIT and late and self.unit > 1:  # "hai mốt" is 21
            self.small += self.unit * 9
        elif self.before in (DIGIT, NUMERAL, CLOSED) or (late and self.before not in (TEN, LINH)):
            return False
        self.small += value
        self.unit, self.before, self.digits, self.scales = value, CLOSED if late else DIGIT, None, ()
        return True

    def _ten(self, word: str) -> bool:
        if word == "mười":
            if self.before in (DIGIT, NUMERAL, TEN, LINH, CLOSED):
                return False
            self.small += 10
        elif self.before == DIGIT:
            self.small += self.unit * 9
        elif self.before == NUMERAL and word == "chục":
            self.small *= 10
        elif self.before == NOTHING and word == "chục":
            self.small = Decimal(10)
        else:
            return False
        self.before, self.scale, self.digits, self.scales = TEN, Decimal(10), None, ()
        return True

    def _hundred(self, following: str) -> bool:
        if self.before == DIGIT:
            self.small += self.unit * 99
        elif self.before == NUMERAL:
            self.small *= 100
        elif self.before == NOTHING and following in SCALES:
            self.small = Decimal(100)
        else:
            return False
        self.before, self.scale, self.digits, self.scales = HUNDRED, Decimal(100), None, ()
        return True

    def _scale(self, word: str) -> bool:
        if self.before in (NOTHING, LINH):
            return False
        if self.decimals is not None:
            if not self.decimals:
                return False
            self.small += Decimal(f"0.{self.decimals}")
            self.digits = str(self.small)
            self.decimals = None
        factor = Decimal(SCALES[word])
        repeated = self.before == SCALE
        if word in BILLION:
            if not self._billion(factor):
                return False
        elif repeated and self.scale >= factor:
            return False
        elif self.section and factor > self.smallest:
            self.section, self.small = (self.section + self.small) * factor, ZERO
        else:
            self.section, self.small = self.section + self.small * factor, ZERO
        self.smallest = factor
        self.scales = (*self.scales, word) if repeated else (word,)
        self.before, self.scale = SCALE, factor
        return True

    def _billion(self, factor: Decimal) -> bool:
        said = self.section + self.small
        if self.total and said:
            return False
        self.total = (said or self.total) * factor
        self.section = self.small = ZERO
        return True

    def _half(self) -> bool:
        if self.before == SCALE:
            half = self.scale / 2
            if self.scale == SCALES["tỷ"]:
                for word in self.scales[:-1]:  # "5 nghìn tỷ rưỡi"
                    half *= SCALES[word]
                self.total += half
            else:
                self.section += half
        elif self.before in (TEN, HUNDRED):
            self.small += self.scale / 2
        elif self.before in (DIGIT, NUMERAL):
            self.small += HALF
        else:
            return False
        self.before, self.digits = CLOSED, None
        return True

    def _decimal(self, word: str) -> bool:
        said = self.decimals or ""
        value = DIGITS.get(word, AFTER_TEN.get(word))
        if value is not None:
            self.decimals = said[:-1] + str(value) if self.before == TEN else said + str(value)
            self.before = DIGIT
        elif word in TENS and (said or word == "mười"):
            self.decimals = said + ("10" if word == "mười" else "0")
            self.before = TEN
        else:
            return False
        return True


def parse(text: str) -> int | None:
    """Return the whole number spelled by `text`, or `None`."""
    words = text.lower().split()
    found = run(words, 0, lambda _: None)
    if not found or found[0].end != len(words) or found[0].value != int(found[0].value):
        return None
    return int(found[0].value)


def spell(number: int) -> str:
    """Return how `number` (0…10¹⁸) is said in full; the inverse of `parse`."""
    if number == 0:
        return "không"
    if number < 10**9:
        return _section(number, full=False)
    high, low = divmod(number, 10**9)
    said = f"{spell(high)} tỷ"
    return f"{said} {_section(low, full=True)}" if low else said


def _section(number: int, *, full: bool) -> str:
    parts: list[str] = []
    for factor, name in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group, number = divmod(number, factor)
        if group:
            parts.append(f"{_group(group, full=full or bool(parts))} {name}".strip())
    return " ".join(parts)


_NAMES = {value: word for word, value in reversed(DIGITS.items())}


def _group(number: int, *, full: bool) -> str:
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    parts = [f"{_NAMES[hundreds]} trăm"] if hundreds or full else []
    if tens > 1:
        parts.append(f"{_NAMES[tens]} mươi")
        if units:
            parts.append({1: "mốt", 4: "tư", 5: "lăm"}.get(units, _NAMES[units]))
    elif tens:
        parts.append("mười" + (f" {'lăm' if units == 5 else _NAMES[units]}" if units else ""))
    elif units:
        parts.append(f"linh {_NAMES[units]}" if parts else _NAMES[units])
    return " ".join(parts)
