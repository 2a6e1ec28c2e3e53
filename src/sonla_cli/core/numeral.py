"""Numbers as written, with a decimal comma or a decimal point; what a text proves about the convention.

`12.660,5`, `1.234.567`, `138,07` and `0.5` can be read in one way only. `25.188` cannot: it is read when the
convention is known from elsewhere, never otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum


class Mark(StrEnum):
    """The decimal mark; the other one groups thousands."""

    POINT = "point"
    COMMA = "comma"

    @property
    def sign(self) -> str:
        """The character."""
        return "." if self is Mark.POINT else ","

    @property
    def other(self) -> Mark:
        """The mark that groups thousands under this convention."""
        return Mark.COMMA if self is Mark.POINT else Mark.POINT


_BODY = re.compile(r"[0-9]+(?:[.,][0-9]+)*\Z", re.ASCII)
#: a plain space does not group: "tháng 9 450 tỷ" is not 9450
_SPACED = re.compile(r"[0-9]{1,3}(?:[\u00a0\u2007\u2009\u202f][0-9]{3})+(?=[.,]|\Z)")
_SPACE = re.compile(r"[\u00a0\u2007\u2009\u202f]")
_MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as written: sign, digits with their marks, and the decimal mark its form proves."""

    negative: bool
    body: str
    proves: Mark | None
    #: a single mark with three digits after it: thousands or thousandths
    is_ambiguous: bool

    def digits(self, mark: Mark | None) -> str | None:
        """Return the digits with a decimal point; `None` where `mark` is needed or contradicts the form."""
        if self.proves is not None and mark is not None and mark is not self.proves:
            return None
        decimal = self.proves or mark
        if decimal is None and self.is_ambiguous:
            return None
        decimal = decimal or Mark.POINT
        body = self.body.replace(decimal.other.sign, "").replace(decimal.sign, ".")
        return f"-{body}" if self.negative else body

    def readings(self) -> tuple[str, str]:
        """Return how to write an ambiguous number in one way only: its mark groups thousands, or is the decimal mark."""
        whole, _, rest = self.body.replace(",", ".").partition(".")
        decimals = rest.rstrip("0")
        # three decimals are told from thousands by a fourth
        small = f"{whole}.{decimals}0" if len(decimals) == 3 else f"{whole}.{decimals}".removesuffix(".")
        sign = "-" if self.negative else ""
        return f"{sign}{whole}{rest}", f"{sign}{small}"


def read(text: str) -> Numeral | None:
    """Return the number that `text` is, or `None` if it is none."""
    text = text.strip(" \t")
    negative = text[:1] in ("-", _MINUS)
    body = text[1:] if negative or text[:1] == "+" else text
    spaced = bool(_SPACED.match(body))
    if spaced:
        body = _SPACE.sub("", body)
    if not _BODY.match(body):
        return None
    form = _form(body, spaced=spaced)
    return Numeral(negative, body, *form) if form else None


def given(text: str) -> Decimal | None:
    """Return the number that is given alone, `None` if it is none; where it can be read in two ways, raise `SonlaError`."""
    if text.isascii() and text.isdecimal():
        return Decimal(text)
    numeral = read(text)
    if numeral is None:
        return None
    digits = numeral.digits(None)
    if digits is not None:
        return Decimal(digits)
    from sonla_cli.core.problem import Code, Problem, SonlaError

    values = {"value": text}
    raise SonlaError([Problem(Code.AMBIGUOUS_NUMBER, values=values, suggestions=numeral.readings())])


def _form(body: str, *, spaced: bool) -> tuple[Mark | None, bool] | None:
    """Return what the marks of `body` prove and whether they are ambiguous; `None` if they fit nothing."""
    points, commas = body.count("."), body.count(",")
    if not points and not commas:
        return None, False
    if points and commas:
        mark = Mark.POINT if body.rindex(".") > body.rindex(",") else Mark.COMMA
        whole, _, _ = body.rpartition(mark.sign)
        fits = not spaced and mark.sign not in whole and _is_grouped(whole, mark.other.sign)
        return (mark, False) if fits else None
    mark = Mark.POINT if points else Mark.COMMA
    if points + commas > 1:
        return (mark.other, False) if not spaced and _is_grouped(body, mark.sign) else None
    whole, _, rest = body.partition(mark.sign)
    if len(rest) == 3 and len(whole) <= 3 and not whole.startswith("0") and not spaced:
        return None, True
    return mark, False


def _is_grouped(whole: str, sign: str) -> bool:
    first, *others = whole.split(sign)
    return 1 <= len(first) <= 3 and all(len(other) == 3 for other in others)


def from_float(value: float) -> str | None:
    """Return the digits of a spreadsheet's number, at most the 15 it keeps; `None` if it is not finite.

    A computed cell holds noise beyond the fifteenth digit (0.1 + 0.2), which nobody printed.
    """
    text = repr(value) if float(f"{value:.15g}") == value else f"{value:.15g}"
    # `repr` names whole numbers with a zero that was never printed
    return plain(text.removesuffix(".0"))


def plain(text: str, *, shift: int = 0) -> str | None:
    """Return a number with or without exponent as plain digits, times 10 to the `shift`; `None` if too long."""
    try:
        # as many digits as there are, whatever the default context keeps
        number = Decimal(text).scaleb(shift, Context(prec=len(text) + 1))
    except ArithmeticError:
        return None
    if not number.is_finite() or abs(number.adjusted()) > 40:
        return None
    return format(number, "f")


def proof(texts: Iterable[str]) -> tuple[dict[Mark, int], list[int]]:
    """Return where each convention is first proved, and which texts are ambiguous, as positions from 0."""
    proved: dict[Mark, int] = {}
    ambiguous = []
    for position, text in enumerate(texts):
        numeral = read(text)
        if numeral is None:
            continue
        if numeral.proves is not None:
            proved.setdefault(numeral.proves, position)
        elif numeral.is_ambiguous:
            ambiguous.append(position)
    return proved, ambiguous
