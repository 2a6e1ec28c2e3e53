"""Work on a stranger's file in a process of its own: what breaks it, fills its memory or never ends ends nothing else.

The other process runs a module of this package with the file on stdin and gives its answer on stdout. It is bounded
in time everywhere, and in memory where the system can.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Callable

#: bytes of memory and seconds of the clock such a process may take
MEMORY = 2 * 1024**3
PATIENCE = 120
#: the status of a file that the reader refuses, with its reason on stdout
REFUSED = 3


class ApartError(Exception):
    """The process refused the file, saying why, or came to a bad end, saying nothing."""


def ask(module: str, data: bytes) -> bytes:
    """Return what `module` answers to `data`; raise `ApartError` with its reason, empty if it came to a bad end."""
    # -P: whatever lies in the working folder is no part of this program
    command = [sys.executable, "-P", "-m", module]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603 - ourselves
    except subprocess.TimeoutExpired as error:
        raise ApartError(f"not read within {PATIENCE} seconds") from error
    if done.returncode == REFUSED:
        raise ApartError(done.stdout.decode("utf-8", "replace"))
    if done.returncode:
        raise ApartError
    return done.stdout


def answer(read: Callable[[bytes], bytes], refused: tuple[type[Exception], ...]) -> int:
    """Answer in the other process: write what `read` makes of stdin, and return the status to exit with."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        found = read(sys.stdin.buffer.read())
    except refused as error:
        sys.stdout.buffer.write(str(error).encode())
        return REFUSED
    sys.stdout.buffer.write(found)
    return 0
