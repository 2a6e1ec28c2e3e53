"""Which files a name stands for, and what each of them has for columns.

The files of one table have one format and, in any order, the columns that are asked for: a file that was passed over
or read by position would be money that is missing or in the wrong column.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from glob import glob
from pathlib import Path
from typing import NamedTuple

from sonla_cli.core.problem import Code, Problem, SonlaError, near

FORMATS = {
    ".parquet": "parquet", ".csv": "csv", ".tsv": "csv", ".json": "json", ".jsonl": "json", ".ndjson": "json",
}  # fmt: skip
PACKED = (".gz", ".zst")
SEPARATORS = ",\t;|"


class Files(NamedTuple):
    """The files of a table, their format, and the folder whose partitions are columns."""

    paths: tuple[str, ...]
    kind: str
    folder: str = ""


def form(path: str) -> str | None:
    """Return the format that the name of a file says, or `None`."""
    name = path.lower()
    for end in PACKED:
        name = name.removesuffix(end)
    return FORMATS.get(Path(name).suffix)


def is_path(name: str) -> bool:
    """Whether `name` is a file, a folder or a pattern of files rather than a table of a database."""
    return any(mark in name for mark in "/\\*?[") or form(name) is not None or Path(name).is_dir()


def find(name: str) -> Files:
    """Return the files that `name` stands for; raise `SonlaError` if there are none or they are of several formats."""
    folder = name if Path(name).is_dir() else ""
    paths = tuple(sorted(_inside(Path(folder)) if folder else _fitting(name)))
    if not paths:
        code = Code.LEDGER_FORMAT if folder else Code.LEDGER_TABLE
        close = () if folder else _beside(Path(name))
        raise SonlaError([Problem(code, values={"name": name}, suggestions=close)])
    kinds = {form(path) for path in paths}
    if len(kinds) > 1:
        first = {form(path): path for path in reversed(paths)}
        values = {"name": name, "names": ", ".join(f"`{path}`" for path in sorted(first.values()))}
        raise SonlaError([Problem(Code.LEDGER_MIXED, values=values)])
    [kind] = kinds
    if kind is None:
        raise SonlaError([Problem(Code.LEDGER_FORMAT, values={"name": name})])
    return Files(paths, kind, folder)


def _beside(missing: Path) -> tuple[str, ...]:
    """Return the tables in the folder of a file that is not there whose names, but for the ending, look like its own."""
    if not missing.parent.is_dir():
        return ()
    stems = {
        each.stem: str(missing.parent / each.name) for each in missing.parent.iterdir() if form(each.name)
    }
    return tuple(stems[each] for each in near(missing.stem, list(stems)))


def _fitting(name: str) -> list[str]:
    """Return the file of this name, or those that fit the pattern it is."""
    if Path(name).is_file():
        return [name]
    return [path for path in glob(name, recursive=True) if Path(path).is_file()]  # noqa: PTH207 - from its first part on


def _inside(folder: Path) -> Iterator[str]:
    """Yield the files in a folder whose names speak of a format anywhere, as `2024.csv.zip` does too."""
    for path in folder.rglob("*"):
        inner = path.relative_to(folder).parts
        hidden = any(part.startswith((".", "_")) and "=" not in part for part in inner)
        if not hidden and path.is_file() and any(each.lower() in FORMATS for each in path.suffixes):
            yield str(path)


def lacking(columns: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return each column that not every file has, and the first file without it; engines overlook upper case."""
    known = {path: {name.lower() for name in names} for path, names in columns.items()}
    every: dict[str, None] = {}
    for names in known.values():
        every.update(dict.fromkeys(names))
    found = {}
    for name in every:
        without = [path for path, names in known.items() if name not in names]
        if without:
            found[name] = without[0]
    return found


class Header(NamedTuple):
    """The first line of a text file: its columns, and the sign between them."""

    columns: tuple[str, ...]
    separator: str


def header(path: str) -> Header:
    """Return the header of a CSV or TSV file, packed or not."""
    import io

    start = _start(path, 1 << 16)
    line = start.partition("\n")[0]
    separator = max(SEPARATORS, key=line.count)
    return Header(tuple(next(csv.reader(io.StringIO(start), delimiter=separator), ())), separator)


def starts_with(path: str, sign: str) -> bool:
    """Whether the first sign of a file that is no blank is this one."""
    return _start(path, 1 << 12).lstrip().startswith(sign)


def _start(path: str, length: int) -> str:
    """Return the text a file begins with, packed or not."""
    import pyarrow as pa

    packing = {".gz": "gzip", ".zst": "zstd"}.get(Path(path).suffix.lower())
    with pa.input_stream(path, compression=packing) as raw:
        return str(raw.read(length).decode("utf-8-sig", "replace"))
