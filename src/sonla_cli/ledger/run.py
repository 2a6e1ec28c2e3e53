"""One rollup from order to observations: open the engine, find the table, ask, read, close."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from sonla_cli.core.problem import Code, Problem, Severity, SonlaError, near
from sonla_cli.ledger.engine import Engine, connect

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.expr.types import Table

    from sonla_cli.ledger.mapping import Ledger
    from sonla_cli.ledger.result import Rolled
    from sonla_cli.ledger.rollup import Plan
    from sonla_cli.models.report import Report


#: what a column of money is called where no mapping names it
AMOUNTS = ("actual", "plan", "amount")


class Order(NamedTuple):
    """What to roll up: a table, the file of its mapping, the keys, an engine's URL, the area of the whole."""

    table: str
    mapping: str = ""
    by: tuple[str, ...] = ("area", "metric", "period")
    engine: str = ""
    area: str = ""
    sample: int | None = None
    #: said beside the progress
    what: str = ""


def roll(order: Order) -> Rolled:
    """Return the observations of a ledger; raise `SonlaError` if it cannot be rolled up."""
    from sonla_cli.ledger.asking import ask

    with _planned(order) as (engine, plan):
        answer = ask(engine, plan.table, what=order.what)
    return _read(answer, plan, order)


def _read(answer: pa.Table, plan: Plan, order: Order) -> Rolled:
    """Return the observations of an answer; those of a sample say so."""
    from sonla_cli.ledger import result

    rolled = result.read(answer, plan, order.table)
    if not order.sample:
        return rolled
    note = Problem(Code.LEDGER_SAMPLE, Severity.WARNING, values={"rows": str(order.sample)})
    return result.Rolled(rolled.table, plan, rolled.names, (note, *rolled.warnings))


def indicate(order: Order, names: Sequence[str]) -> Report:
    """Return indicators of a ledger, computed where its rows are; raise `SonlaError` if they cannot be."""
    from sonla_cli.ledger import indicators
    from sonla_cli.ledger.asking import ask

    with _planned(order) as (engine, plan):
        query, wanted = indicators.compute(plan, names)
        rolled = _read(ask(engine, plan.table, what=order.what), plan, order)
        answer = ask(engine, query, what=order.what)
    return indicators.report(answer, wanted, rolled)


def explain(order: Order, names: Sequence[str] = ()) -> str:
    """Return the SQL that `roll` would send, or `indicate` for the indicators of these names."""
    with _planned(order) as (engine, plan):
        if not names:
            return engine.sql(plan.table)
        from sonla_cli.ledger import indicators

        query, _wanted = indicators.compute(plan, names)
        return f"{engine.sql(plan.table)};\n\n{engine.sql(query)};"


@contextmanager
def _planned(order: Order) -> Iterator[tuple[Engine, Plan]]:
    from sonla_cli.ledger import mapping

    ledger = mapping.read(order.mapping) if order.mapping else None
    amounts = _amounts(ledger)
    with opened(order.engine, order.table, amounts) as (engine, table):
        from sonla_cli.ledger import rollup, tables

        if ledger is None:
            ledger = mapping.guess(table.columns)
        tables.require(table, list(ledger.used()), order.table, engine)
        if order.area:
            table, ledger = _only(engine, table, ledger, order)
        if order.sample:
            table = rollup.sample(table, order.sample)
        yield engine, rollup.plan(table, ledger, order.by, engine=engine.kind, file=order.table)


def _amounts(ledger: Ledger | None) -> tuple[str, ...]:
    """Return the columns of money: those of the mapping, or the names they have without one."""
    return tuple(each.column for each in ledger.measures.values()) if ledger else AMOUNTS


@contextmanager
def opened(url: str, name: str, amounts: Collection[str] | None = None) -> Iterator[tuple[Engine, Table]]:
    """Open the engine at `url` and the table `name` on it, and close the engine at the end."""
    engine = connect(url)
    try:
        from sonla_cli.ledger.tables import open_table

        with engine.reporting():
            table = open_table(engine, name, amounts)
        yield engine, table
    finally:
        engine.close()


def _only(engine: Engine, table: Table, ledger: Ledger, order: Order) -> tuple[Table, Ledger]:
    """Return the rows of one area, if a column says whose each is; else all rows are the area's."""
    from sonla_cli.catalogue import areas

    asked = areas.find(order.area)
    if asked is None:
        close = near(order.area, list(areas.AREAS))
        raise SonlaError([Problem(Code.UNKNOWN_AREA, values={"name": order.area}, suggestions=close)])
    constants = ledger.constants.model_copy(update={"area": asked.name})
    column = ledger.columns.area
    if column is not None:
        spellings = _spellings(engine, table, ledger, column, asked.name)
        table = table.filter(table[column].cast("string").isin(spellings))
    columns = ledger.columns.model_copy(update={"area": None})
    return table, ledger.model_copy(update={"constants": constants, "columns": columns})


def _spellings(engine: Engine, table: Table, ledger: Ledger, column: str, area: str) -> list[str]:
    """Return what the column says for an area; two spellings that no mapping names are a problem."""
    from sonla_cli.catalogue import areas
    from sonla_cli.ledger.asking import ask

    said = ask(engine, table.select(said=table[column].cast("string")).distinct())["said"].to_pylist()
    names = {each: ledger.areas.get(each, each) for each in said if each is not None}
    known = {name: areas.find(name) for name in names.values()}
    found = {name for name, each in known.items() if each is not None and each.name == area}
    if len(found) > 1:
        values = {"area": area, "names": ", ".join(f"`{each}`" for each in sorted(found))}
        raise SonlaError([Problem(Code.LEDGER_SPELLINGS, values=values)])
    return [spelling for spelling, name in names.items() if name in found]
