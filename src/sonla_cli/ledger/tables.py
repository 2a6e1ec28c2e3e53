"""The table a name stands for: files and folders on DuckDB and Spark, tables and views on a database.

Text formats are read as text, column by column, so that no reader's guess turns an amount into a double; files of
one table are put together by the names of their columns.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Mapping, Sequence
from contextlib import suppress
from glob import escape
from typing import TYPE_CHECKING, Any, TypeVar

from sonla_cli.core.problem import Code, Place, Problem, SonlaError, near
from sonla_cli.ledger import files
from sonla_cli.ledger.engine import Engine, quiet
from sonla_cli.ledger.files import Files

if TYPE_CHECKING:
    from ibis.expr.types import Table

#: what an amount of a JSON file is read as where it is written as a number with a fraction
JSON_AMOUNT = "DECIMAL(38, 18)"


def open_table(engine: Engine, name: str, amounts: Collection[str] | None = None) -> Table:
    """Return the table that `name` stands for; raise `SonlaError` if there is none.

    `amounts` are the columns whose numbers are kept exact where a JSON file writes them with a fraction; without
    them, such columns stay doubles.
    """
    with quiet():
        if files.is_path(name) and engine.kind in ("duckdb", "pyspark"):
            found = files.find(name)
            with engine.reporting():
                table, engine.partial = _READ[engine.kind](engine.con, found, amounts)
                return table
        return _named(engine, name)


def require(table: Table, names: Sequence[str], file: str, engine: Engine | None = None) -> None:
    """Raise `SonlaError` with every one of `names` that is no column of the table, or not of each of its files."""
    columns = list(table.columns)
    partial = engine.partial if engine else {}
    missing = [name for name in dict.fromkeys(names) if name not in columns]
    lacking = [name for name in dict.fromkeys(names) if name in columns and name.lower() in partial]
    if missing or lacking:
        raise SonlaError([
            *(Problem(Code.LEDGER_COLUMN, place=Place(file), values={"name": name}, suggestions=near(name, columns))
              for name in missing),
            *(Problem(Code.LEDGER_COLUMN, place=Place(partial[name.lower()]), values={"name": name})
              for name in lacking),
        ])  # fmt: skip


Shape = TypeVar("Shape", bound=Hashable)
#: a table, and the columns that one of its files lacks
Opened = tuple["Table", dict[str, str]]


def _duckdb(con: Any, found: Files, amounts: Collection[str] | None) -> Opened:
    # a name with brackets is a name, not a pattern
    paths = [escape(path) for path in found.paths]
    hive = {"hive_partitioning": bool(found.folder), "hive_types_autocast": False}
    columns = _columns_on_duckdb(con, found) if len(paths) > 1 else {}
    lacking = files.lacking(columns)
    if found.kind == "parquet":
        return con.read_parquet(paths, union_by_name=_differ(found), **hive), lacking
    if found.kind == "csv":
        several = len({tuple(names) for names in columns.values()}) > 1
        return con.read_csv(paths, all_varchar=True, header=True, union_by_name=several, **hive), lacking
    return _json_on_duckdb(con, paths, hive, amounts), {}


def _columns_on_duckdb(con: Any, found: Files) -> dict[str, list[str]]:
    """Return the columns of each file, as DuckDB reads them."""
    if found.kind == "parquet":
        return {path: schema.names for path, schema in _schemas(found).items()}
    if found.kind == "json":
        return {}
    query = "DESCRIBE FROM read_csv(?, header = true, all_varchar = true, hive_partitioning = false)"
    return {
        path: [row[0] for row in con.con.execute(query, [escape(path)]).fetchall()] for path in found.paths
    }


def _schemas(found: Files) -> dict[str, Any]:
    import pyarrow.parquet as pq

    return {path: pq.read_schema(path) for path in found.paths}


def _differ(found: Files) -> bool:
    """Whether the files have different columns, or the same of different types."""
    if len(found.paths) < 2:
        return False
    first, *others = _schemas(found).values()
    return any(not first.equals(each) for each in others)


def _json_on_duckdb(
    con: Any, paths: list[str], hive: dict[str, Any], amounts: Collection[str] | None
) -> Table:
    """Read the names and kinds of all values first, then each as the text it was written in.

    DuckDB makes a text of a number with a fraction by way of a double, so that such amounts are read as decimals.
    """
    guessed = con.read_json(
        paths, hive_partitioning=False, union_by_name=True, sample_size=-1, maximum_depth=2,
        maximum_sample_files=len(paths),
    )  # fmt: skip
    columns = dict.fromkeys(guessed.columns, "VARCHAR")
    for name, kind in guessed.schema().items():
        if kind.is_floating() or kind.is_json():
            if amounts is None:
                columns[name] = "DOUBLE" if kind.is_floating() else "JSON"
            elif name in amounts:
                columns[name] = JSON_AMOUNT
    table: Table = con.read_json(paths, columns=columns, **hive)
    return table


def _spark(con: Any, found: Files, _amounts: Collection[str] | None) -> Opened:
    reader = con._session.read
    if found.folder:
        reader = reader.option("basePath", found.folder)
    if found.kind == "csv":
        return _csv_on_spark(con, reader, found)
    if found.kind == "json":
        # one document of many rows, or a row a line
        whole = files.starts_with(found.paths[0], "[")
        frame = reader.json(list(found.paths), primitivesAsString=True, multiLine=whole, mode="FAILFAST")
        return _view(con, frame), {}
    schemas = _schemas(found) if len(found.paths) > 1 else dict.fromkeys(found.paths)
    groups = _groups({path: str(schema) for path, schema in schemas.items()})
    lacking = files.lacking({path: schema.names for path, schema in schemas.items() if schema})
    return _view(con, _together([reader.parquet(*paths) for paths in groups.values()])), lacking


def _csv_on_spark(con: Any, reader: Any, found: Files) -> Opened:
    """Read the files of each header by themselves: Spark goes by the place of a column, not by its name."""
    headers = {path: files.header(path) for path in found.paths}
    frames = [
        reader.csv(
            paths, header=True, inferSchema=False, sep=header.separator, enforceSchema=False, mode="FAILFAST", escape='"'
        )
        for header, paths in _groups(headers).items()
    ]  # fmt: skip
    return _view(con, _together(frames)), files.lacking(
        {path: header.columns for path, header in headers.items()}
    )


def _groups(of: Mapping[str, Shape]) -> dict[Shape, list[str]]:
    """Return the files of each shape."""
    found: dict[Shape, list[str]] = {}
    for path, shape in of.items():
        found.setdefault(shape, []).append(path)
    return found


def _together(frames: list[Any]) -> Any:
    """Return the rows of several frames, by the names of their columns and in the widest of their types."""
    first, *others = frames
    for each in others:
        first = first.unionByName(each, allowMissingColumns=True)
    return first


def _view(con: Any, frame: Any) -> Table:
    """Return a table that only this session sees for what Spark was told to read."""
    from ibis.util import gen_name

    name = gen_name("sonla")
    frame.createOrReplaceTempView(name)
    table: Table = con.table(name)
    return table


_READ = {"duckdb": _duckdb, "pyspark": _spark}


def _named(engine: Engine, name: str) -> Table:
    *database, last = _parts(name)
    where = tuple(database) if len(database) > 1 else (database[0] if database else None)
    try:
        found: Table = engine.con.table(last, database=where)
    except Exception as error:  # noqa: BLE001 - each engine says in its own way that a table is missing
        known: list[str] = []
        with suppress(Exception):
            known = _known(engine, where)
        if last in known:
            raise engine.failure(error) from None
        close = near(last, known) or _elsewhere(engine, database, last)
        raise SonlaError([Problem(Code.LEDGER_TABLE, values={"name": name}, suggestions=close)]) from None
    return found


def _parts(name: str) -> list[str]:
    """Return the parts of a name between its dots; a part in double quotes may have dots of its own."""
    found = re.findall(r'"((?:[^"]|"")*)"|([^."]+)', name)
    parts = [quoted.replace('""', '"') or plain for quoted, plain in found]
    return parts or [name]


def _elsewhere(engine: Engine, database: Sequence[str], last: str) -> tuple[str, ...]:
    """Return the table in the schemas whose names are near the one that was given."""
    found: list[str] = []
    with suppress(Exception):
        found = engine.con.list_databases()
    return tuple(f"{each}.{last}" for each in near(".".join(database), found)) if database else ()


def _known(engine: Engine, where: Any) -> list[str]:
    """Return the names of the tables and views beside the one that was not found."""
    if engine.kind == "duckdb":
        rows = engine.con.con.execute(
            "SELECT table_name FROM information_schema.tables ORDER BY 1"
        ).fetchall()
        return [name for (name,) in rows]
    found: list[str] = engine.con.list_tables(database=where)
    return found
