"""A Spark cluster: a standalone master that waits for its workers, or Spark Connect."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from sonla_cli.core.atomic import ending_tidily

#: where a master listens unless its URL says so
PORT = 7077
#: seconds to wait for a worker
WORKER_PATIENCE = 60
#: where the date of a time with a zone is looked up, on every engine
ZONE = "Asia/Ho_Chi_Minh"
#: that zone, codes that stay codes (`province=01` is not 1), and rows that are looked at whole
SESSION = {
    "spark.sql.session.timeZone": ZONE, "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    "spark.sql.csv.parser.columnPruning.enabled": "false",
}  # fmt: skip


def connect(url: str) -> Any:
    """Return the Ibis backend of the cluster at `spark://` or `sc://`; raise what Spark raises."""
    from pyspark.sql import SparkSession

    builder: Any = SparkSession.builder.appName("sonla")
    if url.startswith("sc://"):
        return _backend(builder.remote(url).getOrCreate())
    parts = urlsplit(url)
    settings = {
        "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "OFF",
        "spark.sql.ansi.enabled": "true", "spark.driver.host": _own_address(url),
        **{name: value for name, value in parse_qsl(parts.query) if name.startswith("spark.")},
    }  # fmt: skip
    for name, value in settings.items():
        builder = builder.config(name, value)
    with ending_tidily(), _ended_with_us(), _silent_children():
        session = builder.master(f"spark://{parts.netloc}").getOrCreate()
    _await_worker(session)
    return _backend(session)


def _backend(session: Any) -> Any:
    """Return the Ibis backend of a session, set once Ibis has set its own."""
    import ibis

    con = ibis.pyspark.connect(session)
    for name, value in SESSION.items():
        session.conf.set(name, value)
    return con


def _await_worker(session: Any) -> None:
    """Wait until a worker has joined: Spark itself would wait for ever, and say so only in its log."""
    end = time.monotonic() + WORKER_PATIENCE
    while not workers(session):
        if time.monotonic() > end:
            session.stop()
            raise TimeoutError(
                "no worker took the job: none is up, or none has the memory that was asked for"
            )
        time.sleep(0.1)


def workers(session: Any) -> int:
    """Return how many workers take part."""
    # the driver counts as one
    return len(session.sparkContext._jsc.sc().statusTracker().getExecutorInfos()) - 1


@contextmanager
def _silent_children() -> Iterator[None]:
    """Give a child process no stderr: what the Java side logs there is said again by its exceptions."""
    sys.stderr.flush()
    kept = os.dup(2)
    with Path(os.devnull).open("wb") as nothing:
        os.dup2(nothing.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


@contextmanager
def _ended_with_us() -> Iterator[None]:
    """End the Java side if its start is interrupted: what it was told then is gone, and it would wait for ever."""
    gateway: Any = import_module("pyspark.java_gateway")
    started: list[Any] = []
    usual = gateway.Popen

    def noted(*command: Any, **options: Any) -> Any:
        process = usual(*command, **options)
        started.append(process)
        return process

    gateway.Popen = noted
    try:
        yield
    except Exception:
        raise
    except BaseException:
        for process in started:
            process.kill()
            process.wait()
        raise
    finally:
        gateway.Popen = usual


def _own_address(url: str) -> str:
    """Return the address of this machine on the way to the master, to which executors connect back."""
    parts = urlsplit(url)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect((parts.hostname or "localhost", parts.port or PORT))
        return str(probe.getsockname()[0])
