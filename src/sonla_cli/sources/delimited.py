"""CSV and TSV: the encoding is UTF-8 or UTF-16 unless named, the separator is the one that makes columns.

An encoding is proved by a byte order mark or by decoding without error; it is never guessed among the legacy
ones, which all decode anything.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import IO

from sonla_cli.core.numeral import Mark
from sonla_cli.core.problem import Code, Place, Problem, SonlaError
from sonla_cli.core.spelling import clean
from sonla_cli.models.observation import COLUMNS, SOURCE_COLUMNS
from sonla_cli.sources.sheet import LONGEST, WIDEST, Row, Sheet

SEPARATORS = (",", ";", "\t", "|")
#: how much of a file is looked at to find the separator
SAMPLE = 65_536
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_KNOWN = frozenset(COLUMNS) | frozenset(SOURCE_COLUMNS)

Opener = Callable[[], IO[bytes]]


def sheet(
    file: str,
    opened: Opener,
    *,
    encoding: str = "",
    separator: str = "",
    declared: Mark | None = None,
    role: str = "",
) -> Sheet:
    """Return the table in a text file; `opened` opens it anew for each pass. Raises `SonlaError`."""
    if separator and (len(separator) > 1 or separator in '"\r\n '):
        values = {"name": "separator", "value": separator[:80]}
        raise SonlaError([Problem(Code.INVALID_VALUE, place=Place(file), values=values)])
    with opened() as raw:
        head = raw.read(SAMPLE)
    if not head:
        raise SonlaError([Problem(Code.EMPTY, place=Place(file))])
    encoding = _known(encoding) if encoding else _encoding(file, head)
    with _text(opened, encoding) as text:
        try:
            sample = text.read(SAMPLE // 2)
        except UnicodeError as error:
            raise _undecodable(file, opened, encoding) from error
    if not sample.strip("\ufeff\r\n\t ,;|"):
        raise SonlaError([Problem(Code.EMPTY, place=Place(file))])
    separator = separator or _separator(sample)
    return Sheet(
        file, lambda: _rows(file, opened, encoding, separator), declared=declared, role=role, is_guarded=True
    )


def _text(opened: Opener, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(opened(), encoding=encoding, newline="")


def _known(encoding: str) -> str:
    try:
        with suppress(UnicodeError):
            # what Python knows and is no encoding of text, such as `hex`, is refused here as well
            b" ".decode(encoding)
        return codecs.lookup(encoding).name
    except (LookupError, ValueError):
        raise SonlaError([Problem(Code.UNKNOWN_ENCODING, values={"name": encoding})]) from None


def _encoding(file: str, head: bytes) -> str:
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    if b"\x00" not in head:
        return "utf-8"
    # ASCII in UTF-16 without a mark: every other byte is zero, from the first on
    if len(head) >= 4 and not any(head[1:64:2]) and all(head[0:64:2]):
        return "utf-16-le"
    if len(head) >= 4 and not any(head[0:64:2]) and all(head[1:64:2]):
        return "utf-16-be"
    line = head[: head.index(b"\x00")].count(b"\n") + 1
    raise SonlaError([Problem(Code.NOT_TEXT, place=Place(file, line))])


def _undecodable(file: str, opened: Opener, encoding: str) -> SonlaError:
    """Return the error that names the first line which is not in the encoding."""
    line, column, excerpt = None, None, None
    if encoding.startswith("utf-8"):
        with opened() as raw:
            for number, content in enumerate(raw, 1):
                try:
                    content.decode("utf-8")
                except UnicodeDecodeError as error:
                    before = content[: error.start].decode("utf-8")
                    line, column = number, len(before) + 1
                    excerpt = (
                        content[max(0, error.start - 30) : error.start + 30]
                        .decode("ascii", "backslashreplace")
                        .strip()
                    )
                    break
    place = Place(file, line, column, excerpt)
    return SonlaError(
        [Problem(Code.ENCODING, place=place, values={"encoding": encoding.removesuffix("-sig")})]
    )


def _separator(sample: str) -> str:
    """Return the separator under which the first lines have the most known or the most regular columns."""
    return max(SEPARATORS, key=lambda each: (*_regularity(sample, each), -SEPARATORS.index(each)))


def _regularity(sample: str, separator: str) -> tuple[int, int]:
    try:
        rows = [row for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator) if any(row)][
            :60
        ]
    except csv.Error:
        return 0, 0
    known = max((len(_KNOWN.intersection(clean(cell).lower() for cell in row)) for row in rows), default=0)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return known, max((width * count for width, count in widths.items()), default=0)


def _rows(file: str, opened: Opener, encoding: str, separator: str) -> Iterator[Row]:
    with _text(opened, encoding) as text:
        reader = csv.reader(text, delimiter=separator, strict=True)
        line = 1
        try:
            for count, row in enumerate(reader, 1):
                if len(row) > WIDEST:
                    values = {"what": "columns", "count": str(len(row)), "most": str(WIDEST)}
                    raise SonlaError([Problem(Code.TOO_LARGE, place=Place(file, line), values=values)])
                if count > LONGEST:
                    values = {"what": "rows", "count": f"> {LONGEST}", "most": str(LONGEST)}
                    raise SonlaError([Problem(Code.TOO_LARGE, place=Place(file, line), values=values)])
                yield line, row
                line = reader.line_num + 1
        except UnicodeError as error:
            raise _undecodable(file, opened, encoding) from error
        except csv.Error as error:
            place = Place(file, reader.line_num)
            raise SonlaError([Problem(Code.INVALID_ROW, place=place, values={"why": str(error)})]) from error
