"""The report as Markdown, for a wiki or a mail: the same tables; a picture becomes its description."""

from __future__ import annotations

from collections.abc import Iterator

from sonla_cli.language import _
from sonla_cli.render import people
from sonla_cli.render.markdown import escape
from sonla_cli.render.pages.cells import Cell, Table
from sonla_cli.render.pages.view import Document, Part


def render(document: Document) -> str:
    """Return the report as Markdown."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    yield f"# {escape(document.title)}"
    yield ""
    yield escape(document.period)
    yield ""
    for tile in document.tiles:
        said = "".join(
            f"; {escape(before)}{_cell(cell)}{escape(after)}" for before, cell, after in tile.phrases
        )
        yield f"- {escape(tile.label)}: **{_cell(tile.cell)}**{said}"
    for part in document.parts:
        yield from _part(part)
    yield ""
    yield "## " + _("Sources")
    yield ""
    for source in document.sources:
        yield f"{source.number}. {escape(source.text)}" + (f" <{source.url}>" if source.url else "")
    yield ""
    yield from (escape(line) for line in document.method)


def _part(part: Part) -> Iterator[str]:
    yield ""
    yield f"## {escape(part.title)}" + (f" ({escape(part.period)})" if part.period else "")
    for picture in part.pictures:
        yield ""
        yield f"> {escape(picture.alt)}"
    for item in (*part.summary, *([part.every] if part.every else [])):
        yield ""
        yield f"### {escape(item.caption)}"
        yield ""
        yield from _table(item)
    for said in part.sentences:
        if said.is_heading:
            yield ""
            yield f"**{escape(said.text)}**"
            yield ""
        else:
            yield f"{'  ' * max(0, said.indent - 1)}- {escape(said.text)}"
    if part.notes:
        yield ""
        yield from (f"- {escape(note)}" for note in part.notes)


def _table(item: Table) -> Iterator[str]:
    yield _row((item.heading, *item.columns))
    numeric = ["---:" if not all(isinstance(line.cells[place], str) for line in item.lines) else "---"
               for place in range(len(item.columns))]  # fmt: skip
    yield f"| --- | {' | '.join(numeric)} |"
    for line in item.lines:
        name = f"{line.name}, {line.note}" if line.note else line.name
        yield _row((name, *(_cell(cell) for cell in line.cells)))


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(map(escape, cells))} |"


def _cell(cell: Cell | str | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    bounds = f" ({cell.bounds})" if cell.bounds else ""
    return people.with_unit(cell.text, cell.unit, " ") + bounds
