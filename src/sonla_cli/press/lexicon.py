"""Phrases of the vocabulary as one tree of words, walked token by token; the longest phrase at a place wins.

The one convention: a phrase is a sequence of tokens as `tokens` cuts them, so that spaces, line ends and tone
placement play no part. A step in the tree is one dictionary look-up, which keeps reading linear.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product

from sonla_cli.catalogue import areas
from sonla_cli.press import vocabulary
from sonla_cli.press.marks import Kind
from sonla_cli.press.tokens import TOKEN

PUNCTUATION = {
    ",": Kind.COMMA, ";": Kind.BREAK, ":": Kind.BREAK, "–": Kind.BREAK, "—": Kind.BREAK, "•": Kind.BREAK,
    "…": Kind.BREAK, "(": Kind.OPEN, "[": Kind.OPEN, ")": Kind.CLOSE, "]": Kind.CLOSE,
}  # fmt: skip

#: an open syllable in oa, oe or uy takes its tone mark on either vowel
_TONES = {
    "oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa",
    "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
    "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy",
}  # fmt: skip
_VARIANTS = {**_TONES, **{new: old for old, new in _TONES.items()}}


#: what the first word of a phrase may begin besides it: a window, a number in words, either in digits
WINDOW, NUMBER, NUMERAL = 1, 2, 4


class Node:
    """The words that may follow a phrase so far, and what the phrase means if it ends here."""

    __slots__ = ("meaning", "next", "opens")

    def __init__(self, opens: int = 0) -> None:
        self.next: dict[str, Node] = {}
        self.meaning: tuple[int, str] | None = None
        self.opens = opens


def expand(pattern: str) -> Iterator[str]:
    """Return every phrase that a pattern of the vocabulary stands for."""
    parts: list[list[str]] = []
    for piece in _pieces(pattern):
        if piece[0] in "([":
            inner = [phrase for choice in _choices(piece[1:-1]) for phrase in expand(choice)]
            parts.append([*inner, ""] if piece[0] == "[" else inner)
        else:
            parts.append([piece])
    for chosen in product(*parts):
        yield " ".join(part for part in chosen if part)


def _pieces(pattern: str) -> Iterator[str]:
    """Cut a pattern at its outermost brackets."""
    depth, begin = 0, 0
    for at, char in enumerate(pattern):
        if char in "([":
            if depth == 0 and pattern[begin:at].strip():
                yield pattern[begin:at].strip()
            begin = at if depth == 0 else begin
            depth += 1
        elif char in ")]":
            depth -= 1
            if depth == 0:
                yield pattern[begin : at + 1]
                begin = at + 1
    if pattern[begin:].strip():
        yield pattern[begin:].strip()


def _choices(inner: str) -> Iterator[str]:
    depth, begin = 0, 0
    for at, char in enumerate(inner):
        depth += (char in "([") - (char in ")]")
        if char == "|" and depth == 0:
            yield inner[begin:at]
            begin = at + 1
    yield inner[begin:]


def spellings(word: str) -> Iterator[str]:
    """Return the word as it stands in the vocabulary and with its tone mark placed the other way."""
    yield word
    if word == "tỷ":
        yield "tỉ"
    ending = word[-2:]
    if ending in _VARIANTS and word[:1] != "q":
        yield word[:-2] + _VARIANTS[ending]


@cache
def tree() -> Node:
    """Return the tree of all phrases; built once, on first use."""
    root = Node()
    for kind, table in vocabulary.TABLES:
        for value, patterns in table.items():
            for pattern in patterns.split(";"):
                for phrase in expand(pattern):
                    _plant(root, phrase, kind, value)
    for area in areas.AREAS.values():
        for name in (area.name, *area.aliases):
            _plant(root, name.lower(), Kind.AREA, area.name)
    for char, kind in PUNCTUATION.items():
        _plant(root, char, kind, "")
    return root


def _plant(root: Node, phrase: str, kind: int, value: str) -> None:
    words = TOKEN.findall(phrase.lower())
    if not words:
        return
    nodes = [root]
    for word in words:
        following: list[Node] = []
        for spelling in spellings(word):
            shared = next((node.next[spelling] for node in nodes if spelling in node.next), None) or Node()
            following.extend(node.next.setdefault(spelling, shared) for node in nodes)
        nodes = list(dict.fromkeys(following))
    for node in nodes:
        if node.meaning is None:
            node.meaning = (kind, value)


def is_capitalised(text: str, start: int, end: int) -> bool:
    """Whether every word of the span begins with a capital, as a name does."""
    return all(not word[0].isalpha() or word[0].isupper() for word in text[start:end].split())
