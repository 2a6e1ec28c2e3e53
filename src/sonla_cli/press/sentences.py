"""Sentences of a text, each with its place; read line by line, so that memory does not grow with the text.

The one convention: a line that does not close its sentence runs on into the next when that begins in lower case
or with a number that is no item of a list; an empty line always ends a sentence. Inside a block a sentence ends
at a stop followed by white space and a capital, a figure, a quotation mark or a dash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

#: a block of running lines is cut here at the latest
LONGEST_BLOCK = 20_000

_END = re.compile(r"[.!?…]+[\"”’»)\]]*(?=\s)")
_ITEM = re.compile(r"\s*(?:[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]\s|[a-zđ]\)|[-–+*•]\s|[IVX]+[.)]\s)")
_CLOSED = re.compile(r"[.!?…:;][\"”’»)\]]*\s*\Z")
_LAST_WORD = re.compile(r"[^\s(“\"]{1,8}\Z")
_ABBREVIATIONS = frozenset(
    {"tp", "tr", "đ/c", "ths", "ts", "pgs", "gs", "v.v", "stt", "p", "q", "ubnd", "no", "kh", "tx", "tt"}
)


class Block(NamedTuple):
    """Lines that run on, where they begin in the text, and the number of the first line."""

    text: str
    start: int
    line: int


def blocks(lines: Iterable[str]) -> Iterator[Block]:
    """Join the lines that run on; `lines` keep their line ends."""
    held: list[str] = []
    size, start, position, line, first = 0, 0, 0, 1, 1
    for piece in lines:
        if held and (size > LONGEST_BLOCK or not _runs_on(held[-1], piece)):
            yield Block("".join(held), start, first)
            held, size = [], 0
        if not held:
            start, first = position, line
        if piece.strip():
            held.append(piece)
            size += len(piece)
        position += len(piece)
        line += piece.count("\n")
    if held:
        yield Block("".join(held), start, first)


def _runs_on(before: str, piece: str) -> bool:
    begins = piece.lstrip()
    if "\t" in before or "\t" in piece or "|" in before or "|" in piece:
        return False  # a row of a table
    if not begins or _CLOSED.search(before[-16:]) or _ITEM.match(piece[:40]):
        return False
    return begins[0].islower() or begins[0].isdigit() or begins[0] in "(%,;"


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Return where the sentences of a block begin and end, without the white space around them."""
    start = 0
    for found in _END.finditer(text):
        end = found.end()
        following = text[end : end + 8].lstrip()[:1]
        if following and not (following.isupper() or following.isdigit() or following in '"“‘-–+•('):
            continue
        word = _LAST_WORD.search(text[max(start, found.start() - 8) : found.start()])
        if word and word[0].lower() in _ABBREVIATIONS and following:
            continue
        first, last = _trimmed(text, start, end)
        if first < last:
            yield first, last
        start = end
    first, last = _trimmed(text, start, len(text))
    if first < last:
        yield first, last


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end].rstrip()
    return end - len(text[start:end].lstrip()), start + len(piece)
