"""Tidy tables: the columns are the fields of `Observation` or `Source`, one row is one figure or publication.

Text is checked once per different text, not once per row, and rows share it: a million rows name few areas,
metrics and units. Every problem is kept with its line and column; nothing is corrected.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sonla_cli.core import numeral as numerals
from sonla_cli.core import unit as units
from sonla_cli.core.numeral import Mark
from sonla_cli.core.problem import Code, Problem, Severity, near
from sonla_cli.core.spelling import FORMULA_SIGNS, clean
from sonla_cli.models.observation import COLUMNS, Observation, Source
from sonla_cli.sources.checking import Fault, Texts, digits, negative, valid
from sonla_cli.sources.sheet import TOLD, Broken, Cell, Found, Sheet

#: a header row names at least this many columns
_HEADER = 3


class Header(NamedTuple):
    """The header of a tidy table: its line, and the place of each column that is known."""

    line: int
    names: tuple[str, ...]
    places: dict[str, int]


def header(
    sheet: Sheet,
    columns: Sequence[str] = COLUMNS,
    renamed: dict[str, str] | None = None,
    *,
    least: int = _HEADER,
) -> Header | None:
    """Return the header of `sheet` if its first row with content names at least so many of `columns`."""
    renamed = renamed or {}
    for line, cells in sheet.rows():
        texts = [clean(cell) if isinstance(cell, str) else "" for cell in cells]
        if not any(texts):
            continue
        names = tuple(renamed.get(text, text.lower()) for text in texts)
        found = {name: place for place, name in reversed(tuple(enumerate(names))) if name in columns}
        return Header(line, names, found) if len(found) >= least else None
    return None


def header_problems(
    sheet: Sheet, head: Header, columns: Sequence[str], required: Sequence[str]
) -> list[Problem]:
    """Return what is wrong with a header: columns missing, named twice, unknown."""
    problems = [
        Problem(Code.MISSING_COLUMN, place=sheet.place(head.line), values={"name": name})
        for name in required
        if name not in head.places
    ]
    for place, name in enumerate(head.names):
        where = sheet.place(head.line, place + 1, name)
        if name in columns and head.places[name] != place:
            problems.append(Problem(Code.DUPLICATE_COLUMN, place=where, values={"name": name}))
        elif name and name not in columns and name != "ignore":
            close = near(name, [each for each in columns if each not in head.places])
            # a column that may be a misspelt one is an error; any other is named, and left alone
            severity = Severity.ERROR if close else Severity.WARNING
            problems.append(Problem(Code.UNKNOWN_COLUMN, severity, where, {"name": name}, close))
    return problems


class Convention(NamedTuple):
    """The decimal mark of a table, and the line that proved it where other lines prove the other one."""

    mark: Mark | None
    line: int | None = None


def convention(sheet: Sheet, head: Header, declared: Mark | None, found: Found) -> Convention:
    """Return the decimal mark declared or proved by the column of values; add what could be either."""
    mark = declared or sheet.declared
    if mark is not None:
        return Convention(mark)
    column = head.places["value"]
    proved: dict[Mark, int] = {}
    ambiguous: list[tuple[int, str]] = []
    for line, cells in _body(sheet, head):
        cell = cells[column] if column < len(cells) else ""
        if type(cell) is not str or not ("." in cell or "," in cell):
            continue
        numeral = numerals.read(cell.removesuffix("%"))
        if numeral is None:
            continue
        if numeral.proves is not None:
            proved.setdefault(numeral.proves, line)
        elif numeral.is_ambiguous and len(ambiguous) <= TOLD:
            ambiguous.append((line, cell))
    if not proved:
        for line, cell in ambiguous:
            where = sheet.place(line, column + 1, cell)
            found.add(Problem(Code.AMBIGUOUS_NUMBER, place=where, values={"value": cell}))
    first = next(iter(proved), None)
    return Convention(first, proved[first] if first and len(proved) == len(Mark) else None)


def _body(sheet: Sheet, head: Header) -> Iterator[tuple[int, Sequence[Cell]]]:
    started = False
    for line, cells in sheet.rows():
        if not started:
            started = line == head.line
        elif any(cell != "" for cell in cells):
            yield line, cells


def observations(
    sheet: Sheet, head: Header, texts: Texts, found: Found, *, declared: Mark | None, source: str
) -> Iterator[Observation]:
    """Yield the observations of a tidy sheet; `source` is cited where a row cites none."""
    mark, proof = convention(sheet, head, declared, found)
    if found.problems and any(each.code is Code.AMBIGUOUS_NUMBER for each in found.problems):
        mark = mark or Mark.POINT  # told already: read on for the other problems
    places = [(name, head.places[name]) for name in COLUMNS if name in head.places and name != "value"]
    value_at = head.places["value"]
    lacking = {name: "" for name in COLUMNS if name not in head.places}
    guarded = sheet.is_guarded
    for line, cells in _body(sheet, head):
        width, right = len(cells), True
        values: dict[str, str] = dict(lacking)
        if width > len(head.names) and any(cell != "" for cell in cells[len(head.names) :]):
            found.add(
                Problem(
                    Code.INVALID_ROW,
                    place=sheet.place(line),
                    values={"why": f"{width} cells under {len(head.names)} columns"},
                )
            )
            right = False
        for name, place in places:
            cell = cells[place] if place < width else ""
            if guarded and cell[:1] == "'":  # type: ignore[index]
                cell = _bare(cell)  # type: ignore[arg-type]
            text = texts.check(name, cell)
            if isinstance(text, Fault):
                right = False
                found.add(_problem(text, sheet, line, place + 1, cell))
            else:
                values[name] = text
        cell = cells[value_at] if value_at < width else ""
        if cell == "" or (isinstance(cell, str) and cell.strip() in ("", "-", "–", "…", "...")):
            # nothing was printed, which is no figure and no zero
            values_ = {"value": str(cell).strip()}
            found.add(Problem(Code.BLANK_VALUE, Severity.WARNING, sheet.place(line, value_at + 1), values_))
            continue
        unit = units.parse(values.get("unit", ""))
        read = digits(cell, mark, percent=unit is not None and unit.dimension == "percent")
        if not isinstance(read, Fault):
            read = valid("value", read)
        if isinstance(read, Fault):
            if read.code is Code.OTHER_DECIMAL and proof is not None:
                read = Fault(Code.MIXED_DECIMALS, {**read.values, "line": str(proof)})
            found.add(_problem(read, sheet, line, value_at + 1, cell))
            continue
        if not right:
            continue
        fault = texts.fit(values["metric"], values["measure"], values["basis"], values["unit"])
        if fault is None and negative(values["metric"], values["measure"], read):
            fault = Fault(
                Code.NEGATIVE, {"value": read, "measure": values["measure"], "metric": values["metric"]}
            )
        if fault is not None:
            found.add(_problem(fault, sheet, line, None, cell))
            continue
        values["value"] = read
        values["source"] = values["source"] or source
        yield Observation.model_construct(**values)


def sources(sheet: Sheet, head: Header, texts: Texts, found: Found) -> Iterator[Source]:
    """Yield the publications of a table of sources."""
    seen: dict[str, int] = {}
    for line, cells in _body(sheet, head):
        values: dict[str, str] = {}
        for name, place in head.places.items():
            cell = cells[place] if place < len(cells) else ""
            if sheet.is_guarded and isinstance(cell, str) and cell[:1] == "'":
                cell = _bare(cell)
            text = texts.check(name, cell) if cell != "" or name == "id" else ""
            if isinstance(text, Fault):
                found.add(_problem(text, sheet, line, place + 1, cell))
            elif text or name != "kind":
                values[name] = text
        if values.get("id") in seen:
            twice = {"name": values["id"], "line": str(seen[values["id"]])}
            found.add(Problem(Code.DUPLICATE_SOURCE, place=sheet.place(line), values=twice))
        elif "id" in values:
            seen[values["id"]] = line
            yield Source.model_construct(**values)


def _problem(fault: Fault, sheet: Sheet, line: int, column: int | None, cell: object) -> Problem:
    excerpt = "" if isinstance(cell, Broken) else cell
    return Problem(
        fault.code,
        place=sheet.place(line, column, excerpt),
        values=fault.values,
        suggestions=fault.suggestions,
    )


def _bare(text: str) -> str:
    """Return text without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return text[1:] if text.lstrip("'")[:1] in FORMULA_SIGNS else text
