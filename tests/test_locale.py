"""The Vietnamese catalogue is complete, current and compiled."""

from __future__ import annotations

from tests.console import run


def test_the_catalogue_is_complete_and_compiled():
    done = run("python scripts/messages.py --check")
    assert done.stdout == "\n", done.stdout
    assert done.returncode == 0
