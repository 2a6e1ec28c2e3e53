"""Writes a result to stdout or to a file: whole, or not at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from sonla_cli.core.atomic import replacing
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
    try:
        with replacing(Path(output), force=force) as temporary:
            temporary.write_bytes(data)
    except FileExistsError:
        raise SonlaError([Problem(Code.FILE_EXISTS, place=Place(output))]) from None
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
