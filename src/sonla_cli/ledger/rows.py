"""What a row of a ledger means, as expressions of its columns: area, metric, month and signed amounts.

Each expression is NULL where a row does not say; `unreadable` tells rows that say it in a way nobody can read
from rows that say nothing. An amount is whole or decimal, never a double.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.datatypes as dt

from sonla_cli.core.problem import Code, Place, Problem, SonlaError
from sonla_cli.ledger.mapping import Amount, Ledger, Rule

if TYPE_CHECKING:
    from ibis.expr.types import Table

#: digits of an amount written as text or as a numeric without a scale: whole and decimal
WHOLE, DECIMALS = 18, 6
#: decimals that leave a sum in 38 digits enough whole ones
WIDEST = 12
AMOUNT_TEXT = rf"^[+-]?[0-9]{{1,{WHOLE}}}(\.[0-9]{{1,{DECIMALS}}})?$"
#: the days there are, of leap years too
_DAY = (
    r"[12][0-9]{3}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
    r"|([12][0-9](0[48]|[2468][048]|[13579][26])|(12|16|20|24|28)00)-02-29"
)
#: what may follow: a time, in the zone of Viet Nam if it names one
_TIME = r"([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?( ?[+]07(:?00)?)?)?"
DATE_TEXT = rf"^({_DAY}){_TIME}$"
YEAR_TEXT = r"^[12][0-9]{3}$"
#: which months a budget year has is the mapping's to say
MONTH_TEXT = r"^[0-9]{1,4}$"
#: put after a text before it is matched; no pattern has it
END = ";"
#: engines whose sum of BIGINT cannot overflow: they add in 128 bits or without a limit
WIDE_SUMS = ("duckdb", "postgres")


@dataclass(frozen=True, slots=True)
class Sum:
    """The value to add up, and the type of the sum.

    `value` is NULL where there is none or nobody can read it; `given` is not NULL wherever there is one (`None`:
    every value can be read).
    """

    value: Any
    given: Any
    type: dt.Decimal


def decimal(scale: int = 0) -> dt.Decimal:
    """Return the widest exact type."""
    return dt.Decimal(38, scale)


def text(column: Any) -> Any:
    """Return a column as text, as it is written."""
    return column if column.type().is_string() else column.cast("string")


def matches(column: Any, pattern: str) -> Any:
    """Whether a text is what the pattern says, to its very end.

    On some engines `$` alone would let one of several line breaks follow, but not where another sign ends the text.
    """
    return (column + END).re_search(pattern.removesuffix("$") + END + "$")


def amount(table: Table, spec: Amount, engine: str, file: str) -> Sum:
    """Return how to add up the amounts of `spec`; raise `SonlaError` for a column of doubles."""
    column = table[spec.column]
    kind = column.type()
    given: Any = None
    value: Any
    if kind.is_integer():
        scale, value = 0, column if engine in WIDE_SUMS else column.cast(dt.Decimal(19, 0))
    elif kind.is_decimal() and kind.scale is not None and kind.scale <= WIDEST:
        scale, value = kind.scale, column
    elif kind.is_decimal():
        narrow = column.cast(decimal(DECIMALS))
        scale, value, given = DECIMALS, ibis.cases((narrow == column, narrow)), column
    elif kind.is_string():
        scale = DECIMALS
        stripped = column.strip()
        readable = matches(stripped, AMOUNT_TEXT)
        value = ibis.cases((readable, stripped)).cast(decimal(DECIMALS))
        given = ibis.cases((stripped != "", stripped))
    else:
        values = {"name": spec.column, "type": str(kind)}
        raise SonlaError([Problem(Code.LEDGER_INEXACT, place=Place(file), values=values)])
    chosen = _chosen(table, spec)
    if spec.sign:
        sign = text(table[spec.sign.column])
        plus = _any_of(sign, spec.sign.plus) if spec.sign.plus else sign.notnull()
        signed = (
            [(plus, value)]
            if not spec.sign.minus
            else [(_any_of(sign, spec.sign.minus), -value), (plus, value)]
        )
        value = ibis.cases(*signed)
        given = column if given is None else given
    if chosen is not None:
        value = ibis.cases((chosen, value))
        given = None if given is None else ibis.cases((chosen, given))
    return Sum(value, given, decimal(scale))


def _chosen(table: Table, spec: Amount) -> Any:
    found: Any = None
    for name, values in spec.when.items():
        fits = _any_of(text(table[name]), values)
        found = fits if found is None else found & fits
    return found


def _any_of(column: Any, values: Sequence[str]) -> Any:
    """Whether a text is one of `values`; an engine is quicker at one than at a list of one."""
    return column == values[0] if len(values) == 1 else column.isin(values)


def leaf(table: Table, ledger: Ledger) -> Any:
    """Return the place of the first rule that fits a row, NULL if none does."""
    branches = [(_fits(table, rule, ledger), place) for place, rule in enumerate(ledger.metrics)]
    return ibis.cases(*branches)


def _fits(table: Table, rule: Rule, ledger: Ledger) -> Any:
    found: Any = ibis.literal(True)
    first = True
    for name in ("chapter", "section", "item"):
        codes = getattr(rule, name)
        if codes:
            column = table[getattr(ledger.columns, name) or name]
            fits = _any_code(column, codes)
            found = fits if first else found & fits
            first = False
    return found


def _any_code(column: Any, codes: Sequence[str]) -> Any:
    found: Any = None
    for code in codes:
        fits = _code(column, code)
        found = fits if found is None else found | fits
    return found


def _code(column: Any, code: str) -> Any:
    low, dash, high = code.partition("-")
    if column.type().is_integer() and code.replace("-", "").isdecimal():
        return column.between(int(low), int(high)) if dash else column == int(code)
    written = column if column.type().is_string() else column.cast("string")
    if dash:
        return (written.length() == len(low)) & written.between(low, high)
    return written.startswith(code[:-1]) if code.endswith("*") else written == code


def year_and_month(table: Table, ledger: Ledger, file: str = "") -> tuple[Any, Any]:
    """Return the budget year of a row, and its month counted from January of that year.

    Raise `SonlaError` for a column of a type that is none of the two.
    """
    columns = ledger.columns
    year: Any
    month: Any
    if columns.date:
        year, month = _day(table[columns.date], file)
    else:
        year = _number(table[columns.year or "year"], YEAR_TEXT, file)
        month = _number(table[columns.month or "month"], MONTH_TEXT, file)
    if columns.budget_year:
        budget_year = _number(table[columns.budget_year], YEAR_TEXT, file)
        return budget_year, (year - budget_year) * 12 + month
    return year, month


def _day(date: Any, file: str) -> tuple[Any, Any]:
    """Return the year and the month of a date; a time with a zone is that of Viet Nam, where sessions are set."""
    kind = date.type()
    if kind.is_date() or kind.is_timestamp():
        return date.year(), date.month()
    if not kind.is_string():
        raise _no_date(date, file)
    stripped = date.strip()
    good = matches(stripped, DATE_TEXT)
    year, month = ibis.cases((good, stripped.substr(0, 4))), ibis.cases((good, stripped.substr(5, 2)))
    return year.cast("int32"), month.cast("int32")


def _number(column: Any, pattern: str, file: str) -> Any:
    kind = column.type()
    if kind.is_string():
        stripped = column.strip()
        return ibis.cases((matches(stripped, pattern), stripped)).cast("int32")
    if kind.is_integer():
        return column
    if not kind.is_numeric():
        raise _no_date(column, file)
    whole = column.cast("int32")
    return ibis.cases((whole == column, whole))


def _no_date(column: Any, file: str) -> SonlaError:
    values = {"name": column.get_name(), "type": str(column.type())}
    return SonlaError([Problem(Code.LEDGER_NO_DATE, place=Place(file), values=values)])
