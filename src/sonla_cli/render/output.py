"""Writes a result to stdout or to a file: whole, or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path


def write(content: str | bytes, output: str = "-", *, force: bool = False, form: str = "table") -> None:
    """Write `content` to the file `output` or to stdout (`-`); an existing file needs `force`.

    A file is UTF-8; stdout has the characters of its encoding for what people read (a `form` of `table`), and
    UTF-8 for data, JSON escaped where that is not the encoding.
    Raises `SonlaError` if the file exists or cannot be written; the old file then stays as it was.
    """
    if not (output == "-" and isinstance(content, str) and paged(content, form)):
        write_pieces([content], output, force=force, form=form)


def write_pieces(
    pieces: Iterable[str | bytes], output: str = "-", *, force: bool = False, form: str = "table"
) -> None:
    """Write what comes in pieces, each as it comes to stdout, all or nothing to a file; see `write`."""
    if output == "-":
        from sonla_cli.render.letters import encoded

        _to_stdout(encoded(each, form, sys.stdout) if isinstance(each, str) else each for each in pieces)
        return
    from sonla_cli.core.atomic import replacing
    from sonla_cli.core.problem import Code, Place, Problem, SonlaError

    data = (each.encode() if isinstance(each, str) else each for each in pieces)
    try:
        with replacing(Path(output), force=force) as temporary, temporary.open("wb") as file:
            file.writelines(data)
    except FileExistsError:
        raise SonlaError([Problem(Code.FILE_EXISTS, place=Place(output))]) from None
    except OSError as error:
        values = {"why": error.strerror or str(error)}
        raise SonlaError([Problem(Code.UNWRITABLE, place=Place(output), values=values)]) from error


def paged(text: str, form: str) -> bool:
    """Whether `text` was shown by a pager: what people read, on a terminal it does not fit."""
    if (
        form != "table"
        or not (sys.stdout.isatty() and sys.stdin.isatty())
        or os.environ.get("TERM") == "dumb"
    ):
        return False
    import shlex
    import shutil
    import subprocess

    from sonla_cli.render.letters import encoded

    pager = shlex.split(os.environ.get("SONLA_PAGER") or os.environ.get("PAGER") or "less")
    found = shutil.which(pager[0]) if pager else None
    if found is None or text.count("\n") < os.get_terminal_size().lines:
        return False
    # less: stay out of the way of a text that fits, show colours, leave the text on the screen
    environment = {"LESS": "FRX", "LESSCHARSET": "utf-8", **os.environ}
    shown = subprocess.run(  # noqa: S603 - the pager the user chose  # nosec B603
        [found, *pager[1:]], input=encoded(text, form, sys.stdout), env=environment, check=False
    )
    return shown.returncode == 0


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
