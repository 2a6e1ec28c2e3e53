"""Files of every kind the field uses, as text: plain text, HTML, DOCX, and PDF that holds text.

The one convention: a paragraph, a heading, a list item or a row of a table becomes one line, the cells of a row
parted by tabs – so that offsets, lines and columns always count in the text returned here. HTML needs nothing
but the standard library; DOCX and PDF are read by the libraries of the extra `documents`.
"""

from __future__ import annotations

import io
import logging
import zlib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path, PurePath
from zipfile import BadZipFile

from sonla_cli.core.problem import Code, Place, Problem, SonlaError

#: the extra that brings the readers of DOCX and PDF
EXTRA = "documents"

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "figcaption", "figure",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
    "table", "tbody", "tfoot", "thead", "title", "tr", "ul",
})  # fmt: skip
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "head"})
_CELLS = frozenset({"td", "th"})


def text_of(data: bytes, name: str = "") -> str:
    """Return the text of a file by its content and the ending of its `name`.

    Raises `SonlaError` for a file that holds no readable text, or whose reader is not installed.
    """
    ending = PurePath(name).suffix.lower()
    if data.startswith(b"%PDF"):
        return _pdf(data, name)
    if data.startswith(b"PK\x03\x04"):
        return _docx(data, name)
    text = _decoded(data, name)
    if ending in (".html", ".htm", ".xhtml") or text.lstrip()[:15].lower().startswith(
        ("<!doctype html", "<html")
    ):
        return html_text(text)
    return text


def html_text(markup: str) -> str:
    """Return the text of an HTML page, one line for each block."""
    parser = _Text()
    parser.feed(markup)
    parser.close()
    lines = (" ".join(line.split(" ")).strip() for line in "".join(parser.pieces).split("\n"))
    return "\n".join(line for line in lines if line) + "\n"


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
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            yield from file
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, str(error)) from error


class _Text(HTMLParser):
    """Collects the text between tags; a block ends a line, a cell a tab stop."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body" or (tag in _BLOCKS and tag != "title" and self.silent == ["head"]):
            self.silent.clear()  # the end of a page's head need not be written
        if tag in _SILENT:
            self.silent.append(tag)
        elif tag in _BLOCKS:
            self.pieces.append("\n")
        elif tag in _CELLS and self.pieces and not self.pieces[-1].endswith("\n"):
            self.pieces.append("\t")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.silent:
            del self.silent[self.silent.index(tag) :]
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.pieces.append(data.replace("\r", " ").replace("\n", " ").replace("\t", " "))


def _decoded(data: bytes, name: str) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unreadable(name, f"not {encoding.removesuffix('-sig').upper()} text") from error


def _docx(data: bytes, name: str) -> str:
    try:
        import docx
        from docx.table import Table
    except ImportError as error:
        raise _missing(name, "python-docx") from error
    try:
        document = docx.Document(io.BytesIO(data))
    except (BadZipFile, KeyError, ValueError, OSError, EOFError, zlib.error) as error:
        raise _unreadable(name, "not a Word document") from error
    lines = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines += ["\t".join(cell.text.replace("\n", " ") for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(lines) + "\n"


def _pdf(data: bytes, name: str) -> str:
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise _missing(name, "pypdf") from error
    # what the library grumbles about on its way is told once, as the error it ends in
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    except (PyPdfError, ValueError, KeyError) as error:
        raise _unreadable(name, "not a readable PDF") from error
    text = "\n".join(pages)
    if not text.strip():
        raise _unreadable(name, "a PDF without text; scanned pages are not read")
    return text + "\n"


def _unreadable(name: str, why: str) -> SonlaError:
    return SonlaError([Problem(Code.UNREADABLE, place=Place(name), values={"why": why})])


def _missing(name: str, library: str) -> SonlaError:
    return _unreadable(name, f"`{library}` is not installed; it comes with `sonla[{EXTRA}]`")
