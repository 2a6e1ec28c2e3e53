"""Tidy tables: the columns are the fields of `Observation` or `Source`, one row is one figure or publication.

Text is checked once per different text, not once per row, and rows share it: a million rows name few areas,
metrics and units. Every problem is kept with its line and column; nothing is corrected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from sonla_cli.catalogue import areas, bases
from sonla_cli.catalogue.metrics import METRICS
from sonla_cli.core import numeral
from sonla_cli.core import period as periods
from sonla_cli.core import unit as units
from sonla_cli.core.numeral import Mark
from sonla_cli.core.problem import Code, Problem, Severity, SonlaError, near
from sonla_cli.core.spelling import clean
from sonla_cli.models.observation import COLUMNS, SOURCE_COLUMNS, Observation, Source
from sonla_cli.sources.sheet import Broken, Cell, Digits, Found, Percent, Sheet

REQUIRED = ("area", "metric", "measure", "period", "value", "unit")
#: a header row names at least this many columns
_HEADER = 3
_RATIOS = ("attainment", "growth", "index", "share")
_FIELDS = frozenset(COLUMNS)


class Fault(NamedTuple):
    """What is wrong with one text."""

    code: Code
    values: dict[str, str]
    suggestions: tuple[str, ...] = ()


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


def convention(sheet: Sheet, head: Header, declared: Mark | None, found: Found) -> Mark | None:
    """Return the decimal mark declared or proved by the column of values; add what contradicts it."""
    column = head.places["value"]
    lines: list[tuple[int, str]] = []

    def texts() -> Iterator[str]:
        for line, cells in _body(sheet, head):
            cell = cells[column] if column < len(cells) else ""
            if isinstance(cell, str) and not isinstance(cell, Digits) and ("." in cell or "," in cell):
                lines.append((line, cell))
                yield cell.removesuffix("%")

    mark = declared or sheet.declared
    if mark is not None:
        return mark
    proved, ambiguous = numeral.proof(texts())
    if len(proved) == len(Mark):
        (first, _), (second, cell) = (lines[place] for place in sorted(proved.values()))
        values = {"line": str(first), "value": cell}
        found.add(Problem(Code.MIXED_DECIMALS, place=sheet.place(second, column + 1, cell), values=values))
    elif not proved:
        for place in ambiguous:
            line, cell = lines[place]
            where = sheet.place(line, column + 1, cell)
            found.add(Problem(Code.AMBIGUOUS_NUMBER, place=where, values={"value": cell}))
    return next(iter(proved), None)


def _body(sheet: Sheet, head: Header) -> Iterator[tuple[int, Sequence[Cell]]]:
    started = False
    for line, cells in sheet.rows():
        if not started:
            started = line == head.line
        elif any(cell != "" for cell in cells):
            yield line, cells


@dataclass(slots=True)
class Texts:
    """Checks texts column by column, each different text once."""

    known: dict[str, dict[Any, str | Fault]] = field(
        default_factory=lambda: {name: {} for name in (*COLUMNS, *SOURCE_COLUMNS)}
    )
    together: dict[tuple[str, str, str, str], Fault | None] = field(default_factory=dict)

    def check(self, column: str, cell: Cell) -> str | Fault:
        """Return the text of a cell as the field takes it, or what is wrong with it."""
        known = self.known[column]
        # `True == 1` and a date may equal nothing else, but only text and digits repeat often
        if type(cell) is str:
            found = known.get(cell)
            if found is None:
                found = known[cell] = _checked(column, cell)
            return found
        return _checked(column, cell)

    def fit(self, metric: str, measure: str, basis: str, unit: str) -> Fault | None:
        """Return what is wrong with the combination of texts that are each right."""
        asked = metric, measure, basis, unit
        if asked not in self.together:
            self.together[asked] = misfit(*asked)
        return self.together[asked]


def misfit(metric: str, measure: str, basis: str, unit: str) -> Fault | None:
    """Return what is wrong with a basis or a unit for a metric and measure."""
    if not bases.is_known(measure, basis):
        values = {"name": basis, "measure": measure}
        code = Code.UNKNOWN_BASIS if basis else Code.BASIS_MISSING
        return Fault(code, values, near(basis, bases.names(measure)))
    printed, own = units.parse(unit), METRICS[metric].unit
    if printed is None or measure == "change":
        return None
    if measure == "multiple":
        fits = printed.dimension == "times"
    elif measure in _RATIOS:
        fits = printed.dimension == "percent"
    else:
        # some capital is printed in đồng or in dollars; nothing is ever converted between them
        money = {"VND", "USD"}
        fits = printed.dimension == own.dimension or {printed.dimension, own.dimension} <= money
        fits = fits or (measure in ("target", "plan") and printed.dimension == "percent")
        fits = fits or (own.dimension == "VND/head" and printed.dimension in money)
    return (
        None
        if fits
        else Fault(Code.UNIT_MISMATCH, {"unit": unit, "metric": metric if measure == "actual" else measure})
    )


def _checked(column: str, cell: Cell) -> str | Fault:
    if isinstance(cell, Broken):
        code = Code.ERROR_CELL if cell.error else Code.NOT_CALCULATED
        return Fault(code, {"value": cell.error, "name": column})
    if isinstance(cell, date):
        # the first of a month is what a spreadsheet makes of `2025-10`: not what anybody wrote
        if (
            column in ("period", "published_on")
            and (cell.day != 1 or column == "published_on")
            and len(cell.isoformat()) == 10
        ):
            cell = cell.isoformat()
        else:
            return Fault(Code.DATE_CELL, {"value": cell.isoformat(), "name": column})
    if isinstance(cell, bool):
        return Fault(Code.INVALID_VALUE, {"value": str(cell).lower(), "name": column})
    text = clean(str(cell)).replace("\r\n", "\n")
    if not text.isprintable() and any(not each.isprintable() for each in text if each not in "\n\t"):
        return Fault(Code.CONTROL_CHARACTER, {"name": column})
    special = _SPECIAL.get(column)
    if special and text:
        return special(text)
    return _valid(column, text)


def _bare(text: str) -> str:
    """Return text without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return text[1:] if text.lstrip("'")[:1] in tuple("=+-@\t\r") else text


def _area(text: str) -> str | Fault:
    found = areas.find(text)
    if found is None:
        return Fault(Code.UNKNOWN_AREA, {"name": text}, near(text, list(areas.AREAS)))
    return found.name


def _metric(text: str) -> str | Fault:
    return text if text in METRICS else Fault(Code.UNKNOWN_METRIC, {"name": text}, near(text, list(METRICS)))


def _unit(text: str) -> str | Fault:
    if units.parse(text) is None:
        return Fault(Code.INVALID_UNIT, {"name": text}, near(text, list(units.SPELLINGS)))
    return text


def _period(text: str) -> str | Fault:
    try:
        return periods.parse(text).text
    except ValueError:
        return Fault(Code.INVALID_PERIOD, {"name": text})


_SPECIAL: dict[str, Callable[[str], str | Fault]] = {
    "area": _area, "metric": _metric, "unit": _unit, "period": _period,
}  # fmt: skip

_ADAPTERS = {
    name: TypeAdapter(Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation)  # type: ignore[valid-type]
    for model in (Source, Observation)
    for name, info in model.model_fields.items()
}


def _valid(column: str, text: str) -> str | Fault:
    try:
        return str(_ADAPTERS[column].validate_python(text, strict=True))
    except ValidationError:
        if column in REQUIRED and not text:
            return Fault(Code.MISSING_COLUMN, {"name": column})
        choices = (
            getattr(Observation.model_fields[column].annotation, "__args__", ()) if column in _FIELDS else ()
        )
        words = [each for each in choices if isinstance(each, str) and each]
        return Fault(Code.INVALID_VALUE, {"value": text[:80], "name": column}, near(text, words))


def digits(cell: Cell, mark: Mark | None, *, percent: bool) -> str | Fault:
    """Return the digits of a value cell, with a decimal point; or what is wrong with it."""
    if isinstance(cell, Broken):
        code = Code.ERROR_CELL if cell.error else Code.NOT_CALCULATED
        return Fault(code, {"value": cell.error, "name": "value"})
    if isinstance(cell, date):
        return Fault(Code.DATE_CELL, {"value": cell.isoformat(), "name": "value"})
    if isinstance(cell, bool):
        return Fault(Code.NOT_A_NUMBER, {"value": str(cell).lower()})
    if isinstance(cell, Digits):
        if isinstance(cell, Percent) and not percent:
            return Fault(Code.PERCENT_CELL, {"value": f"{cell}%"})
        return str(cell)
    text = cell.translate({0xFF05: "%"}).strip()
    if text.endswith("%"):
        if not percent:
            return Fault(Code.PERCENT_CELL, {"value": text})
        text = text[:-1].rstrip()
    read = numeral.read(text)
    if read is None:
        return Fault(Code.NOT_A_NUMBER, {"value": text[:80]})
    found = read.digits(mark)
    if found is None:
        return Fault(Code.AMBIGUOUS_NUMBER if mark is None else Code.OTHER_DECIMAL, {"value": text})
    return found


def negative(metric: str, measure: str, value: str) -> bool:
    """Whether a value is below zero where nothing can be."""
    if not value.startswith("-") or not value.strip("-0."):
        return False
    return (
        measure in ("plan", "target", "attainment", "index", "multiple", "share", "actual")
        and not METRICS[metric].is_signed
    )


def observations(
    sheet: Sheet, head: Header, texts: Texts, found: Found, *, declared: Mark | None, source: str
) -> Iterator[Observation]:
    """Yield the observations of a tidy sheet; `source` is cited where a row cites none."""
    mark = convention(sheet, head, declared, found)
    if found.problems and any(each.code is Code.AMBIGUOUS_NUMBER for each in found.problems):
        mark = mark or Mark.POINT  # told already: read on for the other problems
    places = [(name, head.places[name]) for name in COLUMNS if name in head.places and name != "value"]
    value_at = head.places["value"]
    lacking = {name: "" for name in COLUMNS if name not in head.places}
    shared, guarded = set(COLUMNS), sheet.is_guarded
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
            read = _valid("value", read)
        if isinstance(read, Fault):
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
        yield Observation.model_construct(shared, **values)


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


def raise_if(problems: Sequence[Problem]) -> None:
    """Raise `SonlaError` if any of `problems` is an error."""
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise SonlaError(problems)
