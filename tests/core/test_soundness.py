"""True values, hidden, printed and read back: none lies outside a bound. `docs/soundness.md` tells of a million."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.console import run
from tests.truth import trials


@pytest.mark.parametrize("kind", trials.KINDS)
@given(draw=st.randoms(use_true_random=False))
def test_no_bound_misses_the_truth(kind, draw):
    trials.KINDS[kind](draw)


def first(count: int) -> None:
    for number in range(count):
        trials.example(number)


def test_the_first_examples_of_the_long_run_miss_nothing():
    first(10 * settings().max_examples)


def test_a_bound_that_is_too_narrow_is_noticed(monkeypatch):
    """What is looked for would be found: with ends rounded inwards something misses."""
    from sonla_cli.core import interval

    monkeypatch.setattr(interval, "DOWN", interval.UP)
    with pytest.raises(trials.Missed):
        first(1_000)


@pytest.mark.slow
def test_a_share_of_the_long_run_misses_nothing():
    done = run("python scripts/soundness.py 40000 --first 7000000 --processes 2")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "| figures | 12,000 |" in done.stdout
