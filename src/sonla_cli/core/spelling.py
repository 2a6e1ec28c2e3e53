"""Spellings of Vietnamese that are one word, by explicit tables; diacritics are never folded away.

`clean` is what every text that is read goes through and changes nothing a reader would see; `key` is only for
comparing: two texts with one key are the same words. `đồng`, `dòng` and `đóng` keep three different keys; only who
searches by `plain` gets all three.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: spaces that stand for the plain one; between digits they may also group thousands
SPACES = "\u00a0\u2007\u2009\u202f\u3000"
#: characters that show nothing: zero-width ones, the byte order mark, the soft hyphen
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
#: a spreadsheet may take a cell that begins so for a formula; the wide ones where its language is Chinese or Japanese
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: full-width per cent
FULL_WIDTH = {"％": "%"}

#: where the tone mark stands in an open syllable: the newer habit → the older one (`luỹ` → `lũy`)
TONE_PAIRS = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)
#: whole words with two spellings
WORD_PAIRS = {"tỉ": "tỷ"}

_TABLE = str.maketrans({**dict.fromkeys(SPACES, " "), **dict.fromkeys(INVISIBLE, ""), **FULL_WIDTH})
# `quý` is written one way only: its `u` belongs to the consonant
_TONES = re.compile(rf"(?<!q)(?:{'|'.join(TONE_PAIRS)})(?!\w)")
_WORDS = re.compile(rf"(?<!\w)(?:{'|'.join(WORD_PAIRS)})(?!\w)")


def clean(text: str) -> str:
    """Return `text` in NFC with plain spaces and without invisible characters, stripped."""
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFC", text.translate(_TABLE)).strip()


@lru_cache(maxsize=16384)
def key(text: str) -> str:
    """Return what equal words have in common: `clean`, case folded, one space, one spelling of each pair."""
    folded = " ".join(clean(text).casefold().split())
    if folded.isascii():
        return folded
    folded = _TONES.sub(lambda found: TONE_PAIRS[found[0]], folded)
    return _WORDS.sub(lambda found: WORD_PAIRS[found[0]], folded)


def plain(text: str) -> str:
    """Return `text` in small letters without diacritics, for searching only: what is found is shown, never taken."""
    folded = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(each for each in folded if not unicodedata.combining(each)).split())


def steers(text: str) -> bool:
    """Whether a text has control or bidirectional characters, which can rewrite what a terminal or a page shows."""
    return not text.isprintable() and any(
        not each.isprintable() and each not in "\n\t" and unicodedata.category(each) != "Zs" for each in text
    )
