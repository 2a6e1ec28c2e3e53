"""Small CSV tables with a header that need no recognition: the values of a rule file, the heads of a PEFA score."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

from sonla_cli.core.problem import Code, Place, Problem, SonlaError


def rows(path: str) -> tuple[str, list[dict[str, str]]]:
    """Return the name of the table at `path` (`-` is stdin) and its rows; raise `SonlaError` if it is none."""
    name = "stdin" if path == "-" else path
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8-sig")
        return name, list(csv.DictReader(io.StringIO(text, newline=""), restkey="", strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SonlaError([Problem(Code.UNREADABLE, place=Place(name), values={"why": why})]) from error
