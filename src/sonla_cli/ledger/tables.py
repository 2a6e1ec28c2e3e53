"""The table a name stands for: files and folders on DuckDB and Spark, tables and views on a database.

Text formats are read as text, column by column, so that no reader's guess turns an amount into a double.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sonla_cli.core.problem import Code, Place, Problem, SonlaError, near
from sonla_cli.ledger.engine import Engine, quiet

if TYPE_CHECKING:
    from ibis.expr.types import Table

FORMATS = {
    ".parquet": "parquet", ".csv": "csv", ".tsv": "csv", ".json": "json", ".jsonl": "json", ".ndjson": "json",
}  # fmt: skip
PACKED = (".gz", ".zst")


def is_path(name: str) -> bool:
    """Whether `name` is a file, a folder or a pattern of files rather than a table of a database."""
    return any(mark in name for mark in "/\\*?[") or form(name) is not None or Path(name).is_dir()


def form(path: str) -> str | None:
    """Return the format that the name of a file says, or `None`."""
    name = path.lower()
    for end in PACKED:
        name = name.removesuffix(end)
    return FORMATS.get(Path(name).suffix)


def open_table(engine: Engine, name: str) -> Table:
    """Return the table that `name` stands for; raise `SonlaError` if there is none."""
    with quiet():
        if is_path(name) and engine.kind in ("duckdb", "pyspark"):
            return _files(engine, name)
        return _named(engine, name)


def require(table: Table, names: Sequence[str], file: str) -> None:
    """Raise `SonlaError` with every one of `names` that is no column of the table."""
    columns = list(table.columns)
    missing = [name for name in dict.fromkeys(names) if name not in columns]
    if missing:
        raise SonlaError([
            Problem(Code.LEDGER_COLUMN, place=Place(file), values={"name": name}, suggestions=near(name, columns))
            for name in missing
        ])  # fmt: skip


def _files(engine: Engine, name: str) -> Table:
    pattern, kind = _pattern(name)
    files = glob(pattern, recursive=True)  # noqa: PTH207 - a pattern from its first part on
    if not files:
        raise SonlaError([Problem(Code.LEDGER_TABLE, values={"name": name}, suggestions=_beside(Path(name)))])
    if kind is None:
        raise SonlaError([Problem(Code.LEDGER_FORMAT, values={"name": name})])
    with engine.reporting():
        return _READ[engine.kind](engine.con, name if engine.kind == "pyspark" else pattern, kind, files)


def _beside(missing: Path) -> tuple[str, ...]:
    """Return the tables in the folder of a file that is not there whose names, but for the ending, look like its own."""
    if not missing.parent.is_dir():
        return ()
    stems = {
        each.stem: str(missing.parent / each.name) for each in missing.parent.iterdir() if form(each.name)
    }
    return tuple(stems[each] for each in near(missing.stem, list(stems)))


def _pattern(name: str) -> tuple[str, str | None]:
    """Return the pattern of the files that `name` stands for, and their format."""
    if not Path(name).is_dir():
        return name, form(name)
    for suffix, kind in FORMATS.items():
        pattern = f"{name.rstrip('/')}/**/*{suffix}"
        if glob(pattern, recursive=True):  # noqa: PTH207 - as above
            return pattern, kind
    return f"{name.rstrip('/')}/**/*", None


def _duckdb(con: Any, pattern: str, kind: str, _files: Sequence[str]) -> Table:
    table: Table
    if kind == "parquet":
        table = con.read_parquet(pattern, hive_partitioning="**" in pattern)
    elif kind == "csv":
        table = con.read_csv(pattern, all_varchar=True, header=True, hive_partitioning="**" in pattern)
    else:
        # the names first, then every value as the text it was written in
        names = con.read_json(pattern, hive_partitioning=False).columns
        table = con.read_json(pattern, columns=dict.fromkeys(names, "VARCHAR"))
    return table


def _spark(con: Any, name: str, kind: str, files: Sequence[str]) -> Table:
    table: Table
    if kind == "parquet":
        table = con.read_parquet(name)
    elif kind == "csv":
        separator = "\t" if files[0].lower().endswith((".tsv", ".tsv.gz")) else ","
        table = con.read_csv(name, header=True, inferSchema=False, sep=separator)
    else:
        table = con.read_json(name, primitivesAsString=True)
    return table


_READ = {"duckdb": _duckdb, "pyspark": _spark}


def _named(engine: Engine, name: str) -> Table:
    *database, last = name.split(".")
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
