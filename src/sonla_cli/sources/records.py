"""JSON, JSON lines and Parquet: tables whose cells have names and, for numbers, no convention to prove.

JSON numbers are read as their own digits, so `9.10` stays `9.10` and nothing passes through a float.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, NoReturn, cast

from sonla_cli.core import numeral
from sonla_cli.core.numeral import Mark
from sonla_cli.core.problem import Code, Place, Problem, SonlaError
from sonla_cli.sources.sheet import LONGEST, WIDEST, Broken, Cell, Digits, Row, Sheet, short, unreadable

_BATCH = 10_000
#: bytes of a Parquet file after decompression
MOST_BYTES = 512 * 1024**2


class _DuplicateError(ValueError):
    """A field named twice in one object."""


def from_json(file: str, opened: Callable[[], IO[bytes]]) -> list[Sheet]:
    """Return the tables of a JSON document: an array of objects, or an object of such arrays."""
    with opened() as raw:
        data = raw.read()
    if not data.strip():
        raise SonlaError([Problem(Code.EMPTY, place=Place(file))])
    text = _decoded(file, data)
    try:
        found = _parse(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and text.lstrip()[:1] == "{":
            return [_lines(file, text)]
        place = Place(file, error.lineno, error.colno, short(text[error.pos : error.pos + 40]))
        raise SonlaError([Problem(Code.UNREADABLE, place=place, values={"why": error.msg})]) from error
    except (ValueError, RecursionError) as error:
        raise unreadable(file, str(error) or "nested too deeply") from error
    return _tables(file, found)


def from_json_lines(file: str, opened: Callable[[], IO[bytes]]) -> list[Sheet]:
    """Return the one table of a file with a JSON object on every line."""
    with opened() as raw:
        data = raw.read()
    if not data.strip():
        raise SonlaError([Problem(Code.EMPTY, place=Place(file))])
    return [_lines(file, _decoded(file, data))]


def _decoded(file: str, data: bytes) -> str:
    try:
        return data.decode(json.detect_encoding(data))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise SonlaError(
            [Problem(Code.ENCODING, place=Place(file, line), values={"encoding": "utf-8"})]
        ) from error


def _parse(text: str) -> Any:
    return json.loads(
        text, parse_float=_number, parse_int=_number, parse_constant=_constant, object_pairs_hook=_object
    )


def _number(literal: str) -> Digits | str:
    digits = literal if literal.strip("-0123456789.") == "" else numeral.plain(literal)
    return Digits(digits) if digits is not None else literal


def _constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _DuplicateError(f"the field {twice!r} stands twice in one object")
    return found


def _tables(file: str, found: Any) -> list[Sheet]:
    if isinstance(found, list):
        return [_sheet(file, list(enumerate(found, 1)))]
    if isinstance(found, dict) and isinstance(found.get("observations"), list):
        marks = {each.value: each for each in Mark}
        mark = marks.get(str(found.get("decimal", "")))
        tables = [_sheet(file, list(enumerate(found["observations"], 1)), mark, "observations")]
        if isinstance(found.get("sources"), list):
            tables.append(_sheet(file, list(enumerate(found["sources"], 1)), mark, "sources"))
        return tables
    if isinstance(found, dict) and {"metric", "value"} <= set(found):
        return [_sheet(file, [(1, found)])]
    raise unreadable(file, "no array of objects and no `observations` in it")


def _lines(file: str, text: str) -> Sheet:
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            rows.append((number, _parse(line)))
        except json.JSONDecodeError as error:
            place = Place(file, number, error.colno, short(line))
            raise SonlaError([Problem(Code.UNREADABLE, place=place, values={"why": error.msg})]) from error
        except (ValueError, RecursionError) as error:
            values = {"why": str(error) or "nested too deeply"}
            raise SonlaError([Problem(Code.UNREADABLE, place=Place(file, number), values=values)]) from error
    return _sheet(file, rows)


def _sheet(file: str, records: list[tuple[int, Any]], declared: Mark | None = None, role: str = "") -> Sheet:
    names: dict[str, None] = {}
    for line, record in records:
        if not isinstance(record, Mapping):
            place = Place(file, line, None, short(record))
            raise SonlaError([Problem(Code.INVALID_ROW, place=place, values={"why": "no object"})])
        names.update(dict.fromkeys(record))
        if len(names) > WIDEST:
            values = {"what": "columns", "count": str(len(names)), "most": str(WIDEST)}
            raise SonlaError([Problem(Code.TOO_LARGE, place=Place(file, line), values=values)])

    def rows() -> Iterator[Row]:
        if records:
            yield 0, list(names)
        for line, record in records:
            yield line, [_cell(record.get(name)) for name in names]

    return Sheet(file, rows, declared=declared, role=role)


def _cell(value: Any) -> Cell:
    if value is None:
        return ""
    if isinstance(value, str | bool):
        return value
    if isinstance(value, Decimal):
        return _finite(f"{value:f}") if value.is_finite() else Broken(str(value))
    if isinstance(value, int):
        return _finite(str(value)) if abs(value) < 10**60 else Broken("> 10^60")
    if isinstance(value, float):
        return _finite(numeral.from_float(value)) if value == value else Broken("NaN")
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    return value if isinstance(value, date) else Broken(short(json.dumps(value, default=str)))


def _finite(digits: str | None) -> Cell:
    return Broken("inf") if digits is None else Digits(digits)


def from_parquet(file: str, content: str | Path | bytes) -> Sheet:
    """Return the table of a Parquet file, read in batches; raise `SonlaError` if it cannot be.

    A text that a file holds once and names a million times is kept once here as well; lists within cells, which no
    table of figures has, are not unpacked.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        values = {"package": "pyarrow", "extra": "parquet"}
        raise SonlaError([Problem(Code.MISSING_EXTRA, place=Place(file), values=values)]) from None

    def opened(texts: Sequence[str] = ()) -> Any:
        source = io.BytesIO(content) if isinstance(content, bytes) else str(content)
        return parquet.ParquetFile(source, read_dictionary=texts)

    try:
        with opened() as table:
            lines, columns = table.metadata.num_rows, table.metadata.num_columns
            unpacked = sum(
                table.metadata.row_group(each).total_byte_size
                for each in range(table.metadata.num_row_groups)
            )
            names = list(table.schema_arrow.names)
            flat = [each.name for each in table.schema_arrow if not pa.types.is_nested(each.type)]
            texts = [
                each.name for each in table.schema_arrow if str(each.type).endswith(("string", "binary"))
            ]
            marks = {each.value: each for each in Mark}
            declared = marks.get((table.schema_arrow.metadata or {}).get(b"sonla.decimal", b"").decode())
    except (pa.ArrowException, OSError, ValueError) as error:
        raise unreadable(file, str(error).partition("\n")[0]) from error
    for what, count, most in (
        ("columns", columns, WIDEST), ("rows", lines, LONGEST), ("bytes", unpacked, MOST_BYTES),
    ):  # fmt: skip
        if count > most:
            values = {"what": what, "count": str(count), "most": str(most)}
            raise SonlaError([Problem(Code.TOO_LARGE, place=Place(file), values=values)])

    def cells_of(batch: Any, name: str) -> Sequence[Any]:
        if name not in flat:
            return [Broken(name)] * batch.num_rows
        column = batch.column(flat.index(name))
        if not isinstance(column, pa.DictionaryArray):
            return cast("list[Any]", column.to_pylist())
        known = column.dictionary.to_pylist()
        try:
            return [None if place is None else known[place] for place in column.indices.to_pylist()]
        except IndexError as error:
            raise unreadable(file, f"{name}: a value that is not there") from error

    def rows() -> Iterator[Row]:
        if lines:
            yield 0, names
        line = 0
        try:
            with opened(texts) as table:
                for batch in table.iter_batches(_BATCH, columns=flat):
                    for cells in zip(*(cells_of(batch, name) for name in names), strict=True):
                        line += 1
                        yield line, [cell if isinstance(cell, Broken) else _cell(cell) for cell in cells]
        except (pa.ArrowException, OSError, ValueError) as error:
            raise unreadable(file, str(error).partition("\n")[0]) from error

    return Sheet(file, rows, declared=declared)
