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


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of the embedded table `name`."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        columns = next(reader)
        for row in reader:
            yield dict(zip(columns, row, strict=True))


@cache
def dataset() -> Dataset:
    """Return the whole embedded package."""
    return Dataset.model_construct(
        observations=tuple(Observation.model_construct(**row) for row in rows("observations")),
        sources=tuple(Source.model_construct(**row) for row in rows("sources")),
    )
