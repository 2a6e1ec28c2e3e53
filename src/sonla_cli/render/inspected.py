"""What each table was taken for, and problems as data: for people and for machines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sonla_cli.core.problem import Problem
from sonla_cli.core.text import N_
from sonla_cli.language import _
from sonla_cli.render.problems import printable

#: the facts about a table, in the order they are shown; the key is the field of an inspection
FACTS = {
    "kind": N_("kind"), "title": N_("title"), "form": N_("form"), "area": N_("area"), "period": N_("period"),
    "unit": N_("unit"), "decimal": N_("decimal"),
}  # fmt: skip
#: where the second column begins
TAKEN = 7
STATES = {"observations": N_("observations"), "blank": N_("blank"), "nil": N_("nil"), "zero": N_("zero")}
#: what tables, columns and rows are, beside the ids of the catalogue
KINDS = {
    each: each
    for each in (
        N_("tidy"), N_("sources"), N_("report"), N_("nothing"), N_("point"), N_("comma"), N_("outline"), N_("label"),
        N_("heading"), N_("ignored"), N_("not understood"), N_("text"), N_("figures"),
    )
}  # fmt: skip


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
    width = max(10, *(len(_(each)) for each in FACTS.values()))
    for fact, name in FACTS.items():
        if found[fact]:
            said = str(found[fact])
            shown = _(KINDS.get(said, said)) if fact in ("kind", "decimal") else said
            yield f"  {_(name):<{width}} {printable(shown)}"
    yield "  " + "  ".join(f"{_(name)} {found[state]}" for state, name in STATES.items())
    if found["columns"]:
        yield ""
        yield from _columns(found["columns"])
    if found["rows"]:
        yield ""
        yield from _rows(found["rows"])
    yield ""


def _columns(columns: Sequence[Mapping[str, str]]) -> Iterable[str]:
    for each in columns:
        taken = _taken(each["taken_for"] or "not understood")
        about = " ".join(filter(None, (each["period"], each["unit"])))
        yield printable(f"  {each['column']:<4} {taken:<34} {about:<18} {each['heading']}".rstrip())


def _taken(name: str) -> str:
    return _(KINDS[name]) if name in KINDS else name


def _rows(rows: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    for each in rows:
        kind = str(each["kind"])
        taken = _taken(each["taken_for"] or kind)
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
