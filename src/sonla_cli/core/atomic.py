"""Files appear whole or not at all: written under another name beside the target, flushed, then renamed.

The temporary file `.NAME.….sonla` is locked by the process that writes it. One that nobody holds was left by a
process that was killed, and the next writing of the same file clears it away. A request to end (SIGTERM, SIGHUP,
Ctrl-C) is an exception while a file is written, so that nothing is left, and is obeyed after that.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

try:
    import fcntl
except ImportError:  # a system without these locks, where nothing is cleared away either
    fcntl = None  # type: ignore[assignment]

SUFFIX = ".sonla"
#: letters of the target's name in that of the temporary file, which must not grow too long itself
_LETTERS = 60


@contextmanager
def replacing(path: Path, *, force: bool = False) -> Iterator[Path]:
    """Give a temporary path to write to, which becomes `path` if the block ends without an exception.

    Raises `FileExistsError` where `path` exists and `force` is not given, before and after the writing: a
    file that another process made meanwhile is not overwritten either.
    """
    if not force and path.exists():
        raise FileExistsError(path)
    with ending_tidily() as requests:
        _clear(path)
        handle, temporary = None, None
        try:
            with requests.waiting():
                handle, temporary = _locked(path)
            yield temporary
            with temporary.open("rb") as written:
                os.fsync(written.fileno())
            temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
            if force:
                temporary.replace(path)
            else:
                _place(temporary, path)
        finally:
            with requests.waiting():
                if temporary is not None:
                    temporary.unlink(missing_ok=True)
                if handle is not None:
                    os.close(handle)


def _prefix(path: Path) -> str:
    return f".{path.name[:_LETTERS]}."


def _locked(path: Path) -> tuple[int | None, Path]:
    """Make a temporary file beside `path` and lock it; return the handle that holds the lock, and its path."""
    while True:
        handle, name = tempfile.mkstemp(SUFFIX, _prefix(path), path.parent)
        if fcntl is None:
            os.close(handle)
            return None, Path(name)
        with suppress(OSError):  # a file system without locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        # between its making and its lock another process may have taken it for one that was left
        if os.fstat(handle).st_nlink:
            return handle, Path(name)
        os.close(handle)


def _clear(path: Path) -> None:
    """Remove the temporary files of `path` that no process holds."""
    if fcntl is None:
        return
    prefix = _prefix(path)
    with suppress(OSError):
        for each in path.parent.iterdir():
            if each.name.startswith(prefix) and each.name.endswith(SUFFIX):
                _clear_if_left(each)


def _clear_if_left(temporary: Path) -> None:
    # held by another process, gone already, or not ours to open: it stays
    with suppress(OSError), temporary.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        temporary.unlink()


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


class _Ended(BaseException):
    """The process was asked to end."""


class _Requests:
    """The handler of requests to end: an exception for the first, at once or after what must not be disturbed."""

    def __init__(self) -> None:
        self.asked = 0
        self._is_waiting = self._is_told = False

    def __call__(self, number: int, _frame: FrameType | None) -> None:
        # once: a second request must not interrupt the tidying
        self.asked = self.asked or number
        self._tell()

    def _tell(self) -> None:
        if self.asked and not (self._is_waiting or self._is_told):
            import signal

            self._is_told = True
            raise KeyboardInterrupt if self.asked == signal.SIGINT else _Ended

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Let requests wait until the block is done."""
        self._is_waiting = True
        try:
            yield
        finally:
            self._is_waiting = False
            self._tell()


@contextmanager
def ending_tidily() -> Iterator[_Requests]:
    """Let a request to end leave the block as an exception, so that temporary files go, and end then.

    Does nothing outside the main thread, and where somebody else looks after such requests.
    """
    import signal
    import threading

    requests = _Requests()
    usual = {signal.SIGINT: signal.default_int_handler, signal.SIGTERM: signal.SIG_DFL}
    if hasattr(signal, "SIGHUP"):
        usual[signal.SIGHUP] = signal.SIG_DFL
    mine = {}
    if threading.current_thread() is threading.main_thread():
        mine = {number: handler for number, handler in usual.items() if signal.getsignal(number) is handler}
    try:
        for number in mine:
            signal.signal(number, requests)
        yield requests
    finally:
        for number, handler in mine.items():
            signal.signal(number, handler)
        if requests.asked and requests.asked != signal.SIGINT:
            os.kill(os.getpid(), requests.asked)
