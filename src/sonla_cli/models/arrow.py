"""Observations and rows as Arrow tables, which pandas, Polars and others take by the PyCapsule protocol.

Numbers of a report are Arrow decimals with room for all their digits; the value of an observation stays text, for
`9.10` and `9.1` were printed differently. What is missing is null. pyarrow is imported when a table is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Protocol

from sonla_cli.core.problem import Code, Place, Problem, SonlaError
from sonla_cli.models.model import Model


class Tabular(Protocol):
    """A data frame of any library: what hands itself over as an Arrow stream."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return the capsule of a stream of batches."""
        ...


#: digits of Arrow's usual decimal, and of its wide one
_PRECISION, _WIDE = 38, 76

#: the fields of a row that are no text; those that hold records of their own (`inputs`, `others`) are no columns
_NUMBERS = ("value", "low", "high")
_LISTS = {"sources": str, "scores": str, "integers": int}
_COUNTS = ("distance",)
_RECORDS = ("inputs", "others")


def library(file: str = "") -> Any:
    """Return pyarrow; raise `SonlaError` that names the extra, and `file`, if it is not installed."""
    try:
        import pyarrow as pa
    except ImportError:
        values = {"package": "pyarrow", "extra": "parquet"}
        place = Place(file) if file else None
        raise SonlaError([Problem(Code.MISSING_EXTRA, place=place, values=values)]) from None
    return pa


def observations(records: Iterable[Model], columns: Sequence[str]) -> Any:
    """Return observations as a table of text."""
    arrow, every = library(), list(records)
    names = {name: [getattr(each, name) or None for each in every] for name in columns}
    metadata = {"sonla.decimal": "point"}
    return arrow.table(names, arrow.schema([(name, arrow.string()) for name in columns], metadata))


def rows(records: Iterable[Model], columns: Sequence[str]) -> Any:
    """Return the rows of a report as a table."""
    arrow, every = library(), list(records)
    found = {}
    for name in columns:
        if name in _RECORDS:
            continue
        values = [getattr(each, name) for each in every]
        if name in _NUMBERS:
            found[name] = arrow.array(values, _decimal(arrow, values))
        elif name in _LISTS:
            inner = arrow.int64() if _LISTS[name] is int else arrow.string()
            found[name] = arrow.array([list(each) for each in values], arrow.list_(inner))
        elif name in _COUNTS:
            found[name] = arrow.array(values, arrow.int64())
        else:
            found[name] = arrow.array([each or None for each in values], arrow.string())
    return arrow.table(found)


def _decimal(arrow: Any, values: Iterable[Decimal | None]) -> Any:
    """Return the decimal type that holds every number with all its digits."""
    numbers = [each.as_tuple() for each in values if each is not None]
    places = max((-int(each.exponent) for each in numbers), default=0)
    places = max(places, 0)
    whole = max((len(each.digits) + int(each.exponent) for each in numbers), default=0)
    wide = max(whole, 1) + places > _PRECISION
    return arrow.decimal256(_WIDE, places) if wide else arrow.decimal128(_PRECISION, places)
