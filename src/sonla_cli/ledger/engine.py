"""An engine by its URL: opened read-only, asked, cancelled, closed.

`duckdb://` (the default, in memory, or a file), `postgres://`, `spark://` (a standalone master), `sc://`
(Spark Connect) and `trino://`. Only queries are sent: DuckDB opens files read-only, PostgreSQL's session is
read-only, and nothing here builds a statement from text. A failure is a `SonlaError` without a password.
"""

from __future__ import annotations

import logging
import socket
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from sonla_cli.core.problem import Code, Problem, SonlaError, near
from sonla_cli.ledger import redaction, spark
from sonla_cli.ledger.redaction import Secrets

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.expr.types import Table

#: scheme → engine, and the extra that brings its packages
SCHEMES = {
    "duckdb": ("duckdb", "ledger"),
    "postgres": ("postgres", "postgres"),
    "postgresql": ("postgres", "postgres"),
    "spark": ("pyspark", "spark"),
    "sc": ("pyspark", "spark"),
    "trino": ("trino", "trino"),
}
#: where an engine listens unless its URL says so
PORTS = {"postgres": 5432, "postgresql": 5432, "spark": spark.PORT, "sc": 15002, "trino": 8080}
#: seconds to wait for an engine to answer at all
PATIENCE = 10
#: seconds between two looks for a worker of a Spark cluster
LOOK = 1
#: from when on PostgreSQL looks whether its client is still there
SERVER_LOOKS = 140_000
#: what a DuckDB URL may set
DUCKDB_OPTIONS = ("memory_limit", "threads", "temp_directory", "max_temp_directory_size")


@dataclass(slots=True)
class Engine:
    """An open engine; `con` is its Ibis backend."""

    kind: str
    con: Any
    secrets: Secrets
    url: str = field(repr=False)
    #: when workers were last looked for, and last seen
    looked: float = field(default=0.0, repr=False)
    seen: float = field(default_factory=time.monotonic, repr=False)
    #: columns that not every file of the table has, in small letters, and a file without each
    partial: dict[str, str] = field(default_factory=dict, repr=False)

    def fetch(self, table: Table) -> pa.Table:
        """Run a query and return its rows; decimals stay decimals on every engine."""
        if self.kind != "pyspark":
            found: pa.Table = self.con.to_pyarrow(table)
            return found
        # the way over pandas would turn nullable integers into doubles
        rows: pa.Table = self.con._session.sql(self.con.compile(table)).toArrow()
        return rows

    def sql(self, table: Table) -> str:
        """Return the query as the engine will be sent it."""
        import ibis

        found = str(ibis.to_sql(table, dialect=self.kind))
        for name, definition in self._views().items():
            found = found.replace(f'"{name}"', f"({definition})")
        return found

    def _views(self) -> dict[str, str]:
        """Return what this session calls by a name that no other session knows."""
        if self.kind != "duckdb":
            return {}
        query = "SELECT view_name, sql FROM duckdb_views() WHERE temporary AND NOT internal"
        return {
            name: sql.partition(" AS ")[2].rstrip(";\n ")
            for name, sql in self.con.con.execute(query).fetchall()
        }

    def progress(self) -> float | None:
        """Return how far the running query is, in percent, or `None` where the engine does not say."""
        if self.kind != "duckdb":
            return None
        done = float(self.con.con.query_progress())
        return done if done > 0 else None

    def deserted(self) -> bool:
        """Whether a Spark cluster has been without workers for so long that the query may wait for ever."""
        now = time.monotonic()
        if self.kind != "pyspark" or self.url.startswith("sc:") or now - self.looked < LOOK:
            return False
        self.looked = now
        if spark.workers(self.con._session):
            self.seen = now
        return now - self.seen > spark.WORKER_PATIENCE

    def cancel(self) -> None:
        """Stop the running query, on the server too."""
        with suppress(Exception):
            if self.kind == "duckdb":
                self.con.con.interrupt()
            elif self.kind == "postgres":
                self.con.con.cancel_safe(timeout=PATIENCE)
            elif self.kind == "pyspark" and self.url.startswith("sc:"):
                self.con._session.interruptAll()
            elif self.kind == "pyspark":
                self.con._session.sparkContext.cancelAllJobs()
            else:
                self.con.con.cancel()

    def close(self) -> None:
        """End the session."""
        with suppress(Exception), quiet():
            self.con.disconnect()

    @contextmanager
    def reporting(self) -> Iterator[None]:
        """Turn whatever the engine raises into a `SonlaError` without secrets."""
        try:
            yield
        except (SonlaError, KeyboardInterrupt, BrokenPipeError):
            raise
        except Exception as error:
            if _is_interruption(error):
                raise KeyboardInterrupt from error
            raise self.failure(error) from None

    def failure(self, error: BaseException) -> SonlaError:
        """Return the error to report for what the engine raised."""
        values = {"engine": self.secrets.shown, "why": self.secrets.hide(first_line(error))}
        return SonlaError([Problem(Code.ENGINE_FAILED, values=values)])


def connect(url: str = "") -> Engine:
    """Open the engine at `url`; raise `SonlaError` if it is unknown, out of reach or refuses."""
    url = url or "duckdb://"
    hidden = redaction.of(url)
    scheme = url.partition(":")[0]
    if scheme not in SCHEMES or not url.startswith(f"{scheme}://"):
        raise _unknown(url, scheme, hidden)
    if redaction.is_broken(url):
        raise SonlaError([Problem(Code.ENGINE_LOGIN)])
    kind, extra = SCHEMES[scheme]
    _reach(url, scheme, hidden)
    try:
        with quiet():
            con = _OPEN[kind](url)
    except ImportError as error:
        values = {"package": error.name or "ibis", "extra": extra}
        raise SonlaError([Problem(Code.ENGINE_PACKAGE, values=values)]) from None
    except SonlaError:
        raise
    except Exception as error:
        if _is_interruption(error):
            raise KeyboardInterrupt from error
        why = hidden.hide(first_line(error))
        refused = any(word in why.lower() for word in ("password", "authenti", "access denied"))
        out_of_reach = Code.ENGINE_UNREACHABLE if scheme in PORTS else Code.ENGINE_FAILED
        code = Code.ENGINE_REFUSED if refused else out_of_reach
        raise SonlaError([Problem(code, values={"engine": hidden.shown, "why": why})]) from None
    return Engine(kind, con, hidden, url)


def _unknown(url: str, scheme: str, hidden: Secrets) -> SonlaError:
    """Return the problem of an engine nobody knows; of a text that is no URL, nothing is said that could be a secret."""
    close = near(scheme, list(SCHEMES))
    shown = hidden.shown if "://" in url else scheme if close and scheme == url else redaction.HIDDEN
    return SonlaError([Problem(Code.UNKNOWN_ENGINE, values={"name": shown}, suggestions=close)])


def _is_interruption(error: BaseException) -> bool:
    """Whether an exception is what DuckDB makes of Ctrl-C."""
    return isinstance(error, RuntimeError) and "Query interrupted" in str(error)


def _reach(url: str, scheme: str, hidden: Secrets) -> None:
    """Try the engine's port first: some clients retry for minutes before they give up."""
    if scheme not in PORTS:
        return
    if scheme in ("postgres", "postgresql") and _is_special(url):
        return
    try:
        parts = urlsplit(url)
        where = (parts.hostname or "localhost", parts.port or PORTS[scheme])
        socket.create_connection(where, timeout=PATIENCE).close()
    except (OSError, ValueError) as error:
        why = hidden.hide(str(getattr(error, "strerror", None) or error))
        raise SonlaError(
            [Problem(Code.ENGINE_UNREACHABLE, values={"engine": hidden.shown, "why": why})]
        ) from None


def _is_special(url: str) -> bool:
    """Whether a URL of PostgreSQL means a socket of this machine or several hosts, which its client knows to try."""
    parts = urlsplit(url)
    options = parse_qsl(parts.query)
    host = parts.netloc.rpartition("@")[2]
    return (
        not host
        or "," in host
        or host.lower().startswith("%2f")
        or any(name == "host" for name, _ in options)
    )


def _duckdb(url: str) -> Any:
    import ibis

    parts = urlsplit(url)
    given = dict(parse_qsl(parts.query))
    wrong = [name for name in given if name not in DUCKDB_OPTIONS]
    if wrong:
        raise SonlaError([
            Problem(Code.UNKNOWN_ENGINE_OPTION, values={"name": name}, suggestions=near(name, DUCKDB_OPTIONS))
            for name in wrong
        ])  # fmt: skip
    path = parts.netloc + parts.path
    # nothing is fetched over the network, and groups need not come back in the order of the rows
    settings = {
        **given, "autoinstall_known_extensions": "false", "preserve_insertion_order": "false",
    }  # fmt: skip
    in_memory = not path or path == ":memory:"
    con = (
        ibis.duckdb.connect(**settings)
        if in_memory
        else ibis.duckdb.connect(path, read_only=True, **settings)
    )
    con.con.execute(f"SET TimeZone = '{spark.ZONE}'")
    # counted for `Engine.progress`, not drawn
    con.con.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")
    return con


def _postgres(url: str) -> Any:
    import ibis
    import psycopg

    # the server itself refuses to write in such a session; compiling these long expressions takes minutes
    options = "-c default_transaction_read_only=on -c jit=off"
    con = psycopg.connect(
        url, autocommit=True, connect_timeout=PATIENCE, options=options, application_name="sonla"
    )
    if con.info.server_version >= SERVER_LOOKS:
        # a client that was killed is noticed, and its query ended
        con.execute("SET client_connection_check_interval = '2s'")
    engine = ibis.postgres.from_connection(con)
    # Ibis has set its own
    con.execute(f"SET TimeZone = '{spark.ZONE}'")
    return engine


def _trino(url: str) -> Any:
    import ibis

    return ibis.connect(url)


_OPEN = {"duckdb": _duckdb, "postgres": _postgres, "pyspark": spark.connect, "trino": _trino}


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the warnings and the log of the engines' own clients from people who cannot act on them."""
    # while there is a handler, nothing is written by the one of last resort
    silent, log = logging.NullHandler(), logging.getLogger()
    log.addHandler(silent)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.removeHandler(silent)


def first_line(error: BaseException) -> str:
    """Return what an engine's exception says, on one line."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    if lines and lines[0].startswith("An error occurred while calling"):
        # what the Java side says of itself; the innermost reason comes last
        reasons = [line.removeprefix("Caused by: ") for line in lines if line.startswith("Caused by: ")]
        lines = [(reasons or [line.removeprefix(": ") for line in lines[1:]] or lines)[-1 if reasons else 0]]
    return (lines[0] if lines else type(error).__name__)[:400]
