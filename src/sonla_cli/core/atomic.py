"""Files appear whole or not at all: written under another name beside the target, flushed, then renamed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path, *, force: bool = False) -> Iterator[Path]:
    """Give a temporary path to write to, which becomes `path` if the block ends without an exception.

    Raises `FileExistsError` where `path` exists and `force` is not given, before and after the writing: a
    file that another process made meanwhile is not overwritten either.
    """
    if not force and path.exists():
        raise FileExistsError(path)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        if force:
            temporary.replace(path)
        else:
            _place(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _place(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)  # fails where the name is taken, which a rename does not
    except FileExistsError:
        raise
    except OSError:
        # a file system without links: the check before the writing has to do
        if path.exists():
            raise FileExistsError(path) from None
        temporary.replace(path)


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current
