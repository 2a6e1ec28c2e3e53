"""Numerals: which mark groups and which one is the decimal.

The one convention is the decision rule of the field, in this order: both marks present – the later one is the
decimal; dots with three digits each – grouping; one comma – decimal whatever follows; one dot with another
number of digits – decimal, as in English, and flagged; several commas with three digits each – English
grouping, flagged; anything else is no number. A no-break or thin space groups like a dot, a plain space never.
"""

from __future__ import annotations

import re
from typing import NamedTuple

ENGLISH = "english_separators"
AMBIGUOUS = "ambiguous_separator"

GROUPING_SPACES = "\u00a0\u202f\u2009\u2007"
#: a numeral has no more digits than this; a longer one is no figure
LONGEST = 30

_WRITTEN = re.compile(rf"[0-9](?:[0-9.,{GROUPING_SPACES}]*[0-9])?\Z")
_SPACED = re.compile(rf"[0-9]{{1,3}}(?:[{GROUPING_SPACES}][0-9]{{3}})+(?:,[0-9]+)?\Z")
_SPACES = str.maketrans("", "", GROUPING_SPACES)


class Numeral(NamedTuple):
    """Digits with a decimal point and no grouping, and what is doubtful about them."""

    digits: str
    flags: tuple[str, ...] = ()
    #: a dot followed by three digits: grouping by the rule, but a percentage is rarely that large
    dotted: bool = False


def numeral(token: str) -> Numeral | None:
    """Return the number written as `token`, or `None` where the rule rejects it."""
    if len(token) > LONGEST or not _WRITTEN.match(token):
        return None
    if token.isdigit():
        return None if token[0] == "0" and len(token) > 1 else Numeral(token)
    if not token.isascii() and _SPACED.match(token):
        token = token.translate(_SPACES)
        return Numeral(token.replace(",", "."))
    dots, commas = token.count("."), token.count(",")
    if dots:
        return _both(token) if commas else _dots(token)
    if commas == 1:
        whole, _, decimals = token.partition(",")
        return None if len(whole) > 1 and whole[0] == "0" else Numeral(f"{whole}.{decimals}")
    return Numeral(token.replace(",", ""), (ENGLISH,)) if commas and _grouped(token.split(",")) else None


def _both(token: str) -> Numeral | None:
    decimal = "," if token.rfind(",") > token.rfind(".") else "."
    grouping = "." if decimal == "," else ","
    whole, _, decimals = token.rpartition(decimal)
    if decimal in whole or not _grouped(whole.split(grouping)):
        return None
    return Numeral(f"{whole.replace(grouping, '')}.{decimals}", (ENGLISH,) if decimal == "." else ())


def _dots(token: str) -> Numeral | None:
    parts = token.split(".")
    if _grouped(parts):
        return Numeral("".join(parts), dotted=len(parts) == 2)
    if len(parts) == 2 and len(parts[1]) != 3 and (len(parts[0]) == 1 or parts[0][0] != "0"):
        return Numeral(token, (ENGLISH,))
    if len(parts) == 2 and parts[0] == "0":
        return Numeral(token, (ENGLISH,))
    return None


def _grouped(parts: list[str]) -> bool:
    return 1 <= len(parts[0]) <= 3 and parts[0][0] != "0" and {3}.issuperset(map(len, parts[1:]))
