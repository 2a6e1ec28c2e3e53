"""Real servers on loopback: a PostgreSQL of its own, a Spark master with two workers, a Spark Connect server.

Each is started in a folder of the test session and stopped after it, by the ids of the processes started here.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

PASSWORD = "hunter2 ?/&"  # noqa: S105 - of a server that lives as long as the tests


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def await_port(port: int, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError(f"nothing listens on {port}")


@contextmanager
def running(command: list[str], log: Path, **more: object) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server in a session of its own and end that session at the end."""
    with log.open("ab") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True, **more)
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()


class Postgres(NamedTuple):
    port: int
    log: Path

    def url(self, user: str = "reader", password: str = PASSWORD) -> str:
        from urllib.parse import quote

        return f"postgres://{user}:{quote(password, safe='')}@127.0.0.1:{self.port}/postgres"


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Run PostgreSQL, as another user if we are root: it refuses to run as root.

    Its folder is none of the test session's: those are closed to other users, by every session that starts.
    """
    with tempfile.TemporaryDirectory(prefix="sonla-postgres-") as folder, _postgres(Path(folder)) as server:
        yield server


@contextmanager
def _postgres(folder: Path) -> Iterator[Postgres]:
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    binary = binaries[-1] if binaries else str(Path(shutil.which("initdb") or "").parent)
    data, port = folder / "data", free_port()
    (folder / "password").write_text(PASSWORD, encoding="utf-8")
    as_user: dict[str, object] = {}
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        as_user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        for path in (folder, folder / "password"):
            os.chown(path, account.pw_uid, account.pw_gid)
    subprocess.run(
        [f"{binary}/initdb", "-D", data, "-A", "scram-sha-256", "--pwfile", folder / "password", "-U", "owner", "--no-sync"],
        check=True, capture_output=True, cwd=folder, **as_user,
    )  # fmt: skip
    settings = {
        "listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off", "log_statement": "all",
    }  # fmt: skip
    command = [f"{binary}/postgres", "-D", str(data), "-p", str(port)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    log = folder / "log"
    with running(command, log, cwd=folder, **as_user):
        await_port(port)
        yield Postgres(port, log)


class Spark(NamedTuple):
    url: str
    workers: list[subprocess.Popen[bytes]]


#: small enough for two executors beside everything else; two partitions are enough for a few thousand rows
SETTINGS = {
    "spark.executor.memory": "512m", "spark.driver.memory": "512m", "spark.sql.shuffle.partitions": "2",
    "spark.network.timeout": "60s", "spark.ui.enabled": "false",
}  # fmt: skip


def spark_home() -> Path:
    import pyspark

    return Path(pyspark.__file__).parent


def _spark_environment() -> dict[str, str]:
    return {
        **os.environ, "SPARK_HOME": str(spark_home()), "SPARK_DAEMON_MEMORY": "256m", "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
    }  # fmt: skip


@contextmanager
def spark(folder: Path, workers: int = 2) -> Iterator[Spark]:
    """Run a standalone master and its workers, each with one core."""
    port = free_port()
    script = str(spark_home() / "bin" / "spark-class")
    master = [
        script,
        "org.apache.spark.deploy.master.Master",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--webui-port",
        "0",
    ]
    started: list[subprocess.Popen[bytes]] = []
    from contextlib import ExitStack

    with ExitStack() as stack:
        stack.enter_context(running(master, folder / "master.log", env=_spark_environment()))
        await_port(port)
        for number in range(workers):
            command = [
                script, "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g",
                "--webui-port", "0", "--work-dir", str(folder / f"worker{number}"), f"spark://127.0.0.1:{port}",
            ]  # fmt: skip
            log = folder / f"worker{number}.log"
            started.append(stack.enter_context(running(command, log, env=_spark_environment())))
        options = "&".join(f"{name}={value}" for name, value in SETTINGS.items())
        yield Spark(f"spark://127.0.0.1:{port}?{options}", started)


@contextmanager
def spark_connect(folder: Path) -> Iterator[str]:
    """Run a Spark Connect server in local mode."""
    port = free_port()
    command = [
        str(spark_home() / "bin" / "spark-submit"), "--master", "local[1]", "--class",
        "org.apache.spark.sql.connect.service.SparkConnectServer",
        "--conf", f"spark.connect.grpc.binding.port={port}", "--conf", "spark.connect.grpc.binding.address=127.0.0.1",
    ]  # fmt: skip
    for name, value in SETTINGS.items():
        command += ["--conf", f"{name}={value}"]
    command += ["spark-internal", "Connect server"]
    more = {**_spark_environment(), "SPARK_DAEMON_MEMORY": "768m"}
    with running(command, folder / "connect.log", env=more, cwd=folder):
        await_port(port)
        yield f"sc://127.0.0.1:{port}"
