"""A sentence read from left to right, once: every figure with its subject, relation, base and window.

The one convention: the pass takes each mark in turn. Before a figure it notes what is said (`before`); at a
figure it gathers the words after it (`head`), decides (`statements`) and keeps what lasts (`figures`).
"""

from __future__ import annotations

from collections.abc import Sequence

from sonla_cli.press.before import HANDLERS
from sonla_cli.press.context import Context
from sonla_cli.press.figures import read_figure
from sonla_cli.press.head import tail_of
from sonla_cli.press.marks import Mark
from sonla_cli.press.state import Sentence
from sonla_cli.press.tokens import Tokens


def read_sentence(tokens: Tokens, marks: Sequence[Mark], context: Context) -> Sentence:
    """Read a sentence; its `drafts` are the figures found."""
    s = Sentence(tokens, marks, context)
    count = len(marks)
    while s.at < count:
        mark = marks[s.at]
        if mark.figure is not None:
            tail = tail_of(marks, s.at, mark.figure.sort)
            read_figure(s, mark.figure, tail)
            s.at = tail.next
            continue
        handler = HANDLERS.get(mark.kind)
        if handler is not None:
            handler(s, mark)
        s.at += 1
    return s
