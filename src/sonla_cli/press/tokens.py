"""Tokens of a sentence: words, numerals and single marks; white space only separates.

The one convention: a numeral is one token with all its inner dots, commas and no-break spaces, and so is a chain
of numerals joined by slashes (a date, a fraction, the number of a document) – nothing is cut out of the middle
of a longer number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

from sonla_cli.press.numbers import GROUPING_SPACES

#: superscripts are footnote marks and never part of a word
_SUPERSCRIPTS = "¹²³⁰⁴-⁹"

#: before it a slash parts an actual from its plan ("212/340 tỷ đồng")
_MONEY = r"\s(?:tỷ|tỉ|triệu|nghìn|ngàn)\s(?:đồng|tỷ|tỉ)"
#: every repetition is possessive, so that no input makes it retrace its steps
TOKEN = re.compile(
    rf"[^\W\d_{_SUPERSCRIPTS}]++"
    rf"|[0-9]{{1,3}}(?:[{GROUPING_SPACES}][0-9]{{3}})++(?![0-9])(?:,[0-9]++)?"
    rf"|[0-9]++(?:(?:/[0-9]++)++(?![.,][0-9]|{_MONEY})|(?:[.,][0-9]++)++)?(?:/[a-zđ][a-zđ0-9-]*+)*+"
    r"|[^\w\s]"
)
#: the gaps and the tokens in turn, so that lengths alone give the places
_SPLIT = re.compile(f"({TOKEN.pattern})")


@dataclass(slots=True)
class Tokens:
    """The tokens of a sentence in lower case, and where each begins and ends."""

    words: list[str]
    starts: list[int]
    ends: list[int]


def tokenise(lower: str) -> Tokens:
    """Cut a sentence (already in lower case) into tokens."""
    pieces = _SPLIT.split(lower)
    bounds = list(accumulate(map(len, pieces)))
    return Tokens(pieces[1::2], bounds[0:-1:2], bounds[1::2])
