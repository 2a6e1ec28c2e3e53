"""Writes a result to stdout or to a file: whole, or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from sonla_cli.core.problem import Code, Place, Problem, SonlaError


def write(content: str | bytes, output: str = "-", *, force: bool = False) -> None:
    """Write `content` to the file `output` or to stdout (`-`); an existing file needs `force`.

    Raises `SonlaError` if the file exists or cannot be written; the old file then stays as it was.
    """
    data = content.encode() if isinstance(content, str) else content
    if output == "-":
        sys.stdout.flush()
        try:
            _to_stdout(data)
        except BrokenPipeError:
            close_quietly()
        return
    path = Path(output)
    try:
        if path.exists() and not force:
            raise SonlaError([Problem(Code.FILE_EXISTS, place=Place(output))])
        _replace(path, data)
    except OSError as error:
        values = {"why": error.strerror or str(error)}
        raise SonlaError([Problem(Code.UNWRITABLE, place=Place(output), values=values)]) from error


def _to_stdout(data: bytes) -> None:
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        sys.stdout.write(data.decode())
    else:
        stream.write(data)
        stream.flush()


def close_quietly() -> None:
    """Send what is still buffered nowhere: the reader is gone, and the process must end without a word."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        temporary.chmod(mode)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current
