"""Small CSV tables with a header that need no recognition: the values of a rule file, the heads of a PEFA score."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

from sonla_cli.core.problem import Code, Place, Problem, SonlaError
from sonla_cli.core.spelling import steers
from sonla_cli.sources.sheet import TOLD


def rows(path: str) -> tuple[str, list[dict[str, str]]]:
    """Return the name of the table at `path` (`-` is stdin) and its rows; raise `SonlaError` if it is none."""
    name = "stdin" if path == "-" else path
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8-sig")
        found = list(csv.DictReader(io.StringIO(text, newline=""), restkey="", strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SonlaError([Problem(Code.UNREADABLE, place=Place(name), values={"why": why})]) from error
    problems = [
        Problem(Code.CONTROL_CHARACTER, place=Place(name, line), values={"name": column})
        for line, row in enumerate(found, 2)
        for column, cell in row.items()
        if steers(column) or (isinstance(cell, str) and steers(cell))
    ]
    if problems:
        raise SonlaError(problems[:TOLD])
    return name, found
