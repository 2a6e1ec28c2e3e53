"""Structure-aware mutation: valid seeds are flipped, cut, spliced, repeated and given words of the format.

Everything is drawn from one `random.Random`, so that a seed number gives the same input everywhere. An archive is
mutated inside: one entry is unpacked, changed and packed again, so that what reads the entry is reached.
"""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Sequence

LARGEST = 200_000
#: what breaks readers in any format: ends of ranges, marks of structure, invisible and half characters
COMMON = (
    b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80",
    "\u202e".encode(), "\u200b".encode(), "\u0301".encode(), "\u0669".encode(), "\uff1d".encode(), "½".encode(),
    b"\x1b[2J", b"\xc2\x9b2J", b"\x1b]8;;http://x\x07", b"\r", b"\n", b"\r\n", b"\t", b"'", b'"', b"=", b"-", b"+",
    b"0", b"-0", b"-1", b"2147483648", b"18446744073709551616", b"9" * 45, b"1" * 5000, b"1e400", b"NaN", b"inf",
    b"0.5", b"1,5", b"1.234,5", b"(" * 200, b"[" * 3000, b"{" * 200, b"<" * 300, b"a." * 200, b"%s%n{0}", b"../..",
    b"0001", b"9999-12-31", b"2025-02-30", b"1000", b"2999", b"\\", b"\x85", "\u2028".encode(),
)  # fmt: skip


def mutate(
    draw: random.Random, data: bytes, words: Sequence[bytes], others: Sequence[bytes], largest: int = LARGEST
) -> bytes:
    """Return `data` after one to eight changes; `others` are inputs to splice with."""
    if data[:2] == b"PK" and draw.random() < 0.85:
        return _inside(draw, data, words, others)[:largest]
    for _ in range(draw.choice((1, 1, 1, 2, 2, 3, 5, 8))):
        data = _change(draw, data, words, others)[:largest]
    return data


def _change(draw: random.Random, data: bytes, words: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    start = draw.randrange(len(data) + 1)
    end = min(len(data), start + draw.choice((1, 1, 2, 4, 8, 32, 200, 2000)))
    match draw.randrange(10):
        case 0:  # a bit
            return (
                data[:start]
                + bytes(each ^ (1 << draw.randrange(8)) for each in data[start : start + 1])
                + data[start + 1 :]
            )
        case 1:  # a byte
            return data[:start] + bytes([draw.randrange(256)]) + data[start + 1 :]
        case 2:  # leave out
            return data[:start] + data[end:]
        case 3:  # cut short
            return data[:start] if draw.random() < 0.3 else data[:start] + data[end:]
        case 4:  # repeat
            times = draw.choice((1, 1, 2, 3, 50)) if end - start < 400 else 1
            return data[:end] + data[start:end] * times + data[end:]
        case 5:  # move
            other = draw.randrange(len(data) + 1)
            piece, rest = data[start:end], data[:start] + data[end:]
            return rest[:other] + piece + rest[other:]
        case 6:  # splice with another seed
            other_data = draw.choice(others) if others else data
            cut = draw.randrange(len(other_data) + 1)
            return data[:start] + other_data[cut : cut + draw.choice((8, 64, 1000))] + data[end:]
        case 7:  # a field between marks takes another field
            fields = [each for each in data.replace(b"\n", b",").split(b",") if each]
            if len(fields) > 1:
                return data.replace(draw.choice(fields), draw.choice(fields), 1)
            return data
        case _:  # a word, put in or put over
            word = draw.choice(words) if words and draw.random() < 0.7 else draw.choice(COMMON)
            return data[:start] + word + data[(end if draw.random() < 0.5 else start) :]


def _inside(draw: random.Random, data: bytes, words: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    entries = unpacked(data)
    if not entries:
        return _change(draw, data, words, others)
    names = list(entries)
    chosen = draw.choice(names)
    match draw.randrange(12):
        case 0:
            del entries[chosen]
        case 1:
            entries[draw.choice(names)] = entries[chosen]
        case 2:
            entries[
                _change(draw, chosen.encode(), words, ()).decode("utf-8", "replace").replace("\x00", "")
                or "x"
            ] = entries.pop(chosen)
        case _:
            for _ in range(draw.choice((1, 1, 2, 4))):
                entries[chosen] = _change(draw, entries[chosen], words, tuple(entries.values()))[:LARGEST]
    return packed(entries)


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the entries of an archive; none if it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(each.file_size for each in archive.infolist()) > 10 * LARGEST:
                return {}
            return {each: archive.read(each) for each in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return {}


def packed(entries: dict[str, bytes]) -> bytes:
    """Return an archive of the entries, without a clock in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
