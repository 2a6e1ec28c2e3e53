"""Files of every kind the field uses, as text: plain text, HTML, DOCX, and PDF that holds text.

The one convention: a paragraph, a heading, a list item or a row of a table becomes one line, the cells of a row
parted by tabs – so that offsets, lines and columns always count in the text returned here. HTML needs nothing
but the standard library; DOCX and PDF are read by the libraries of the extra `documents`. Every kind is bounded: what a
file unpacks to, how wide its tables are, how long its text becomes; a PDF is read in a process of its own.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from sonla_cli.core.problem import Code, Place, Problem, SonlaError

if TYPE_CHECKING:
    from docx.table import Table

#: the extra that brings the readers of DOCX and PDF
EXTRA = "documents"

#: bytes of a Word document unpacked, and of the XML in it; a tree takes ten times as much memory
UNPACKED, XML = 512 * 1024**2, 128 * 1024**2
#: columns of a table, and characters of a text that is unpacked
WIDEST, MOST_TEXT = 400, 32_000_000

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "figcaption", "figure",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
    "table", "tbody", "tfoot", "thead", "title", "tr", "ul",
})  # fmt: skip
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "head"})
_CELLS = frozenset({"td", "th"})
_RUNS = re.compile("[ \t\n]+")
#: a longer cell holds a part of a page and no datum
_LONGEST_CELL = 300
#: no cell spans more columns or rows
_WIDEST = 100


#: the endings of files that are no text, and begin otherwise than any text
_BINARY = (".pdf", ".docx", ".doc", ".xlsx", ".xls", ".odt", ".ods")


def text_of(data: bytes, name: str = "") -> str:
    """Return the text of a file by its content and the ending of its `name`.

    Plain text is returned as it is, with the mark of its order if it begins with one, so that places count from the
    first character of the file; of HTML, Word and PDF it is what was taken out of them that places count in.
    Raises `SonlaError` for a file that holds no readable text, or whose reader is not installed.
    """
    ending = PurePath(name).suffix.lower()
    if data.startswith(b"%PDF"):
        return _pdf(data, name)
    if data.startswith(b"PK\x03\x04"):
        return _docx(data, name)
    if ending in _BINARY and data:
        values = {"said": ending[1:], "found": "text" if b"\0" not in data[:4096] else "?"}
        raise SonlaError([Problem(Code.OTHER_FORMAT, place=Place(name), values=values)])
    text = _decoded(data, name)
    if ending in (".html", ".htm", ".xhtml") or text.lstrip("\ufeff \t\r\n")[:15].lower().startswith(
        ("<!doctype html", "<html")
    ):
        return html_text(text.removeprefix("\ufeff"))
    return text


def html_text(markup: str) -> str:
    """Return the text of an HTML page, one line for each block."""
    parser = _Text()
    # a number that no character has is what browsers show for it; Python would refuse to count so far
    markup = _NO_CHARACTER.sub("\ufffd", markup)
    for start in range(0, len(markup), _PIECE):
        parser.feed(markup[start : start + _PIECE])
        if len(parser.rawdata) > _LONGEST_TAG:
            # a tag or a script that does not end: the library would try it whole, again and again
            parser.rawdata = ""
    # closing the parser would try what is unfinished at the end from each of its letters; a browser leaves it out
    if not parser.rawdata.startswith("<"):
        parser.close()
    lines = (line.strip(" ") for line in "".join(parser.pieces).split("\n"))
    return "\n".join(line for line in lines if line.strip()) + "\n"


#: characters given to the parser at once, and of a tag or a script beyond which it is left out
_PIECE, _LONGEST_TAG = 256_000, 2_000_000
_NO_CHARACTER = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,});?")


def bytes_of(path: str) -> bytes:
    """Return the bytes of a file; raise `SonlaError` if it cannot be read."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error


def is_plain_and_long(path: str, least: int) -> bool:
    """Whether a file is plain text of at least that many bytes, to be read line by line."""
    try:
        with Path(path).open("rb") as file:
            start = file.read(1024)
            size = Path(path).stat().st_size
    except OSError:
        return False
    looks_marked = start.startswith((b"%PDF", b"PK", b"\xff\xfe", b"\xfe\xff")) or b"<html" in start.lower()
    return size >= least and not looks_marked


def lines_of(path: str) -> Iterator[str]:
    """Yield the lines of a plain text file, their ends kept; raise `SonlaError` if it cannot be read."""
    try:
        with Path(path).open(encoding="utf-8", newline="") as file:
            yield from file
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, str(error)) from error


class _Grid:
    """A table being read: the column a row has come to, and the rows that a cell still covers there."""

    def __init__(self) -> None:
        self.column = 0
        self.covered: dict[int, int] = {}
        #: the first piece of the open cell, and how many columns and rows it spans
        self.begin: int | None = None
        self.wide = self.high = 1

    def next_row(self) -> None:
        self.column = 0
        self.covered = {column: rows - 1 for column, rows in self.covered.items() if rows > 1}


class _Text(HTMLParser):
    """Collects the text between tags; a block ends a line, a cell a tab stop.

    A cell that spans columns or rows leaves those it covers empty, so that every column stays where it is.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.silent: list[str] = []
        self.grids = [_Grid()]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body" or (tag in _BLOCKS and tag != "title" and self.silent == ["head"]):
            self.silent.clear()  # the end of a page's head need not be written
        if tag in _SILENT:
            # the first of its kind is the one that closing looks for
            if tag not in self.silent:
                self.silent.append(tag)
        elif tag in _CELLS:
            self._close_cell()
            self._open_cell(dict(attrs))
        elif tag in _BLOCKS:
            if tag == "table":
                self.grids.append(_Grid())
            elif tag == "tr":
                self._close_cell()
                self.grids[-1].next_row()
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.silent:
            del self.silent[self.silent.index(tag) :]
        elif tag in _CELLS:
            self._close_cell()
        elif tag in _BLOCKS:
            if tag in ("tr", "table"):
                self._close_cell()
            if tag == "table" and len(self.grids) > 1:
                self.grids.pop()
            self.pieces.append("\n")

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Pass over `<![…>` as browsers do; the library refuses words of SGML that it does not know."""
        return self.parse_bogus_comment(i)

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.pieces.append(data.replace("\r", " ").replace("\n", " ").replace("\t", " "))

    def _open_cell(self, attributes: dict[str, str | None]) -> None:
        """Go to the next column that no cell above covers."""
        grid = self.grids[-1]
        while grid.column in grid.covered:
            self._next_column(grid)
        self._next_column(grid)
        grid.wide, grid.high = _span(attributes.get("colspan")), _span(attributes.get("rowspan"))
        grid.begin = len(self.pieces)

    def _close_cell(self) -> None:
        """Bring a cell to one line, unless a page is laid out by it, and pass over what it covers."""
        grid = self.grids[-1]
        if grid.begin is None:
            return
        said = "".join(self.pieces[grid.begin :])
        self.pieces[grid.begin :] = [_RUNS.sub(" ", said).strip(" ") if len(said) <= _LONGEST_CELL else said]
        grid.begin = None
        first = grid.column - 1
        for _ in range(grid.wide - 1):
            self._next_column(grid)
        grid.covered.update(dict.fromkeys(range(first, grid.column), grid.high))

    def _next_column(self, grid: _Grid) -> None:
        if grid.column:
            self.pieces.append("\t")
        grid.column += 1


def _span(said: str | None) -> int:
    return min(max(int(said), 1), _WIDEST) if said is not None and said.isdecimal() else 1


def _decoded(data: bytes, name: str) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unreadable(name, f"not {encoding.upper()} text") from error


def _docx(data: bytes, name: str) -> str:
    try:
        import docx
        from docx.table import Table
    except ImportError as error:
        raise _missing(name, "python-docx") from error
    from sonla_cli.core import archive

    with archive.opened(io.BytesIO(data), name, largest=UNPACKED) as package:
        xml = sum(each.file_size for each in package.infolist() if each.filename.endswith((".xml", ".rels")))
    if xml > XML:
        raise _too_large(name, "bytes of XML", XML)
    lines: list[str] = []
    length = 0
    try:
        for block in docx.Document(io.BytesIO(data)).iter_inner_content():
            for line in _rows(block, name) if isinstance(block, Table) else (block.text,):
                length += len(line)
                if length > MOST_TEXT:
                    raise _too_large(name, "characters", MOST_TEXT)
                lines.append(line)
    except SonlaError:
        raise
    except Exception as error:
        raise _unreadable(name, "not a Word document") from error
    return "\n".join(lines) + "\n"


def _rows(table: Table, name: str) -> Iterator[str]:
    """Yield the rows of a table; a cell that spans columns or rows is said in each of them."""
    from docx.table import _Cell

    above: dict[int, str] = {}
    for row in table.rows:
        place, now, cells = row.grid_cols_before, {}, []
        for tc in row._tr.tc_lst:
            text = _Cell(tc, table).text.replace("\n", " ")
            now[place] = above.get(place, text) if tc.vMerge == "continue" else text
            if place + tc.grid_span > WIDEST:
                raise _too_large(name, "columns", WIDEST)
            cells += [now[place]] * tc.grid_span
            place += tc.grid_span
        above = now
        yield "\t".join(cells)


def _pdf(data: bytes, name: str) -> str:
    from importlib.util import find_spec

    if find_spec("pypdf") is None:
        raise _missing(name, "pypdf")
    from sonla_cli.core import apart

    try:
        text = apart.ask("sonla_cli.press.pdf", data).decode()
    except apart.ApartError as error:
        raise _unreadable(name, str(error) or "not a readable PDF") from error
    if not text.strip():
        raise _unreadable(name, "a PDF without text; scanned pages are not read")
    return text + "\n"


def _unreadable(name: str, why: str) -> SonlaError:
    return SonlaError([Problem(Code.UNREADABLE, place=Place(name), values={"why": why})])


def _too_large(name: str, what: str, most: int) -> SonlaError:
    values = {"what": what, "count": f"> {most}", "most": str(most)}
    return SonlaError([Problem(Code.TOO_LARGE, place=Place(name), values=values)])


def _missing(name: str, library: str) -> SonlaError:
    return _unreadable(name, f"`{library}` is not installed; it comes with `sonla[{EXTRA}]`")
