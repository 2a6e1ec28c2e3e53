"""JSON, JSON lines, Parquet and data frames: tables whose cells have names and, for numbers, no convention to prove.

JSON numbers are read as their own digits, so `9.10` stays `9.10` and nothing passes through a float.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, NoReturn, cast

from sonla_cli.core import numeral
from sonla_cli.core.numeral import Mark
from sonla_cli.core.problem import Code, Place, Problem, SonlaError
from sonla_cli.models.arrow import library
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
        if not value.is_finite():
            return Broken(str(value))
        # a column of decimals has one number of places for all its cells: its zeros were not printed
        digits = f"{value:f}"
        return _finite(digits.rstrip("0").rstrip(".") if "." in digits else digits)
    if isinstance(value, int):
        return _finite(str(value)) if abs(value) < 10**60 else Broken("> 10^60")
    if isinstance(value, float):
        return _finite(numeral.from_float(value)) if value == value else Broken("NaN")
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    return value if isinstance(value, date) else Broken(short(json.dumps(value, default=str)))


def _finite(digits: str | None) -> Cell:
    return Broken("inf") if digits is None else Digits(digits)


def from_frame(frame: object) -> Sheet:
    """Return a data frame as a table, named by its class; raise `SonlaError` if it cannot be taken."""
    arrow, name = library(), type(frame).__name__
    try:
        if hasattr(frame, "__arrow_c_stream__"):
            table = arrow.table(frame)
        else:
            from pyarrow import interchange

            table = interchange.from_dataframe(frame)
    except (arrow.ArrowException, TypeError, ValueError, NotImplementedError) as error:
        raise unreadable(name, str(error).partition("\n")[0]) from error
    return _columnar(name, table.schema, table.num_rows, lambda flat: table.select(flat).to_batches(_BATCH))


def from_parquet(file: str, content: str | Path | bytes) -> Sheet:
    """Return the table of a Parquet file, read in batches; raise `SonlaError` if it cannot be.

    A text that a file holds once and names a million times is kept once here as well.
    """
    arrow = library(file)
    from pyarrow import parquet

    def opened(texts: Sequence[str] = ()) -> Any:
        source = io.BytesIO(content) if isinstance(content, bytes) else str(content)
        return parquet.ParquetFile(source, read_dictionary=texts)

    try:
        with opened() as table:
            schema, lines = table.schema_arrow, table.metadata.num_rows
            groups = range(table.metadata.num_row_groups)
            unpacked = sum(table.metadata.row_group(each).total_byte_size for each in groups)
    except (arrow.ArrowException, OSError, ValueError) as error:
        raise unreadable(file, str(error).partition("\n")[0]) from error
    texts = [each.name for each in schema if str(each.type).endswith(("string", "binary"))]

    def batches(flat: Sequence[str]) -> Iterator[Any]:
        try:
            with opened(texts) as table:
                yield from table.iter_batches(_BATCH, columns=flat)
        except (arrow.ArrowException, OSError, ValueError) as error:
            raise unreadable(file, str(error).partition("\n")[0]) from error

    return _columnar(file, schema, lines, batches, unpacked)


def _columnar(
    name: str, schema: Any, lines: int, batches: Callable[[Sequence[str]], Iterable[Any]], unpacked: int = 0
) -> Sheet:
    """Return the table whose columns are those of an Arrow schema and whose rows come in batches.

    Lists within cells, which no table of figures has, are not unpacked: batches hold the other columns.
    """
    arrow = library(name)
    names = list(schema.names)
    for what, count, most in (
        ("columns", len(names), WIDEST),
        ("rows", lines, LONGEST),
        ("bytes", unpacked, MOST_BYTES),
    ):
        if count > most:
            values = {"what": what, "count": str(count), "most": str(most)}
            raise SonlaError([Problem(Code.TOO_LARGE, place=Place(name), values=values)])
    mark = (schema.metadata or {}).get(b"sonla.decimal", b"")
    declared = {each.value.encode(): each for each in Mark}.get(mark)
    flat = [each.name for each in schema if not arrow.types.is_nested(each.type)]

    def cells_of(batch: Any, column_name: str) -> Sequence[Any]:
        if column_name not in flat:
            return [Broken(column_name)] * batch.num_rows
        column = batch.column(flat.index(column_name))
        try:
            if not isinstance(column, arrow.DictionaryArray):
                return cast("list[Any]", column.to_pylist())
            known = column.dictionary.to_pylist()
            return [None if place is None else known[place] for place in column.indices.to_pylist()]
        # no text, a day that no calendar has, a value that is not there, a zone that is nowhere
        except (ValueError, LookupError, OverflowError) as error:
            raise unreadable(name, f"{column_name}: {error}") from error

    def rows() -> Iterator[Row]:
        if lines:
            yield 0, names
        line = 0
        for batch in batches(flat):
            for cells in zip(*(cells_of(batch, each) for each in names), strict=True):
                line += 1
                yield line, [cell if isinstance(cell, Broken) else _cell(cell) for cell in cells]

    return Sheet(name, rows, declared=declared)
