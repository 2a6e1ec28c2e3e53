"""Runs one query while the terminal stays alive: progress after a second, Ctrl-C cancels it on the server.

The query runs in a thread of its own, because a client that waits inside its driver cannot be interrupted.
"""

from __future__ import annotations

import sys
import time
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from sonla_cli.core.problem import SonlaError
from sonla_cli.ledger.engine import PATIENCE, Engine, quiet

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.expr.types import Table

#: seconds before progress is shown, and between two looks at it
SILENCE, BEAT = 1.0, 0.1


def ask(engine: Engine, table: Table, *, what: str = "", watch: bool | None = None) -> pa.Table:
    """Return the rows of a query; raise `SonlaError` if it fails, `KeyboardInterrupt` if it was cancelled.

    `what` is said beside the progress, on stderr, if that is a terminal (or `watch` says so).
    """
    answer: list[Any] = []
    # waited for instead of the thread: a thread whose join was interrupted passes for dead (until Python 3.13)
    done = Event()

    def run() -> None:
        try:
            with quiet():
                answer.append(engine.fetch(table))
        except BaseException as error:  # noqa: BLE001 - carried over to the thread that asked
            answer.append(error)
        finally:
            done.set()

    thread = Thread(target=run, name="sonla-query", daemon=True)
    thread.start()
    shown = _Line(what, sys.stderr.isatty() if watch is None else watch)
    try:
        with quiet():
            while not done.wait(BEAT):
                shown.update(engine)
                if engine.deserted():
                    raise engine.failure(TimeoutError("no worker is left to do the job"))
    except (KeyboardInterrupt, SonlaError):
        engine.cancel()
        done.wait(PATIENCE)
        raise
    finally:
        shown.clear()
    thread.join()
    [found] = answer
    if isinstance(found, BaseException):
        with engine.reporting():
            raise found
    return found


class _Line:
    """One line on stderr that is written over and taken away at the end."""

    def __init__(self, what: str, active: bool) -> None:
        self.what, self.active = what, active
        self.start = time.monotonic()
        self.width = 0

    def update(self, engine: Engine) -> None:
        past = time.monotonic() - self.start
        if not self.active or past < SILENCE:
            return
        done = engine.progress()
        text = f"{self.what} {past:.0f} s" + (f", {done:.0f} %" if done is not None else "")
        sys.stderr.write("\r" + text.ljust(self.width))
        sys.stderr.flush()
        self.width = len(text)

    def clear(self) -> None:
        if self.width:
            sys.stderr.write("\r" + " " * self.width + "\r")
            sys.stderr.flush()
