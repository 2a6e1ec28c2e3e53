"""A path, or standard input, becomes tables; the format is what the name says and the first bytes confirm."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import IO

from sonla_cli.core.numeral import Mark
from sonla_cli.core.problem import Code, Place, Problem, SonlaError
from sonla_cli.sources.sheet import Sheet, unreadable

STDIN = "-"

#: the ending of a name → the format it says
SUFFIXES = {
    ".csv": "csv", ".txt": "csv", ".tsv": "tsv", ".tab": "tsv",
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls", ".ods": "ods",
    ".parquet": "parquet", ".pq": "parquet", ".zip": "zip",
}  # fmt: skip

#: the first bytes of a file → the formats that begin so
_SIGNATURES = (
    (b"PK\x03\x04", ("xlsx", "ods", "zip")),
    (b"PK\x05\x06", ("zip",)),
    (b"\xd0\xcf\x11\xe0", ("xls",)),
    (b"PAR1", ("parquet",)),
    (b"%PDF", ("pdf",)),
    (b"\x89PNG", ("png",)),
    (b"\x7fELF", ("program",)),
    (b"\x1f\x8b", ("gzip",)),
)
_BINARY = ("xlsx", "xls", "ods", "zip", "parquet")


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are to be read where they do not say so themselves."""

    decimal: Mark | None = None
    encoding: str = ""
    separator: str = ""
    sheet: str = ""


def sheets(path: object, reading: Reading) -> list[Sheet]:
    """Return the tables at `path`, or a data frame as one; raise `SonlaError` if it cannot be read."""
    if not isinstance(path, str):
        from sonla_cli.sources import records

        return [records.from_frame(path)]
    if path == STDIN:
        return _from_bytes("stdin", _stdin(), reading)
    where = Path(path)
    try:
        if where.is_dir():
            from sonla_cli.sources import package

            return package.sheets(*package.folder(where))
        with where.open("rb") as raw:
            head = raw.read(4096)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise unreadable(path, why) from error
    kind = _kind(path, head)
    return _read(path, kind, lambda: where.open("rb"), where, reading)


def _stdin() -> bytes:
    return sys.stdin.buffer.read()


def _from_bytes(name: str, content: bytes, reading: Reading) -> list[Sheet]:
    kind = _signature(content[:8])
    if kind == ("xlsx", "ods", "zip"):
        import zipfile

        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                names = archive.namelist()
        except zipfile.BadZipFile as error:
            raise unreadable(name, str(error)) from error
        chosen = "zip" if any(PurePath(each).name == "datapackage.json" for each in names) else "xlsx"
    elif kind:
        chosen = kind[0]
    else:
        chosen = "json" if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{") else "csv"
    return _read(name, chosen, lambda: io.BytesIO(content), content, reading)


def _kind(path: str, head: bytes) -> str:
    """Return the format of a file; one whose first bytes say something else is a problem."""
    name = PurePath(path).name
    said = SUFFIXES.get(PurePath(path).suffix.lower(), "")
    found = _signature(head)
    if not said:
        if found and found[0] in _BINARY:
            return found[0]
        said = "json" if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{") else "csv"
    fits = said in found if found else said not in _BINARY or not head
    if not fits:
        other = found[0] if found else "text"
        values = {"said": said, "found": other}
        raise SonlaError([Problem(Code.OTHER_FORMAT, place=Place(path), values=values)])
    if said == "json" and name == "datapackage.json":
        return "package"
    return said


def _signature(head: bytes) -> tuple[str, ...]:
    return next((kinds for start, kinds in _SIGNATURES if head.startswith(start)), ())


def _read(
    name: str, kind: str, opened: Callable[[], IO[bytes]], content: Path | bytes, reading: Reading
) -> list[Sheet]:
    if kind in ("csv", "tsv"):
        from sonla_cli.sources import delimited

        separator = reading.separator or ("\t" if kind == "tsv" else "")
        return [delimited.sheet(name, opened, encoding=reading.encoding, separator=separator)]
    if kind in ("json", "jsonl"):
        from sonla_cli.sources import records

        return records.from_json(name, opened) if kind == "json" else records.from_json_lines(name, opened)
    if kind in ("package", "zip"):
        return _package(name, kind, content)
    if isinstance(content, Path) and content.stat().st_size == 0:
        raise SonlaError([Problem(Code.EMPTY, place=Place(name))])
    if kind == "parquet":
        from sonla_cli.sources import records

        return [records.from_parquet(name, content)]
    if kind not in ("xlsx", "xls", "ods"):
        values = {"said": "?", "found": kind}
        raise SonlaError([Problem(Code.OTHER_FORMAT, place=Place(name), values=values)])
    from sonla_cli.sources import workbook

    return workbook.sheets(name, content, wanted=reading.sheet)


def _package(name: str, kind: str, content: Path | bytes) -> list[Sheet]:
    from sonla_cli.core import archive
    from sonla_cli.sources import package

    if kind == "package" and isinstance(content, Path):
        return package.sheets(*package.folder(content.parent))
    opened = archive.opened(content if isinstance(content, Path) else io.BytesIO(content), name)
    return package.sheets(*package.zipped(name, opened))
