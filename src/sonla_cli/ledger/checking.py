"""Rows of an actual, a plan and an attainment as printed, judged where they are.

A row is `contradictory` if no true values would have been printed so, `exact` if all of them give the printed
rate, `within rounding` if some do, and `cannot tell` where a number is missing or the divisor may be zero.
`verdict` is the definition, in Python; `judged` is the same in the engine. Rows with more digits than an
engine counts exactly come back without a verdict and get the definition's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any

import ibis

from sonla_cli.catalogue.indicators import INDICATORS
from sonla_cli.core import unit as units
from sonla_cli.core.figure import Figure, Hedge, Rounding
from sonla_cli.core.formula import Expression, Operation
from sonla_cli.core.unit import BILLION_VND, Unit
from sonla_cli.ledger import compiler
from sonla_cli.ledger.whole import TooWideError, both, either, negate
from sonla_cli.models.report import Verdict

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.expr.types import Table

#: the rates that are recomputed, in this order
RATES = ("attainment", "growth", "index", "multiple")
#: what a column `…_hedge` may say of the number in the column it is named after
HEDGES = {
    "": Hedge.EXACT, "exact": Hedge.EXACT, "about": Hedge.ABOUT, "khoảng": Hedge.ABOUT, "over": Hedge.OVER,
    "hơn": Hedge.OVER, "trên": Hedge.OVER, "under": Hedge.UNDER, "gần": Hedge.UNDER, "dưới": Hedge.UNDER,
}  # fmt: skip
EXACT: Verdict = "exact"
WITHIN: Verdict = "within rounding"
CONTRADICTORY: Verdict = "contradictory"
CANNOT: Verdict = "cannot tell"
#: an engine counts small numbers faster than words: the place of a verdict here stands for it until it is told
VERDICTS = (EXACT, WITHIN, CONTRADICTORY, CANNOT)


@dataclass(frozen=True, slots=True)
class Claim:
    """A printed rate and the columns it is recomputed from, by the names of its formula; their units and hedges."""

    rate: str
    columns: Mapping[str, str]
    units: Mapping[str, Unit]
    hedges: Mapping[str, str] = field(default_factory=dict)

    @property
    def formula(self) -> Expression:
        """The formula of the rate."""
        found = INDICATORS[self.rate].formula
        if found is None:
            raise ValueError(f"{self.rate} is not computed")
        return found

    def unit(self, name: str) -> Unit:
        """Return the unit of one of the names."""
        return self.units.get(name) or (INDICATORS[self.rate].unit if name == self.rate else BILLION_VND)


def claims(names: Sequence[str], units_of: Mapping[str, str] | None = None) -> list[Claim]:
    """Return the claims that a table with columns of these names makes."""
    known = set(names)
    found = []
    for rate in RATES:
        formula = INDICATORS[rate].formula
        if formula is not None and rate in known and known.issuperset(formula.names()):
            columns = {name: name for name in (*formula.names(), rate)}
            spelled = {name: units.parse(text) for name, text in (units_of or {}).items()}
            hedges = {name: f"{name}_hedge" for name in columns if f"{name}_hedge" in known}
            found.append(Claim(rate, columns, {name: unit for name, unit in spelled.items() if unit}, hedges))
    return found


def verdict(claim: Claim, row: Mapping[str, str | None], rounding: Rounding = Rounding.HALF) -> Verdict:
    """Return the verdict on one row, whose cells are texts by the names of the formula, hedges by `…_hedge`."""
    figures: dict[str, Figure] = {}
    for name in claim.columns:
        try:
            hedge = HEDGES[row.get(f"{name}_hedge") or ""]
            figures[name] = Figure(row[name] or "", claim.unit(name), hedge)
        except (KeyError, ValueError):
            return CANNOT
    said = figures.pop(claim.rate).interval(rounding)
    found = claim.formula.evaluate({name: figure.interval(rounding) for name, figure in figures.items()})
    if found.intersect(said) is None:
        return CONTRADICTORY
    if not found.is_bounded:
        return CANNOT
    return EXACT if said.low <= found.low and found.high <= said.high else WITHIN


def judged(
    table: Table,
    claim: Claim,
    rounding: Rounding = Rounding.HALF,
    name: str = "verdict",
    *,
    signs: bool = True,
) -> Table:
    """Return the table with the verdict of each row, in words; NULL where only Python can tell.

    The options are those of `coded`.
    """
    return worded(coded(table, claim, rounding, name, signs=signs), name)


def coded(
    table: Table,
    claim: Claim,
    rounding: Rounding = Rounding.HALF,
    name: str = "verdict",
    *,
    signs: bool = True,
) -> Table:
    """Return the table with the verdict of each row as its place in `VERDICTS`; NULL where only Python can tell.

    Without `signs`, rows with a number that is not above zero are left open too, which makes the query much shorter.
    """
    numbers = {
        each: compiler.printed(table[column], _size(claim, each)) for each, column in claim.columns.items()
    }
    own = _unused(table)
    parts: dict[str, Any] = {}
    for each, number in numbers.items():
        parts[f"{own}mantissa_{each}"] = number.mantissa
        if not isinstance(number.places, int):
            parts[f"{own}places_{each}"] = number.places
    # one step for the digits and one for the verdict, so that the digits are read once
    read = table.mutate(**parts)
    numbers = {
        each: compiler.Printed(
            read[f"{own}mantissa_{each}"],
            number.places if isinstance(number.places, int) else read[f"{own}places_{each}"],
        )
        for each, number in numbers.items()
    }  # fmt: skip
    read, hedges = _with_hedges(read, claim, numbers, own)
    ends = {each: hedge for each, hedge in hedges.items() if each not in _divisors(claim.formula)}
    hedged = {each: replace(number, hedge=ends.get(each)) for each, number in numbers.items()}
    plain = [hedge.word == Hedge.EXACT.value for hedge in hedges.values()]
    branches = []
    # most rows are small and above zero: their verdict is short, and in 64 bits; each step needs the one before
    for small, positive in ((True, True), (False, True), (False, False))[: 3 if signs else 2]:
        sizes = {each: _size(claim, each, small=small, positive=positive) for each in numbers}
        fits = [number.fits(sizes[each]) for each, number in numbers.items()]
        with suppress(TooWideError):
            branches.append((reduce(and_, [*fits, *plain]), _told(numbers, sizes, claim, rounding)))
        if hedges and positive:
            fits += [
                hedge.word.notnull() if each in ends else hedge.word == Hedge.EXACT.value
                for each, hedge in hedges.items()
            ]
            with suppress(TooWideError):
                branches.append((reduce(and_, fits), _told(hedged, sizes, claim, rounding)))
    known = [compiler.is_number(read[column]) for column in claim.columns.values()]
    known += [hedge.word.notnull() for hedge in hedges.values()]
    said = ibis.cases(*branches, (reduce(and_, known), ibis.null("int8")), else_=_code(CANNOT))
    return read.mutate(**{name: said}).drop(
        *(column for column in read.columns if column not in table.columns)
    )


def _unused(table: Table) -> str:
    """Return what no column of a table begins with, for the columns that are made on the way."""
    own = "_"
    while any(name.startswith(own) for name in table.columns):
        own += "_"
    return own


def _told(
    numbers: Mapping[str, compiler.Printed],
    sizes: Mapping[str, compiler.Size],
    claim: Claim,
    rounding: Rounding,
) -> Any:
    """Return the verdict on rows whose numbers are of the given sizes."""
    values = {
        each: compiler.interval(number, sizes[each], rounding, claim.unit(each).factor.adjusted())
        for each, number in numbers.items()
    }
    said = values.pop(claim.rate)
    found = compiler.fold(claim.formula, values)
    too_high, too_low = negate(found.low.at_most(said.high)), negate(said.low.at_most(found.high))
    outside = either(
        both(negate(either(found.low_open, said.high_open)), too_high),
        both(negate(either(found.high_open, said.low_open)), too_low),
    )
    inside = both(
        either(said.low_open, said.low.at_most(found.low)),
        either(said.high_open, found.high.at_most(said.high)),
    )
    return _cases(
        (outside, CONTRADICTORY), (negate(found.bounded), CANNOT), (inside, EXACT), otherwise=WITHIN
    )


def _with_hedges(
    read: Table, claim: Claim, numbers: Mapping[str, compiler.Printed], own: str
) -> tuple[Table, dict[str, compiler.Hedged]]:
    """Add the hedge of each number that has a column for it, one word for each; NULL where no known one is said."""
    parts: dict[str, Any] = {}
    for each, column in claim.hedges.items():
        text = read[column].cast("string").fill_null("")
        parts[f"{own}hedge_{each}"] = ibis.cases(
            *((text == word, hedge.value) for word, hedge in HEDGES.items())
        )
        parts[f"{own}unit_{each}"] = compiler.significant(numbers[each], _size(claim, each))
    read = read.mutate(**parts) if parts else read
    return read, {
        each: compiler.Hedged(read[f"{own}hedge_{each}"], read[f"{own}unit_{each}"]) for each in claim.hedges
    }


def _divisors(formula: Expression) -> set[str]:
    """Return the names a formula divides by: hedged, they have no end, and are left to the definition."""
    match formula:
        case Operation(sign="/", left=left, right=right):
            return {*right.names(), *_divisors(left)}
        case Operation(left=left, right=right):
            return _divisors(left) | _divisors(right)
    return set()


def _cases(*branches: tuple[Any, Verdict], otherwise: Verdict) -> Any:
    """Return the verdict of the first condition that holds, as a number; a condition may be known now."""
    kept = []
    for condition, said in branches:
        if condition is True:
            otherwise = said
            break
        if condition is not False:
            kept.append((condition, _code(said)))
    return ibis.cases(*kept, else_=_code(otherwise)) if kept else _code(otherwise)


def _code(said: Verdict) -> Any:
    return ibis.literal(VERDICTS.index(said), "int8")


def worded(table: Table, name: str = "verdict") -> Table:
    """Return a table of coded verdicts with the verdicts in words."""
    words = [(table[name] == place, said) for place, said in enumerate(VERDICTS)]
    return table.mutate(**{name: ibis.cases(*words)})


def _size(claim: Claim, name: str, *, small: bool = False, positive: bool = False) -> compiler.Size:
    if name == claim.rate:
        return compiler.SMALL_RATE if small else compiler.RATE
    size = compiler.SMALL_AMOUNT if small else compiler.AMOUNT
    return size._replace(positive=positive)


def counted(table: Table, name: str = "verdict") -> Table:
    """Return how many rows of a table of coded verdicts have each, in words."""
    return worded(table.group_by(name).agg(rows=table.count()), name)


def verdicts(table: Table, claim: Claim, rounding: Rounding = Rounding.HALF, *, fetch: Any) -> pa.Table:
    """Return the rows with their verdicts; those an engine leaves open get that of the definition.

    `fetch` runs a query, such as `Engine.fetch`.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    found: pa.Table = fetch(judged(table, claim, rounding))
    if not found["verdict"].null_count:
        return found
    left = found.filter(pc.is_null(found["verdict"])).select(
        [*claim.columns.values(), *claim.hedges.values()]
    )
    told = iter([verdict(claim, text_cells(claim, row), rounding) for row in left.to_pylist()])
    filled = [each if each is not None else next(told) for each in found["verdict"].to_pylist()]
    return found.set_column(found.column_names.index("verdict"), "verdict", pa.array(filled, pa.string()))


def text_cells(claim: Claim, row: Mapping[str, Any]) -> dict[str, str | None]:
    """Return the cells of a row that a claim is about, as texts with all their digits."""
    columns = {**claim.columns, **{f"{name}_hedge": column for name, column in claim.hedges.items()}}
    return {
        name: None if row[column] is None else f"{row[column]:f}" if isinstance(row[column], Decimal) else str(row[column])
        for name, column in columns.items()
    }  # fmt: skip
