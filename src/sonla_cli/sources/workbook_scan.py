"""What the XML of a workbook says about its cells: size, error cells, formulas without a value, percentages.

The XML is scanned in pieces with regular expressions: no entities are expanded, nothing is resolved, and the
memory does not grow with the sheet.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import join, normpath
from xml.sax.saxutils import unescape

#: places counted from 1: line, column
Place = tuple[int, int]

_CHUNK = 1024**2
#: the look behind keeps a long name from being tried from each of its letters
_ATTRIBUTES = re.compile(rb'(?<![\w:.-])([\w:.-]++)\s*+=\s*(?:"([^"]*)"|\'([^\']*)\')')
_PERCENT_FORMATS = {b"9", b"10"}
_REPEATED_AT_MOST = 1_048_576
#: cells of a sheet that need a note, and bytes of one row with what surrounds it
_NOTED_AT_MOST = 4_000_000
_ROW_AT_MOST = 64 * 1024**2


@dataclass(slots=True)
class Notes:
    """What calamine does not tell about a sheet."""

    lines: int = 0
    columns: int = 0
    #: error cells with what they show; formulas never calculated with an empty text
    broken: dict[Place, str] = field(default_factory=dict)
    #: cells displayed as percentages
    percent: set[Place] = field(default_factory=set)

    def check(self, more: int = 0) -> None:
        """Raise `ValueError` where so many more cells would be too many to note."""
        if len(self.broken) + len(self.percent) + more > _NOTED_AT_MOST:
            raise ValueError(f"more than {_NOTED_AT_MOST} errors, percentages and formulas without a value")


def scan_xlsx(package: zipfile.ZipFile) -> dict[str, Notes]:
    """Return the notes of every worksheet by its name."""
    book = package.read("xl/workbook.xml")
    targets = {
        each.get(b"Id"): each.get(b"Target", b"").decode()
        for each in _elements(package.read("xl/_rels/workbook.xml.rels"), b"Relationship")
        if each.get(b"Type", b"").endswith(b"/worksheet")
    }
    # a workbook that asks to be recalculated was never calculated by a spreadsheet: its values are placeholders
    stale = any(each.get(b"fullCalcOnLoad") in (b"1", b"true") for each in _elements(book, b"calcPr"))
    percent = (
        _percent_styles(package.read("xl/styles.xml")) if "xl/styles.xml" in package.namelist() else set()
    )
    found = {}
    for each in _elements(book, b"sheet"):
        target = targets.get(each.get(b"r:id", b""))
        if target is not None:
            path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            found[_text(each[b"name"])] = _scan_sheet(package, path, percent, stale=stale)
    return found


_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s/>])")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)(?:\s[^<>]*)?>([^<]+)<")
_REFERENCE = re.compile(rb"([A-Z]{1,3})([0-9]{1,7})\Z")


def _scan_sheet(package: zipfile.ZipFile, path: str, percent: set[bytes], *, stale: bool) -> Notes:
    notes = Notes()
    for piece in _pieces(package, path, b"</row>"):
        for cell in _CELL.split(piece)[1:]:
            attributes, _, content = cell.partition(b">")
            found = _attributes(attributes)
            reference = _REFERENCE.match(found.get(b"r", b""))
            if reference is None:
                continue  # cells without a reference follow each other, so they cannot be far away
            place = int(reference[2]), _column(reference[1])
            notes.lines, notes.columns = max(notes.lines, place[0]), max(notes.columns, place[1])
            if attributes.endswith(b"/"):
                continue
            kind = found.get(b"t", b"n")
            value = _VALUE.search(content)
            if kind == b"e":
                notes.broken[place] = _text(value[1]) if value else "#?"
            elif (stale or value is None) and kind != b"inlineStr" and _FORMULA.search(content):
                notes.broken[place] = ""
            elif kind == b"n" and found.get(b"s", b"") in percent:
                notes.percent.add(place)
        notes.check()
    return notes


def _percent_styles(styles: bytes) -> set[bytes]:
    formats = _PERCENT_FORMATS | {
        each[b"numFmtId"]
        for each in _elements(styles, b"numFmt")
        if b"%" in re.sub(rb'&quot;.*?&quot;|"[^"]*"|\\.', b"", each.get(b"formatCode", b""))
    }
    opening, closing = (re.search(tag, styles) for tag in (rb"<(?:\w+:)?cellXfs\b", rb"</(?:\w+:)?cellXfs>"))
    rows = _elements(styles[opening.end() : closing.start()], b"xf") if opening and closing else ()
    return {str(place).encode() for place, each in enumerate(rows) if each.get(b"numFmtId") in formats}


_ODS_TAG = re.compile(rb"<(/?)table:(table|table-row|table-cell|covered-table-cell)\b([^<>]*)>")


def scan_ods(package: zipfile.ZipFile) -> dict[str, Notes]:
    """Return the notes of every table of an OpenDocument spreadsheet by its name."""
    _check_form(package, "content.xml")
    found: dict[str, Notes] = {}
    notes, line, column, repeated = Notes(), 0, 0, 1
    # `line` is the first of the lines that the row stands for, 0 before the first row
    for piece in _pieces(package, "content.xml", b"</table:table-row>"):
        for closing, tag, raw in _ODS_TAG.findall(piece):
            if closing:
                continue
            attributes = _attributes(raw)
            if tag == b"table":
                notes, line, repeated = Notes(), 0, 1
                found[_text(attributes.get(b"table:name", b""))] = notes
            elif tag == b"table-row":
                line, column = line + repeated, 0
                repeated = _repeated(attributes, b"table:number-rows-repeated")
            else:
                times = _repeated(attributes, b"table:number-columns-repeated")
                if b"office:value-type" in attributes or b"table:formula" in attributes:
                    notes.lines = max(notes.lines, line + repeated - 1)
                    notes.columns = max(notes.columns, column + times)
                    _note_ods(notes, attributes, line, column + 1, repeated, times)
                column += times
    return found


def _note_ods(
    notes: Notes, attributes: dict[bytes, bytes], line: int, column: int, repeated: int, times: int
) -> None:
    kind = attributes.get(b"office:value-type")
    error = attributes.get(b"calcext:value-type") == b"error"
    if not (error or kind == b"percentage" or kind is None) or repeated * times > 10_000:
        return
    notes.check(repeated * times)
    for place in ((line + down, column + right) for down in range(repeated) for right in range(times)):
        if error:
            notes.broken[place] = "#"
        elif kind is None:
            notes.broken[place] = ""
        else:
            notes.percent.add(place)


def _repeated(attributes: dict[bytes, bytes], name: bytes) -> int:
    times = int(attributes.get(name, b"1"))
    if not 1 <= times <= _REPEATED_AT_MOST:
        raise ValueError(f"{name.decode()}: {times}")
    return times


def _check_form(package: zipfile.ZipFile, path: str) -> None:
    """Raise `ValueError` where the XML is not well-formed, on which calamine would wait for ever, or declares entities."""
    from xml.parsers import expat

    def refuse(*_declared: object) -> None:
        raise ValueError(f"{path}: a document type is declared")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    try:
        with package.open(path) as content:
            parser.ParseFile(content)
    except expat.ExpatError as error:
        raise ValueError(f"{path}: {error}") from error


def _pieces(package: zipfile.ZipFile, path: str, end: bytes) -> Iterator[bytes]:
    """Yield an entry in pieces that end with the tag `end`, so that no cell is cut in two."""
    rest = b""
    with package.open(path) as content:
        while chunk := content.read(_CHUNK):
            rest += chunk
            cut = rest.rfind(end)
            if cut >= 0:
                yield rest[: cut + len(end)]
                rest = rest[cut + len(end) :]
            elif len(rest) > _ROW_AT_MOST:
                raise ValueError(f"{path}: a row of more than {_ROW_AT_MOST} bytes")
    yield rest


def _elements(xml: bytes, name: bytes) -> Iterator[dict[bytes, bytes]]:
    for found in re.finditer(rb"<(?:\w+:)?" + name + rb"\b([^<>]*)>", xml):
        yield _attributes(found[1])


def _attributes(raw: bytes) -> dict[bytes, bytes]:
    return {name: double or single for name, double, single in _ATTRIBUTES.findall(raw)}


def _text(raw: bytes) -> str:
    return unescape(raw.decode(), {"&quot;": '"', "&apos;": "'"})


def _column(name: bytes) -> int:
    number = 0
    for letter in name:
        number = 26 * number + letter - 64
    return number
