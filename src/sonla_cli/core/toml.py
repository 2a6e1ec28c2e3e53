"""TOML files that people write: whatever keeps one from being read is one problem with its file."""

from __future__ import annotations

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
        raise SonlaError([Problem(Code.UNREADABLE, place=Place(str(path)), values={"why": why})]) from error
