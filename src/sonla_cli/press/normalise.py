"""Text as the grammar sees it: composed (NFC), lower case, without invisible characters.

The one convention: a cleaned character either stands for exactly one span of the original, which the offset map
gives back, or it does not exist. Ordinary text needs no map at all, so `offsets` is `None` and costs nothing.
No diacritic is ever folded away: đồng, dòng, đóng and động are different words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

#: soft hyphen, zero-width and directional marks, byte-order mark: deleted
INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
#: combining marks that Vietnamese in NFD uses, and their neighbours
COMBINING = "\u0300-\u034e\u0350-\u036f"
#: full-width forms, and the Icelandic eth that some keyboards give for đ
WIDE = "\uff01-\uff5e\u00d0\u00f0\u2212"

ODD = re.compile(f"[{INVISIBLE}{COMBINING}{WIDE}]")
_DELETED = re.compile(f"[{INVISIBLE}]")
_REPLACED = {
    **{wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)},
    0x00D0: "Đ",
    0x00F0: "đ",
    0x2212: "-",
}
#: more marks on one letter than any script needs; the rest of a longer run is dropped, which keeps time linear
MOST_MARKS = 8


class Cleaned(NamedTuple):
    """Cleaned text in the original's case and in lower case (of equal length), and the way back."""

    text: str
    lower: str
    #: where each cleaned character starts in the original, and where the last one ends; `None` is "the same"
    offsets: Sequence[int] | None


def clean(text: str) -> Cleaned:
    """Return `text` as the grammar reads it."""
    if not ODD.search(text):
        return Cleaned(text, _lower(text), None)
    kept, offsets = _compose(text)
    return Cleaned(kept, _lower(kept), offsets)


def _compose(text: str) -> tuple[str, list[int]]:
    kept: list[str] = []
    offsets: list[int] = []
    position, length = 0, len(text)
    while position < length:
        char = text[position]
        if _DELETED.match(char):
            position += 1
            continue
        start = position
        position += 1
        cluster = _REPLACED.get(ord(char), char)
        marks = 0
        while position < length and (ODD.match(text[position]) and not 0xFF00 < ord(text[position]) < 0xFF5F):
            mark = text[position]
            if not unicodedata.combining(mark):
                if _DELETED.match(mark) and _joins(text, position):
                    position += 1
                    continue
                break
            marks += 1
            if marks <= MOST_MARKS:
                cluster += mark
            position += 1
        composed = unicodedata.normalize("NFC", cluster) if marks else cluster
        kept.append(composed)
        offsets.extend([start] * len(composed))
    offsets.append(length)
    return "".join(kept), offsets


def _joins(text: str, position: int) -> bool:
    """Whether an invisible character stands between a letter and its combining mark."""
    following = text[position + 1 : position + 2]
    return bool(following) and bool(unicodedata.combining(following))


def _lower(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)
