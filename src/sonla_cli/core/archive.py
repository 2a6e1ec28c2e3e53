"""Zip archives from strangers: paths stay inside, sizes are what they declare and within bounds.

An archive is checked whole before anything in it is read: declared sizes, ratios and names first, then one
pass over the contents, which ends where an entry is longer than it said.
"""

from __future__ import annotations

import lzma
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO

from sonla_cli.core.problem import Code, Place, Problem, SonlaError

#: bytes of all entries together, unpacked
LARGEST = 2 * 1024**3
#: unpacked bytes per packed byte; sheets of numbers reach about 30
RATIO = 200
#: below this size the ratio says nothing
SMALL = 1024**2
ENTRIES = 10_000
_CHUNK = 1024**2


def opened(path: str | Path | IO[bytes], name: str, *, largest: int = LARGEST) -> zipfile.ZipFile:
    """Return the archive at `path`, checked; raise `SonlaError` if it is broken or unsafe.

    `largest` is how many bytes all entries may have together, unpacked.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise SonlaError([Problem(Code.UNREADABLE, place=Place(name), values={"why": str(error)})]) from error
    try:
        _check_directory(archive, name, largest)
        _check_contents(archive, name)
    except BaseException:
        archive.close()
        raise
    return archive


def _check_directory(archive: zipfile.ZipFile, name: str, largest: int) -> None:
    entries = archive.infolist()
    problems = [
        Problem(Code.UNSAFE_PATH, place=Place(name, excerpt=entry.filename), values={"path": entry.filename})
        for entry in entries
        if not is_inside(entry.filename)
    ]
    if len({entry.filename for entry in entries}) < len(entries):
        problems.append(_unsafe(name, "two entries have one name"))
    total = sum(entry.file_size for entry in entries)
    if len(entries) > ENTRIES:
        problems.append(_unsafe(name, f"{len(entries)} entries"))
    if total > largest:
        problems.append(_unsafe(name, f"{total} bytes unpacked"))
    for entry in entries:
        if entry.file_size > SMALL and entry.file_size > RATIO * max(entry.compress_size, 1):
            problems.append(
                _unsafe(name, f"{entry.filename}: {entry.compress_size} → {entry.file_size} bytes")
            )
        if entry.flag_bits & 1:
            problems.append(_unsafe(name, f"{entry.filename}: encrypted"))
    if problems:
        raise SonlaError(problems[:20])


#: what reading an archive raises that is damaged, or that changed since it was opened
BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError, NotImplementedError, OSError)


def _check_contents(archive: zipfile.ZipFile, name: str) -> None:
    for entry in archive.infolist():
        try:
            with archive.open(entry) as content:
                while content.read(_CHUNK):
                    pass
        except BROKEN as error:
            raise SonlaError([_unsafe(name, f"{entry.filename}: {error}")]) from error


def is_inside(path: str) -> bool:
    """Whether a path in an archive or a package is relative, local and stays below its folder."""
    parts = PurePosixPath(path.replace("\\", "/")).parts
    outside = path.startswith(("/", "\\")) or ".." in parts or ":" in path or "\x00" in path
    return bool(parts) and not outside


def _unsafe(name: str, why: str) -> Problem:
    return Problem(Code.UNSAFE_ARCHIVE, place=Place(name), values={"why": why})
