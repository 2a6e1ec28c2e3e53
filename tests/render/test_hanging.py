"""A wrapped line stands under its first word, loses nothing and fits."""

from __future__ import annotations

from io import StringIO

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from sonla_cli.render import terminal
from sonla_cli.render.hanging import Hanging

WORDS = st.lists(st.text("aơệ1%", min_size=1, max_size=12), min_size=1, max_size=12).map(" ".join)


@given(text=WORDS, mark=st.sampled_from(["! ", "  ● ", "    ◌ ", " 12. "]), width=st.integers(20, 60))
def test_what_is_wrapped_hangs_from_its_mark(text, mark, width):
    console = Console(file=StringIO(), width=width)
    console.print(Hanging(mark, Text(text)))
    first, *others = terminal.text(console).splitlines()
    assert first.startswith(mark)
    assert all(line.startswith(" " * len(mark)) and line[len(mark)] != " " for line in others)
    assert " ".join([first[len(mark) :], *(line[len(mark) :] for line in others)]) == text
    assert all(len(line) <= width for line in (first, *others))
