"""Progress on stderr: only on a terminal, and only where the work takes longer than a second."""

from __future__ import annotations

import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sonla_cli.render.problems import printable

if TYPE_CHECKING:
    from rich.text import Text

#: seconds before anything is said
PATIENCE = 1.0


class Progress:
    """Says what is being done; `step` names it. Nothing is left behind on the terminal."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._shown = sys.stderr.isatty() and not quiet
        self._label = ""
        self._status: object | None = None
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None

    def __enter__(self) -> Self:
        if self._shown:
            self._timer = threading.Timer(PATIENCE, self._open)
            self._timer.daemon = True
            self._timer.start()
        return self

    def step(self, label: str) -> None:
        """Name what is being done now."""
        from rich.status import Status

        with self._lock:
            self._label = label
            if isinstance(self._status, Status):
                self._status.update(self._shown_label())

    def _shown_label(self) -> Text:
        from rich.text import Text

        return Text(printable(self._label))

    def _open(self) -> None:
        from rich.console import Console
        from rich.status import Status

        from sonla_cli.render.terminal import HEIGHT, width

        console = Console(stderr=True, width=width(on_terminal=True), height=HEIGHT)
        with self._lock:
            if self._shown:
                self._status = Status(self._shown_label(), console=console, spinner="dots")
                self._status.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()
        from rich.status import Status

        with self._lock:
            self._shown = False
            if isinstance(self._status, Status):
                self._status.stop()
