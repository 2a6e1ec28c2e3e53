"""The flow from a text to its mentions: lines → blocks → sentences → tokens → marks → drafts → mentions.

The one convention: a sentence is read once and forgotten; only the small `Context` goes on to the next, so that
memory does not grow with the text, and time grows with its length alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sonla_cli.models.mention import PERIOD_ASSUMED, Mention, Why
from sonla_cli.press.clauses import read_sentence
from sonla_cli.press.context import Context
from sonla_cli.press.hints import is_worth_reading
from sonla_cli.press.normalise import Cleaned, clean
from sonla_cli.press.pairing import pair
from sonla_cli.press.scan import scan
from sonla_cli.press.sentences import Block, blocks, sentences
from sonla_cli.press.settle import Place, settle
from sonla_cli.press.tables import Table, is_parted, is_row
from sonla_cli.press.tokens import tokenise

#: one of these is in every phrase that says that two lists go together
_PAIRING = frozenset({"lượt", "ứng", "tự"})
_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")


def read(
    text: str, *, published_on: date | None = None, area: str | None = None, source: str = ""
) -> Iterator[Mention]:
    """Read the figures of `text`, in order.

    `published_on` gives a year to windows that name none; `area` is whose report it is until the text names
    another; `source` is the id kept with every mention. Offsets count code points of `text`.
    """
    return read_lines(
        (found[0] for found in _LINE.finditer(text)), published_on=published_on, area=area, source=source
    )


def read_lines(
    lines: Iterable[str], *, published_on: date | None = None, area: str | None = None, source: str = ""
) -> Iterator[Mention]:
    """Read the figures of a text that comes line by line (an open file), each line with its line end."""
    context = Context(area=area or "", home=area or "", home_is_given=bool(area), published_on=published_on)
    table = Table()
    for block in blocks(lines):
        cleaned = clean(block.text)
        table.declare(cleaned.lower)
        if is_row(cleaned.text) and (table.unit or is_parted(cleaned.text)):
            yield from _row(cleaned, table, context, _Places(block, cleaned), source)
            continue
        if not is_worth_reading(cleaned.lower):
            continue
        places = _Places(block, cleaned)
        for start, end in sentences(cleaned.text):
            yield from _sentence(cleaned, start, end, context, places, source)


def _sentence(
    cleaned: Cleaned, start: int, end: int, context: Context, places: _Places, source: str
) -> Sequence[Mention]:
    lower = cleaned.lower[start:end]
    if not is_worth_reading(lower):
        return ()
    tokens = tokenise(lower)
    text = cleaned.text[start:end]
    marks = scan(tokens, text)
    reader = read_sentence(tokens, marks, context)
    drafts = reader.drafts
    if len(drafts) > 1 and (not _PAIRING.isdisjoint(tokens.words) or tokens.words.count("và") > 1):
        pair(drafts, marks, tokens.words)
    return settle(reader, drafts, tokens, text, Place(places, start, end), source)


def _row(cleaned: Cleaned, table: Table, context: Context, places: _Places, source: str) -> Iterator[Mention]:
    """Read a row of a table; what it says is in its own cell, in its label and in the head of the column."""
    lower, text = cleaned.lower.rstrip("\n"), cleaned.text.rstrip("\n")
    whole = places.span(0, len(text))
    for cell in table.row(lower, text):
        column = cell.column
        metric = cell.metric or context.metric
        if not metric:
            continue
        window = context.resolve(column.window, None) if column.window else context.period
        if column.measure == "plan":
            window = window[:4]
        yield Mention(
            cell.area or context.area, metric, column.measure, column.basis, window, cell.value, cell.unit, "exact",
            column.status, () if window else (PERIOD_ASSUMED,), *places.locate(cell.start, cell.end), *whole,
            source=source, why=Why(cell.label, column.head, column.head if column.basis else "", column.head),
        )  # fmt: skip


@dataclass(slots=True)
class _Places:
    """Turns offsets of a cleaned block into places of the text; asked for in growing order."""

    block: Block
    cleaned: Cleaned
    line: int = 0
    seen: int = 0
    line_start: int = 0

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the text of a span of the cleaned block."""
        shift, offsets = self.block.start, self.cleaned.offsets
        if offsets is None:
            return shift + start, shift + end
        return shift + offsets[start], shift + offsets[end]

    def locate(self, start: int, end: int) -> tuple[int, int, int, int]:
        """Return the offsets in the text of a span, and line and column, both from 1, where it begins."""
        first, last = self.span(start, end)
        block = self.block
        inside = first - block.start
        if inside < self.seen:
            self.line = self.seen = self.line_start = 0
        passed = block.text.count("\n", self.seen, inside)
        if passed:
            self.line += passed
            self.line_start = block.text.rfind("\n", 0, inside) + 1
        self.seen = inside
        column = inside - self.line_start + 1
        if block.start == 0 and self.line_start == 0 and block.text.startswith("\ufeff"):
            column -= 1  # a mark of order at the start of a text takes no column
        return first, last, block.line + self.line, column
