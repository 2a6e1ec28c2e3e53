"""The terminal: its width, and whether it takes colour (`NO_COLOR`, `TERM=dumb` and pipes do not)."""

from __future__ import annotations

import os
import sys
from io import StringIO

from rich.cells import cell_len
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

#: the width where there is no terminal to ask
PIPED = 100
LEAST = 40


def console(color: str = "auto", *, to_file: bool = False) -> Console:
    """Return a console that collects what is printed; see `text`."""
    on_terminal = sys.stdout.isatty() and not to_file
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb" or not on_terminal
    coloured = color == "always" or (color == "auto" and not plain)
    return Console(
        file=StringIO(), width=max(LEAST, width(on_terminal=on_terminal)), force_terminal=coloured,
        no_color=not coloured, color_system="standard" if coloured else None, highlight=False, markup=False, emoji=False,
        force_jupyter=False,  # what is printed is collected in a notebook too, which shows what `show` returns
    )  # fmt: skip


def width(*, on_terminal: bool) -> int:
    """Return the columns there are: `COLUMNS`, the terminal's, or a page's."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked):
        return int(asked)
    return os.get_terminal_size().columns if on_terminal else PIPED


def fits(out: Console, table: Table) -> bool:
    """Whether the table can be shown with every cell of its unbreakable columns whole."""
    for column in table.columns:
        if column.no_wrap:
            texts = [str(cell) for cell in (column.header, *column.cells)]
            column.min_width = max(cell_len(line) for each in texts for line in each.split("\n"))
    unlimited = out.options.update(width=10_000)
    return Measurement.get(out, unlimited, table).minimum <= out.width


def text(out: Console) -> str:
    """Return what was printed, without blanks at line ends."""
    file = out.file
    lines = file.getvalue().splitlines() if isinstance(file, StringIO) else []
    return "\n".join(line.rstrip() for line in lines) + "\n"
