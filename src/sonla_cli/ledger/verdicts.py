"""A whole table of printed rates checked on its engine: how many rows have each verdict, and the rows that are wrong.

Rows are counted where they are; only those shown, and those only Python can judge, come back.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from sonla_cli.core.figure import Rounding
from sonla_cli.core.problem import Code, Place, Problem, SonlaError
from sonla_cli.ledger.asking import ask
from sonla_cli.ledger.checking import (
    CONTRADICTORY,
    RATES,
    VERDICTS,
    claims,
    coded,
    counted,
    text_cells,
    verdict,
    worded,
)
from sonla_cli.ledger.run import opened
from sonla_cli.ledger.tables import require

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from sonla_cli.ledger.checking import Claim
    from sonla_cli.ledger.engine import Engine

VERDICT = "verdict"
#: rows shown of each rate, unless all are asked for
SHOWN = 1000


class Checked(NamedTuple):
    """The verdicts on one rate of a table: how many of each, and rows with their verdicts."""

    rate: str
    formula: str
    counts: dict[str, int]
    rows: list[dict[str, Any]]


def check(
    url: str, name: str, rounding: Rounding = Rounding.HALF, *, every: bool = False, what: str = ""
) -> list[Checked]:
    """Return the verdicts on every rate of the table `name` on the engine at `url`.

    Rows are shown where they are contradictory, or all of them with `every`. Raises `SonlaError` if the table
    holds no rate beside the columns it is recomputed from, or cannot be read.
    """
    with opened(url, name) as (engine, table):
        table = _renamed(table)
        found = claims(table.columns)
        if not found:
            needs = ", ".join(RATES)
            raise SonlaError([Problem(Code.LEDGER_NO_RATE, place=Place(name), values={"rates": needs})])
        for claim in found:
            require(table, [*claim.columns.values(), *claim.hedges.values()], name, engine)
            _refuse_doubles(table, claim, name)
        return [_checked(engine, table, claim, rounding, every=every, what=what) for claim in found]


def _renamed(table: Table) -> Table:
    """Return a table whose own column `verdict`, if it has one, is called otherwise: that word is the answer's."""
    if VERDICT not in table.columns:
        return table
    name = "given_verdict"
    while name in table.columns:
        name = f"_{name}"
    return table.rename({name: VERDICT})


def _refuse_doubles(table: Table, claim: Claim, file: str) -> None:
    """Raise `SonlaError` for numbers that say nothing of how many decimals they were printed with."""
    for column in claim.columns.values():
        kind = table[column].type()
        if kind.is_floating() or kind.is_json():
            values = {"name": column, "type": str(kind)}
            raise SonlaError([Problem(Code.LEDGER_INEXACT, place=Place(file), values=values)])


def holds_rates(path: str) -> bool:
    """Whether a Parquet file has columns of a printed rate and what it is recomputed from."""
    if not path.lower().endswith(".parquet"):
        return False
    import pyarrow.parquet as pq

    try:
        return bool(claims(pq.read_schema(path).names))
    except (OSError, ValueError):
        return False


def _checked(
    engine: Engine, table: Any, claim: Claim, rounding: Rounding, *, every: bool, what: str
) -> Checked:
    # nearly every table holds numbers above zero only, and the short query tells whether this one does
    for signs in (False, True):
        judged = coded(table, claim, rounding, signs=signs)
        answer = ask(engine, counted(judged), what=what).to_pylist()
        counts = Counter({each["verdict"]: each["rows"] for each in answer})
        if not counts[None]:
            break
    rows: list[dict[str, Any]] = []
    told = worded(judged)
    if every or counts[CONTRADICTORY]:
        wanted = told if every else told.filter(told.verdict == CONTRADICTORY).limit(SHOWN)
        rows = ask(engine, wanted, what=what).to_pylist()
    if open_rows := counts.pop(None, 0):
        # more digits than an engine counts exactly: the definition itself judges them
        left = [row for row in rows if row["verdict"] is None]
        if len(left) < open_rows:
            left = ask(engine, told.filter(told.verdict.isnull()), what=what).to_pylist()
        for row in left:
            row["verdict"] = verdict(claim, text_cells(claim, row), rounding)
            counts[row["verdict"]] += 1
        if not every:
            rows = [*rows, *(row for row in left if row["verdict"] == CONTRADICTORY)][:SHOWN]
    return Checked(claim.rate, claim.formula.symbols(), {each: counts[each] for each in VERDICTS}, rows)
