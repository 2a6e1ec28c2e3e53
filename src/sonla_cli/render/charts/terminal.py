"""Pictures in letters: bars with their interval, and a rate over the year on a grid; plain ASCII where need be.

The interval of a bar is drawn as an interval, `█████░░`, and its numbers stand beside it; colour is not used.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from sonla_cli.render import people
from sonla_cli.render.charts.picture import Mark, Panel, Picture
from sonla_cli.render.problems import printable


class Letters(NamedTuple):
    """What the parts of a picture are drawn with."""

    full: str
    band: str
    line: str
    other: str
    corner: str
    across: str
    upright: str
    points: str
    path: str
    open: str


UNICODE = Letters("█", "░", "│", "┊", "└", "─", "│", "●■◆▲○", "·", "▶")
ASCII = Letters("#", "-", "|", ":", "+", "-", "|", "*x%^o", ".", ">")
#: the size of the grid of a course, at most
WIDEST, HEIGHT = 96, 20


def render(picture: Picture, *, width: int = 80, ascii_only: bool = False) -> str:
    """Return the picture as lines of text no wider than `width`."""
    letters = ASCII if ascii_only else UNICODE
    lines = [*_folded(picture.title, width), ""]
    lines += _course(picture, letters, width) if picture.kind == "course" else _bars(picture, letters, width)
    text = "\n".join(printable(line.replace("\u00a0", " ")).rstrip() for line in lines) + "\n"
    return _plain(text) if ascii_only else text


_SPELLED = str.maketrans("đĐ–−\u00a0÷×", "dD-- /x") | {ord("…"): "..", ord("≤"): "<=", ord("≥"): ">="}


def _plain(text: str) -> str:
    """Return text in ASCII: letters without their marks, signs spelled out."""
    import unicodedata

    spelled = text.translate(_SPELLED)
    return unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()


def _bars(picture: Picture, letters: Letters, width: int) -> Iterator[str]:
    for panel in picture.panels:
        if panel.title:
            yield f"{panel.title} ({panel.unit})"
        for mark in panel.marks:
            yield from _bar(picture, panel, mark, letters, width)
        yield ""
    for place, line in enumerate(line for line in picture.lines if line.level is not None):
        yield f"{(letters.line, letters.other)[place % 2]} {line.label}"
    if picture.note:
        yield from _folded(picture.note, width)


def _bar(picture: Picture, panel: Panel, mark: Mark, letters: Letters, width: int) -> Iterator[str]:
    levels = [line.level for line in picture.lines if line.level is not None]
    most = max([each.high for each in panel.marks] + levels + [Decimal(1)])
    room = max(10, min(WIDEST, width - 4))
    label = f"{mark.label}, {mark.note}" if mark.note else mark.label
    bounds = people.bounds(mark.row) if mark.row.value is not None else ""
    amount = f"{mark.text}  ({bounds})" if bounds and mark.row.how != "published" else mark.text
    strong = "▸ " if mark.strong and letters is UNICODE else "> " if mark.strong else "  "
    free = room - len(label) - len(amount)
    if free > 0:
        yield f"{strong}{label}{' ' * free}{amount}"
    else:
        yield from (f"{strong}{line}" for line in _folded(label, room))
        yield from (f"  {line:>{room}}" for line in _folded(amount, room))
    low, high = (round(max(each, Decimal(0)) / most * room) for each in (mark.low, mark.high))
    drawn = list(letters.full * low + letters.band * max(high - low, 0) + " " * (room - max(low, high)))
    for place, level in enumerate(levels):
        at = min(room - 1, round(level / most * room))
        drawn[at] = (letters.line, letters.other)[place % 2]
    yield f"  {''.join(drawn).rstrip()}{letters.open if mark.is_open else ''}"


def _folded(text: str, width: int) -> list[str]:
    import textwrap

    return textwrap.wrap(text, max(20, width)) or [""]


def _course(picture: Picture, letters: Letters, width: int) -> Iterator[str]:
    days = 396
    room = max(20, min(WIDEST, width - 8))
    grid = [[" "] * room for _row in range(HEIGHT + 1)]

    def put(day: int, rate: Decimal, letter: str, *, over: bool = True) -> None:
        column = min(room - 1, max(0, round((day - 1) / days * (room - 1))))
        row = HEIGHT - min(HEIGHT, max(0, round(float(rate) / 100 * HEIGHT)))
        if over or grid[row][column] == " ":
            grid[row][column] = letter

    for line in picture.lines:
        if line.ends:
            (first, _zero), (last, level) = line.ends
            for day in range(first, last + 1):
                put(day, level * (day - first) / (last - first), letters.path)
    signs = {name: letters.points[place % len(letters.points)] for place, name in enumerate(picture.series)}
    for mark in sorted(picture.marks, key=lambda mark: mark.strong):
        put(mark.at, mark.row.value if mark.row.value is not None else mark.low, signs[mark.series])
    for number, row in enumerate(grid):
        rate = (HEIGHT - number) * 100 // HEIGHT
        named = f"{people.with_unit(str(rate), '%', ' '):>6}" if rate % 20 == 0 else " " * 6
        yield f"{named} {letters.upright}{''.join(row)}"
    yield f"{' ' * 7}{letters.corner}{letters.across * room}"
    yield _months(picture, room, days)
    yield ""
    for name, sign in signs.items():
        latest = [mark for mark in picture.marks if mark.series == name][-1]
        yield from _folded(f"{sign} {name}: {latest.text} ({latest.label})", width)
    yield from (f"{letters.path} {line.label}" for line in picture.lines)


def _months(picture: Picture, room: int, days: int) -> str:
    named = [" "] * (room + 10)
    for day, name in picture.months[:: 1 if room > 48 else 2]:
        at = round((day - 1) / days * (room - 1))
        for place, letter in enumerate(name.partition("/")[0], at):
            named[place] = letter
    return " " * 8 + "".join(named)
