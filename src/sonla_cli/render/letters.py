"""Text on a stream that has not every character, as under a Windows code page or the locale `C`.

A letter loses its tone, then its other marks; a drawn sign becomes a typed one; nothing crashes and nothing is written
in the bytes of another encoding. JSON escapes what is not ASCII, which every reader of JSON undoes.
"""

from __future__ import annotations

import codecs
import sys
import unicodedata
from collections.abc import Iterator
from typing import TextIO

JSON = "sonla.json"

_TONES = "\u0300\u0301\u0303\u0309\u0323"
#: what stands for a sign, best first; a range keeps its two ends apart
_SIGNS = {
    "…": ("...",), "–": ("-",), "—": ("-",), "−": ("-",), "·": ("-",), "×": ("x",), "÷": ("/",), "→": (">",), "←": ("<",),
    "≥": (">=",), "≤": ("<=",), "≠": ("!=",), "●": ("•", "*"), "○": ("o",), "◌": ("~",), "◇": ("+",), "▶": (">",), "◀": ("<",),
    "│": ("|",), "┤": ("|",), "├": ("|",), "└": ("+",), "┘": ("+",), "┌": ("+",), "┐": ("+",), "┼": ("+",), "┴": ("+",),
    "┬": ("+",), "─": ("-",), "━": ("=",), "█": ("#",), "▓": ("#",), "▒": ("=",), "░": (".",), "“": ('"',), "”": ('"',),
    "‘": ("'",), "’": ("'",), "«": ('"',), "»": ('"',), "\u00a0": (" ",), "\u202f": (" ",), "\u2009": (" ",), "⁹": ("^9",),
    "⁶": ("^6",), "₫": ("đ", "d"), "€": ("EUR",), "đ": ("d",), "Đ": ("D",),
}  # fmt: skip


def settle() -> None:
    """Let what people read on stdout and stderr take the nearest characters their encodings have."""
    for stream in (sys.stdout, sys.stderr):
        encoding = getattr(stream, "encoding", None)
        if encoding and not _is_utf8(encoding) and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=_handler(encoding))


def encoded(text: str, form: str, stream: TextIO) -> bytes:
    """Return the bytes of a result for `stream`: JSON safe for any encoding, tables of data in UTF-8 in a pipe."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    if _is_utf8(encoding):
        return text.encode("utf-8", "replace")
    if form in ("json", "jsonl"):
        return text.encode("ascii", JSON)
    if form != "table" and not stream.isatty():
        return text.encode("utf-8", "replace")
    return text.encode(encoding, _handler(encoding))


def _is_utf8(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding).name.startswith("utf")
    except LookupError:
        return True


def _handler(encoding: str) -> str:
    """Return the name of the error handler that knows what `encoding` has."""
    name = f"sonla.{encoding}"

    def nearest(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        found = [_nearest(error.object, place, encoding) for place in range(error.start, error.end)]
        return "".join(found), error.end

    codecs.register_error(name, nearest)
    return name


def _nearest(text: str, place: int, encoding: str) -> str:
    return next((each for each in _candidates(text, place) if _has(encoding, each)), "?")


def _candidates(text: str, place: int) -> Iterator[str]:
    character = text[place]
    if character == "…" and text[place - 1 : place] == " " and text[place + 1 : place + 2] == " ":
        # between two numbers, where three dots would push the next column aside
        yield "~"
    yield from _SIGNS.get(character, ())
    apart = unicodedata.normalize("NFD", character)
    letter, marks = apart[0], apart[1:]
    shape = unicodedata.normalize("NFC", letter + "".join(each for each in marks if each not in _TONES))
    tones = "".join(each for each in marks if each in _TONES)
    yield shape + tones
    yield shape
    yield from _SIGNS.get(letter, ())
    yield letter


def _has(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    pairs = (units[place : place + 2].hex() for place in range(0, len(units), 2))
    return "".join(f"\\u{each}" for each in pairs), error.end


codecs.register_error(JSON, _escaped)
