"""One rollup from order to observations: open the engine, find the table, ask, read, close."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from sonla_cli.core.problem import Code, Problem, Severity
from sonla_cli.ledger.engine import Engine, connect

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from sonla_cli.ledger.mapping import Ledger
    from sonla_cli.ledger.result import Rolled
    from sonla_cli.ledger.rollup import Plan
    from sonla_cli.models.report import Report


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
    from sonla_cli.ledger import result
    from sonla_cli.ledger.asking import ask

    with _planned(order) as (engine, plan):
        answer = ask(engine, plan.table, what=order.what)
    rolled = result.read(answer, plan, order.table)
    if order.sample:
        note = Problem(Code.LEDGER_SAMPLE, Severity.WARNING, values={"rows": str(order.sample)})
        return result.Rolled(rolled.table, plan, rolled.names, (note, *rolled.warnings))
    return rolled


def indicate(order: Order, names: Sequence[str]) -> Report:
    """Return indicators of a ledger, computed where its rows are; raise `SonlaError` if they cannot be."""
    from sonla_cli.ledger import indicators, result
    from sonla_cli.ledger.asking import ask

    with _planned(order) as (engine, plan):
        query, wanted = indicators.compute(plan, names)
        rolled = result.read(ask(engine, plan.table, what=order.what), plan, order.table)
        answer = ask(engine, query, what=order.what)
    return indicators.report(answer, wanted, rolled)


def explain(order: Order) -> str:
    """Return the SQL that `roll` would send."""
    with _planned(order) as (engine, plan):
        return engine.sql(plan.table)


@contextmanager
def _planned(order: Order) -> Iterator[tuple[Engine, Plan]]:
    from sonla_cli.ledger import mapping

    ledger = mapping.read(order.mapping) if order.mapping else None
    with opened(order.engine, order.table) as (engine, table):
        from sonla_cli.ledger import rollup, tables

        if ledger is None:
            ledger = mapping.guess(table.columns)
        ledger = _named(ledger, order.area)
        tables.require(table, list(ledger.used()), order.table)
        if order.sample:
            table = rollup.sample(table, order.sample)
        yield engine, rollup.plan(table, ledger, order.by, engine=engine.kind, file=order.table)


@contextmanager
def opened(url: str, name: str) -> Iterator[tuple[Engine, Table]]:
    """Open the engine at `url` and the table `name` on it, and close the engine at the end."""
    engine = connect(url)
    try:
        from sonla_cli.ledger.tables import open_table

        with engine.reporting():
            table = open_table(engine, name)
        yield engine, table
    finally:
        engine.close()


def _named(ledger: Ledger, area: str) -> Ledger:
    if not area:
        return ledger
    constants = ledger.constants.model_copy(update={"area": area})
    columns = ledger.columns.model_copy(update={"area": None})
    return ledger.model_copy(update={"constants": constants, "columns": columns})
