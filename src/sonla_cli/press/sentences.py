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


#: a line of a column layout has at least so many gaps
_FEWEST_GAPS = 2
GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
#: characters looked at where two lines meet
_LAST, _FIRST = 32, 16
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff \t\u00a0"
_AMOUNT = re.compile(r"(?:[0-9%]|\b(?:tỷ|tỉ|triệu|nghìn|ngàn))\Z")
_REST_OF_AMOUNT = re.compile(
    r"(?:(?:tỷ|tỉ)(?!\s+(?:lệ|trọng))|triệu|nghìn|ngàn|đồng|usd|dự toán|kế hoạch|so với|cùng kỳ)\b"
)
#: a sentence does not end in these
_OPEN_END = re.compile(r"(?:,|\b(?:của|và|với|do|theo|bằng|đạt|được|là|các|cho|tại|gần|khoảng))\Z")
_PLAN = re.compile(r"\b(?:dự toán|kế hoạch|kế hoạch vốn|chỉ tiêu|nghị quyết)(?: năm)?(?: [0-9]{4})?\Z")
_ASSIGNER = re.compile(r"(?:hđnd|hội đồng|ubnd|ủy ban|thủ tướng|chính phủ|trung ương|bộ|quốc hội|tw)\b")


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
    if begins[:1] > "~" and not begins[0].isalpha():
        begins = begins.lstrip(_UNSEEN)
    if not begins or _CLOSED.search(before[-16:]) or _ITEM.match(piece[:40]):
        return False
    if (
        "\t" in before
        or "\t" in piece
        or "|" in before
        or "|" in piece
        or is_spaced(before)
        or is_spaced(piece)
    ):
        return False  # a row of a table
    return begins[0].islower() or begins[0].isdigit() or begins[0] in "(%,;" or _is_cut(before, begins)


def is_spaced(line: str) -> bool:
    """Whether a line is set in columns parted by white space."""
    return "   " in line and sum(1 for _ in GAP.finditer(line)) >= _FEWEST_GAPS


def _is_cut(before: str, begins: str) -> bool:
    """Whether a line that goes on with a capital goes on in the middle of an amount, of a plan or of a phrase."""
    ends, begins = before[-_LAST:].rstrip().lower(), begins[:_FIRST].lower()
    if _AMOUNT.search(ends) and _REST_OF_AMOUNT.match(begins):
        return True
    return bool(_OPEN_END.search(ends)) or bool(_PLAN.search(ends) and _ASSIGNER.match(begins))


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
