"""The terminal: its width, and whether it takes colour (`NO_COLOR`, `TERM=dumb` and pipes do not)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from io import StringIO

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.measure import Measurement
from rich.segment import Segment
from rich.table import Table

from sonla_cli.render.problems import printable

#: the width where there is no terminal to ask
PIPED = 100
LEAST = 40
#: no line is filled further than this, whatever `COLUMNS` says
WIDEST = 10_000
#: said so that rich does not ask the variables itself, and trip over what they hold
HEIGHT = 25


class SafeConsole(Console):
    """A console on which no text steers the terminal: what is not ours to send is shown as an escape."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Yield the segments of what is printed, every text of them printable."""
        for text, style, control in super().render(renderable, options):
            yield Segment(text if control else printable(text, lines=True), style, control)


def console(color: str = "auto", *, to_file: bool = False) -> Console:
    """Return a console that collects what is printed; see `text`."""
    on_terminal = sys.stdout.isatty() and not to_file
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb" or not on_terminal
    coloured = color == "always" or (color == "auto" and not plain)
    return SafeConsole(
        file=StringIO(), width=max(LEAST, width(on_terminal=on_terminal)), height=HEIGHT, force_terminal=coloured,
        no_color=not coloured, color_system="standard" if coloured else None, highlight=False, markup=False, emoji=False,
        force_jupyter=False,  # what is printed is collected in a notebook too, which shows what `show` returns
    )  # fmt: skip


def width(*, on_terminal: bool) -> int:
    """Return the columns there are: `COLUMNS`, the terminal's, or a page's."""
    asked = os.environ.get("COLUMNS", "")
    # beyond eight digits it is no width, and Python may refuse to count so far
    if asked.isdecimal() and len(asked) < 9 and int(asked):
        return min(int(asked), WIDEST)
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
