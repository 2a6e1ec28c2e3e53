"""The head of a report table: the title block above it, the merged header, and what each column holds.

The header begins at the row with a column of labels (`Nội dung`, `Chỉ tiêu` …). A column whose heading is not
one of the known phrases is left alone and named; no heading is matched in part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sonla_cli.catalogue.headings import PERCENTAGES, PHRASES, Meaning, written_out
from sonla_cli.core.problem import letters
from sonla_cli.core.spelling import clean, key
from sonla_cli.sources import phrases
from sonla_cli.sources.mapping import IGNORE, Mapping
from sonla_cli.sources.phrases import Window
from sonla_cli.sources.sheet import Cell, Digits, Range, Row

#: a header begins within so many rows, and is no higher than this
_WITHIN, _HIGHEST = 60, 8
_NUMBERING = re.compile(r"\(?(?:[a-zđ]|\d{1,2})\)?(?:\s*=\s*[\d()/*x×:%+\-\s]+)?\Z", re.IGNORECASE)
_PERCENT = re.compile(r"\(\s*%\s*\)|%")
_IN_BRACKETS = re.compile(r"\(([^()]+)\)")
_SAME_PERIOD = re.compile(r"cùng kỳ(?: năm)?(?: trước)?(?: ?\(?(?P<year>20\d\d)\)?)?")


@dataclass(slots=True)
class Column:
    """A column: its place from 0, its heading and what the heading says."""

    place: int
    heading: tuple[str, ...]
    meaning: Meaning | None = None
    windows: list[Window] = field(default_factory=list)
    unit: str = ""
    is_cumulative: bool = False

    @property
    def text(self) -> str:
        """The heading as one line."""
        return " > ".join(self.heading)

    @property
    def taken_for(self) -> str:
        """What the column holds, as a mapping file spells it."""
        if self.meaning is None:
            return ""
        role, basis = self.meaning.role, self.meaning.basis
        earlier = " (year earlier)" if self.meaning.is_year_earlier else ""
        return f"{role}:{basis}" if basis else f"{role}{earlier}"

    @property
    def is_data(self) -> bool:
        """Whether the column holds figures."""
        return self.meaning is not None and self.meaning.role not in (
            "label",
            "outline",
            "unit",
            "note",
            "area",
            IGNORE,
        )


@dataclass(slots=True)
class Head:
    """The head of a table: lines of the title block, the header's rows (places from 0) and the columns."""

    title: list[tuple[int, str]]
    first: int
    #: the first row below the header and the row that numbers the columns
    body: int
    columns: list[Column]

    def column(self, role: str) -> Column | None:
        """Return the first column of a role."""
        return next((each for each in self.columns if each.meaning and each.meaning.role == role), None)


def find(grid: Sequence[Row], merged: Sequence[Range], mapping: Mapping) -> Head | None:
    """Return the head of the report table in `grid`, or `None` if there is none."""
    start = _start(grid, mapping)
    if start is None:
        return None
    first, label = start
    last = _last_header_row(grid, merged, first, label)
    body = last + 1
    while body < len(grid) and _is_numbering(grid[body][1]):
        body += 1
    width = max(len(cells) for _, cells in grid[first : last + 1])
    texts = _header_texts(grid[first : last + 1], merged, width, label)
    columns = []
    for place in range(width):
        heading = tuple(dict.fromkeys(row[place] for row in texts if row[place]))
        if heading:
            columns.append(_column(place, heading, mapping))
    title = [
        (line, text)
        for line, cells in grid[:first]
        for text in dict.fromkeys(_text(cell) for cell in cells)
        if text
    ]
    return Head(title, first, body, columns)


def _start(grid: Sequence[Row], mapping: Mapping) -> tuple[int, int] | None:
    """Return the first row of the header and the column of labels, as places from 0."""
    for place, (_, cells) in enumerate(grid[:_WITHIN]):
        label = _label_column(cells, mapping)
        if label is not None and sum(1 for cell in cells if _text(cell)) >= 2:
            return place, label
    return None


def _text(cell: Cell) -> str:
    return clean(" ".join(cell.split())) if isinstance(cell, str) and not isinstance(cell, Digits) else ""


def _meaning(heading: str, mapping: Mapping) -> Meaning | None:
    return mapping.columns.get(key(heading)) or PHRASES.get(written_out(heading))


def _label_column(cells: Sequence[Cell], mapping: Mapping) -> int | None:
    for place, cell in enumerate(cells):
        text = _text(cell)
        meaning = mapping.columns.get(letters(place + 1).lower()) if text else None
        meaning = meaning or (_meaning(text, mapping) if text else None)
        if meaning is not None and meaning.role in ("label", "area"):
            return place
    return None


def _last_header_row(grid: Sequence[Row], merged: Sequence[Range], first: int, label: int) -> int:
    """Return the last row of the header: as far as the label's cell reaches, or labels stay blank."""
    line = grid[first][0]
    for top, left, bottom, right in merged:
        if top <= line <= bottom and left <= label + 1 <= right:
            return min(first + bottom - line, first + _HIGHEST, len(grid) - 1)
    last = first
    for place in range(first + 1, min(first + _HIGHEST, len(grid))):
        cells = grid[place][1]
        blank = label >= len(cells) or cells[label] == ""
        texts = [cell for cell in cells if _text(cell)]
        numbers = [cell for cell in cells if isinstance(cell, Digits)]
        if not (blank and texts and not numbers) or _is_numbering(cells):
            break
        last = place
    return last


def _is_numbering(cells: Sequence[Cell]) -> bool:
    """Whether a row only numbers the columns: `A`, `B`, `1`, `2`, `3=2/1`."""
    found = [clean(str(cell)) for cell in cells if cell != ""]
    return len(found) >= 2 and all(_NUMBERING.match(each) for each in found)


def _header_texts(rows: Sequence[Row], merged: Sequence[Range], width: int, label: int) -> list[list[str]]:
    texts = [[_text(cell) for cell in cells] + [""] * (width - len(cells)) for _, cells in rows]
    lines = [line for line, _ in rows]
    for top, left, bottom, right in merged:
        if top in lines:
            text = texts[lines.index(top)][left - 1] if left <= width else ""
            for line in range(top, bottom + 1):
                for column in range(left, min(right, width) + 1):
                    if line in lines:
                        texts[lines.index(line)][column - 1] = text
    if not merged:
        # without merged cells a group's words stand over its first column only
        for upper, row in enumerate(texts[:-1]):
            for column in range(label + 1, width):
                below = any(texts[lower][column] for lower in range(upper + 1, len(texts)))
                if not row[column] and below and column > label + 1:
                    row[column] = row[column - 1]
    return texts


def _column(place: int, heading: tuple[str, ...], mapping: Mapping) -> Column:
    column = Column(place, heading)
    for name in (letters(place + 1), column.text, heading[-1]):
        said = mapping.columns.get(key(name))
        if said is not None:
            column.meaning = said
    left, is_percent = [], False
    for part in heading:
        text = written_out(part)
        if _PERCENT.search(text):
            is_percent, text = True, _PERCENT.sub(" ", text)
        for inner in _IN_BRACKETS.findall(text):
            unit = phrases.unit_of(inner)
            if unit is not None:
                column.unit, text = unit, text.replace(f"({inner})", " ")
        text, year = _same_period(" ".join(text.split()))
        found, text = phrases.windows(text)
        column.windows += found
        column.windows += [Window("earlier", year=int(year))] if year else []
        left.append(text.strip(" :.;-*"))
    words = " ".join(filter(None, left))
    column.is_cumulative = "lũy kế" in words
    if column.meaning is None:
        meaning = PHRASES.get(words) or (Meaning("actual") if not words and _has_window(column) else None)
        # a comparison that does not say it is a percentage may be a difference
        if meaning and (meaning.role not in PERCENTAGES or is_percent or "tỷ lệ" in words):
            column.meaning = meaning
    return column


def _has_window(column: Column) -> bool:
    return any(each.kind in ("months", "date") for each in column.windows)


def _same_period(text: str) -> tuple[str, str]:
    found = _SAME_PERIOD.search(text)
    year = found["year"] if found else None
    return _SAME_PERIOD.sub("cùng kỳ", text), year or ""
