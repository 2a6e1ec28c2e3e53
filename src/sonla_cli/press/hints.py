"""Whether a sentence is worth reading at all, told from its words alone.

The one convention: a sentence may be skipped only if it can hold no figure and nothing that the next sentence
takes over – no digit and no word that a figure in words needs, no area, no subject of the catalogue.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from sonla_cli.press import words as number_words
from sonla_cli.press.lexicon import Node, tree
from sonla_cli.press.marks import Kind

#: a figure without digits has one of these, and a number word
_UNITS = ("tỷ", "gấp", "nửa", "phần", "dự án", "lần", "đồng", "tỉ", "doanh nghiệp", "usd", "đô")
_NUMBERS = number_words.STARTS | {"gấp"}
_DIGIT = re.compile("[0-9]")
_WORDS = re.compile(r"[^\W\d_]+")
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
    first, pairs, triples = _openings()
    if first.isdisjoint(words):
        return False
    words = _WORDS.findall(lower)
    return not (
        pairs.isdisjoint(pairwise(words))
        and triples.isdisjoint(zip(words, words[1:], words[2:], strict=False))
        and _ALONE.isdisjoint(words)
    )


@cache
def _openings() -> tuple[frozenset[str], frozenset[tuple[str, str]], frozenset[tuple[str, str, str]]]:
    """Return how phrases begin that go on to the next sentence: the first word, two that are all, three."""
    pairs: set[tuple[str, str]] = set()
    triples: set[tuple[str, str, str]] = set()
    for one, node in tree().next.items():
        for two, second in node.next.items():
            if second.meaning is not None and _carries(second.meaning):
                pairs.add((one, two))
            triples.update((one, two, three) for three, third in second.next.items() if _leads_on(third))
    return (
        frozenset({first for first, *_ in (*pairs, *triples)}) | _ALONE,
        frozenset(pairs),
        frozenset(triples),
    )


def _leads_on(node: Node) -> bool:
    found = node.meaning is not None and _carries(node.meaning)
    return found or any(_leads_on(following) for following in node.next.values())


def _carries(meaning: tuple[int, str]) -> bool:
    kind, value = meaning
    return kind in _CARRIED and value not in _TOO_COMMON
