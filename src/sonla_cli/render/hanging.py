"""A line that is wrapped keeps its indent: what does not fit stands under the first word, not under the margin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rich.console import Console, ConsoleOptions
from rich.measure import Measurement
from rich.text import Text


class Hanging(NamedTuple):
    """A mark, such as `  ● ` or `! `, and the text that hangs from it."""

    mark: str
    text: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        """Yield the lines: the first after the mark, the others as far in."""
        room = max(1, options.max_width - len(self.mark))
        for place, line in enumerate(self.text.wrap(console, room, overflow="fold")):
            before = " " * len(self.mark) if place else self.mark
            yield Text(before, style=self.text.style).append_text(line)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Return how wide the text is with its mark."""
        least, most = Measurement.get(console, options, self.text)
        return Measurement(least + len(self.mark), most + len(self.mark))
