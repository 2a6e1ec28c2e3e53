"""What each table was taken for, and problems as data: for people and for machines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sonla_cli.core.problem import Problem
from sonla_cli.language import _
from sonla_cli.render.problems import printable

#: the facts about a table, in the order they are shown; the key is the field of an inspection
FACTS = ("kind", "title", "form", "area", "period", "unit", "decimal")
#: where the second column begins
TAKEN = 7
STATES = ("observations", "blank", "nil", "zero")


def table(inspections: Sequence[Mapping[str, Any]]) -> str:
    """Return the inspections as text: facts, then a line per column and a line per row."""
    from rich.text import Text

    from sonla_cli.render import terminal
    from sonla_cli.render.hanging import Hanging

    out = terminal.console()
    for each in inspections:
        for line in _lines(each):
            # what does not fit goes on under the second column
            place = len(line) - len(line.lstrip(" ")) and TAKEN
            out.print(Hanging(line[:place], Text(line[place:])) if len(line) > out.width else Text(line))
    return terminal.text(out)


def _lines(found: Mapping[str, Any]) -> Iterable[str]:
    name = f"{found['file']} › {found['sheet']}" if found["sheet"] else str(found["file"])
    yield printable(name)
    for fact in FACTS:
        if found[fact]:
            yield f"  {fact:<10} {printable(str(found[fact]))}"
    yield "  " + "  ".join(f"{state} {found[state]}" for state in STATES)
    if found["columns"]:
        yield ""
        yield from _columns(found["columns"])
    if found["rows"]:
        yield ""
        yield from _rows(found["rows"])
    yield ""


def _columns(columns: Sequence[Mapping[str, str]]) -> Iterable[str]:
    for each in columns:
        taken = each["taken_for"] or _("not understood")
        about = " ".join(filter(None, (each["period"], each["unit"])))
        yield printable(f"  {each['column']:<4} {taken:<34} {about:<18} {each['heading']}".rstrip())


def _rows(rows: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    for each in rows:
        kind = str(each["kind"])
        taken = each["taken_for"] or (_("not understood") if kind == "not understood" else kind)
        label = " ".join(filter(None, (each["marker"], each["label"])))
        yield printable(f"  {each['line']:<4} {taken:<34} {label}".rstrip())


def problem(found: Problem) -> dict[str, Any]:
    """Return a problem as data; texts are left to whoever shows it."""
    place = found.place
    return {
        "code": str(found.code), "severity": str(found.severity),
        "file": place.file if place else None, "sheet": place.sheet if place else None,
        "cell": place.cell if place else None, "line": place.line if place else None,
        "column": place.column if place else None, "excerpt": place.excerpt if place else None,
        "values": dict(found.values), "suggestions": list(found.suggestions),
    }  # fmt: skip
