"""What a figure is compared with: an earlier level or the country's, an earlier window, another area.

The one convention: a number that stands between a word of comparison and its base ("cao hơn mức 36,9 % của cùng
kỳ") is the level of that base, not the difference from it; a bare window after a ratio ("bằng 98 % quý II") is its
base where it ends before the window in force.
"""

from __future__ import annotations

from sonla_cli.press import quantities as q
from sonla_cli.press import relations as r
from sonla_cli.press.head import Tail
from sonla_cli.press.marks import Kind
from sonla_cli.press.quantities import Quantity
from sonla_cli.press.relations import Base
from sonla_cli.press.state import Sentence

#: words that name a level, and those before them that compare with it
_LEVELS = (["mức"], ["con", "số"], ["tỷ", "lệ"], ["kết", "quả"])
_GROWTHS = (["mức", "tăng"], ["tốc", "độ", "tăng"], ["mức", "tăng", "trưởng"], ["tăng", "trưởng"])
#: windows of one kind have one shape
_SHAPE = str.maketrans("123456789?", "0000000000")
_COMPARES = frozenset({"hơn", "với", "so", "vượt"})


def take_level(s: Sentence, figure: Quantity, tail: Tail) -> None:
    """Let a figure be the level of the base named right after it, where the words before it compare."""
    base = tail.base_first
    if base is None or base.kind != Kind.CHANGE_BASE or tail.against or base.first - figure.last > 1:
        return
    grows = _is_compared(s, figure, _GROWTHS)
    if not grows and not _is_compared(s, figure, _LEVELS):
        return
    head = s.head
    head.level, head.level_year, head.level_grows, head.is_level = base, tail.base_year, grows, True
    head.relation = head.against = head.base = None
    tail.base = tail.base_first = tail.base_last = None
    tail.base_year = ""


def _is_compared(s: Sentence, figure: Quantity, names: tuple[list[str], ...]) -> bool:
    """Whether one of the names of a level stands right before the figure, after a word that compares."""
    words, end = s.words, figure.first
    return any(
        end > len(name) and words[end - len(name) : end] == name and words[end - len(name) - 1] in _COMPARES
        for name in names
    )


def take_earlier_window(s: Sentence, figure: Quantity, tail: Tail) -> None:
    """Let a bare window after a ratio be what it is measured against, where it is earlier than the one in force."""
    window = tail.period
    if window is None or tail.base is not None or figure.sort not in (q.PERCENT, q.TIMES, q.PART):
        return
    if window.first - figure.last > 1 or not _is_ratio(s) or not _is_before(s, window.value):
        return
    tail.base = Base(change=window.value)
    tail.base_first = tail.base_last = window
    tail.period = None


def _is_ratio(s: Sentence) -> bool:
    relation = s.head.relation
    return relation is not None and relation.value == r.EQUAL and "bằng" in s.said(relation)


def _is_before(s: Sentence, value: str) -> bool:
    """Whether a window is of the kind of the one in force and comes before it."""
    if not s.window or value.translate(_SHAPE) != s.window.translate(_SHAPE):
        return False
    resolve = s.context.resolve
    return "" < resolve(value, s.year_said) < resolve(s.window, s.year_said)
