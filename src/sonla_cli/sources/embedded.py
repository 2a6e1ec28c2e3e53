"""The data package that ships with `sonla`: published figures, each with its source.

Its rows are not checked again by every run: the tests hold each against the models, and its descriptor carries the
checksum of what they saw. What people bring is checked always.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from sonla_cli.models.observation import Dataset, Observation, Source

FOLDER = Path(__file__).parent.parent / "data"


def _table(name: str) -> Iterator[list[str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file)


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of the embedded table `name`."""
    columns, *table = _table(name)
    for row in table:
        yield dict(zip(columns, row, strict=True))


@cache
def dataset() -> Dataset:
    """Return the whole embedded package."""
    _, *observations = _table("observations")
    _, *sources = _table("sources")
    # the columns are the fields, in their order
    return Dataset.model_construct(
        observations=tuple(map(Observation.model_row, observations)),
        sources=tuple(map(Source.model_row, sources)),
    )
