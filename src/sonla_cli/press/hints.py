"""Whether a sentence is worth reading at all, told from its words alone.

The one convention: a sentence may be skipped only if it can hold no figure and nothing that the next sentence
takes over – no digit and no word that a figure in words needs, no area, no subject of the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from sonla_cli.press import words as number_words
from sonla_cli.press.lexicon import Node, tree
from sonla_cli.press.marks import Kind

#: a figure without digits has one of these, and a number word
_UNITS = ("tỷ", "gấp", "nửa", "phần", "dự án", "lần", "đồng", "tỉ", "doanh nghiệp", "usd", "đô")
_NUMBERS = number_words.STARTS | {"gấp"}
_DIGIT = re.compile("[0-9]")
_WORD = re.compile(r"[^\W\d_]+")
_CARRIED = (Kind.AREA, Kind.METRIC, Kind.SOURCE_OF_CAPITAL)
#: subjects whose words are everywhere, so that they bind within their sentence only
_TOO_COMMON = ("", "revenue", "expenditure", "economy", "?")

#: names of one word that are worth it
_ALONE = frozenset({"huế", "grdp", "gdp", "fdi", "cpi", "tphcm"})


def is_worth_reading(lower: str) -> bool:
    """Whether a sentence in lower case may hold a figure or something that goes on to the next."""
    if _DIGIT.search(lower):
        return True
    words = lower.split()
    if not _NUMBERS.isdisjoint(words) and any(unit in lower for unit in _UNITS):
        return True
    openings = _openings()
    if openings.keys().isdisjoint(words):
        return False
    return any(_opens(openings[word], words, at + 1) for at, word in enumerate(words) if word in openings)


def _opens(seconds: Mapping[str, frozenset[str]], words: Sequence[str], at: int) -> bool:
    """Whether a phrase that goes on continues at a word, whose mark of punctuation is none of it."""
    second = _WORD.match(words[at]) if at < len(words) else None
    thirds = seconds.get(second[0]) if second else None
    if thirds is None:
        return "" in seconds
    third = _WORD.match(words[at + 1]) if at + 1 < len(words) else None
    return "" in thirds or (third is not None and third[0] in thirds)


@cache
def _openings() -> dict[str, dict[str, frozenset[str]]]:
    """Return how phrases begin that go on to the next sentence: up to three words, the last "" where fewer are enough."""
    openings: dict[str, dict[str, frozenset[str]]] = {name: {"": frozenset()} for name in _ALONE}
    for one, node in tree().next.items():
        for two, second in node.next.items():
            thirds = {three for three, third in second.next.items() if _leads_on(third)}
            if second.meaning is not None and _carries(second.meaning):
                thirds.add("")
            if thirds:
                openings.setdefault(one, {})[two] = frozenset(thirds)
    return openings


def _leads_on(node: Node) -> bool:
    found = node.meaning is not None and _carries(node.meaning)
    return found or any(_leads_on(following) for following in node.next.values())


def _carries(meaning: tuple[int, str]) -> bool:
    kind, value = meaning
    return kind in _CARRIED and value not in _TOO_COMMON
