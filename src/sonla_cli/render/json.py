"""JSON for machines: ids and canonical units; numbers keep every digit; no locale, clock or randomness."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

from sonla_cli.models.model import Model
from sonla_cli.models.report import Report

#: a number is written between two marks that no text can hold, and the marks are taken out with the quotes
_MARK = "\x00"
_MARKED = re.compile(r'"\\u0000([^"\\]+)\\u0000"')


def render(report: Report, **_settings: Any) -> str:
    """Return the report as one JSON document."""
    return dumps(document(report)) + "\n"


def document(report: Report) -> dict[str, Any]:
    """Return the report as plain Python data, numbers as decimals."""
    return {name.removesuffix("_"): _plain(value) for name, value in report.model_values().items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return {name: _plain(each) for name, each in value.model_values().items()}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def dumps(data: Any, indent: int | None = 2) -> str:
    """Return `data` as JSON text; decimals become numbers with all their digits."""
    text = json.dumps(data, ensure_ascii=False, indent=indent, default=_number)
    return _MARKED.sub(r"\1", text)


def _number(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{_MARK}{value:f}{_MARK}"
    raise TypeError(value)
