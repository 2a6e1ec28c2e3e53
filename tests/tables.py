"""Small tables of observations written in a test: one line per figure, columns left out are empty."""

from __future__ import annotations

import csv

from sonla_cli.models.observation import Dataset, Observation
from sonla_cli.reports.query import Query

DEFAULTS = {"area": "Sơn La", "unit": "tỷ đồng"}


def dataset(text: str) -> Dataset:
    """Return the observations of a CSV text; area and unit have defaults."""
    lines = [line.strip() for line in text.strip().splitlines()]
    rows = csv.DictReader(lines, skipinitialspace=True, restval="")
    return Dataset(observations=tuple(Observation(**{**DEFAULTS, **row}) for row in rows))


def query(text: str, **asked: str) -> Query:
    """Return a query of such a table."""
    return Query(dataset(text), **asked)
