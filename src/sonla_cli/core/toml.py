"""TOML files that people write: whatever keeps one from being read is one problem with its file."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from sonla_cli.core.problem import Code, Place, Problem, SonlaError


def read(path: str | Path) -> tuple[dict[str, Any], str]:
    """Return the tables of a TOML file and its text; raise `SonlaError` if it cannot be read."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
        return tomllib.loads(text), text
    except (OSError, ValueError, RecursionError) as error:
        # a number of five thousand digits and brackets within brackets are none of the parser's own errors
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        place = Place(str(path))
        if isinstance(error, tomllib.TOMLDecodeError):
            why, line, column = _located(why, text)
            place = Place(str(path), line, column, excerpt=text.splitlines()[line - 1] if text else None)
        raise SonlaError([Problem(Code.UNREADABLE, place=place, values={"why": why})]) from error


def _located(why: str, text: str) -> tuple[str, int, int]:
    """Return what the parser says, without the line and the column that it says it with."""
    lines = text.splitlines() or [""]
    found = re.fullmatch(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", why, re.DOTALL)
    if found is None:
        return why, len(lines), len(lines[-1]) + 1
    line = min(int(found[2] or len(lines)), len(lines))
    return found[1], line, int(found[3] or len(lines[-1]) + 1)
