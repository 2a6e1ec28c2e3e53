"""Writes a result to stdout or to a file: whole, or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path


def write(content: str | bytes, output: str = "-", *, force: bool = False) -> None:
    """Write `content` to the file `output` or to stdout (`-`); an existing file needs `force`.

    Raises `SonlaError` if the file exists or cannot be written; the old file then stays as it was.
    """
    write_pieces([content], output, force=force)


def write_pieces(pieces: Iterable[str | bytes], output: str = "-", *, force: bool = False) -> None:
    """Write what comes in pieces, each as it comes to stdout, all or nothing to a file; see `write`."""
    data = (each.encode() if isinstance(each, str) else each for each in pieces)
    if output == "-":
        _to_stdout(data)
        return
    from sonla_cli.core.atomic import replacing
    from sonla_cli.core.problem import Code, Place, Problem, SonlaError

    try:
        with replacing(Path(output), force=force) as temporary, temporary.open("wb") as file:
            file.writelines(data)
    except FileExistsError:
        raise SonlaError([Problem(Code.FILE_EXISTS, place=Place(output))]) from None
    except OSError as error:
        values = {"why": error.strerror or str(error)}
        raise SonlaError([Problem(Code.UNWRITABLE, place=Place(output), values=values)]) from error


def _to_stdout(data: Iterable[bytes]) -> None:
    sys.stdout.flush()
    try:
        for each in data:
            sys.stdout.buffer.write(each)
        sys.stdout.flush()
    except BrokenPipeError:
        close_quietly()


def close_quietly() -> None:
    """Send what is still buffered nowhere: the reader is gone, and the process must end without a word."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
