"""Bytes → observations: the embedded package, and the files people bring."""

from __future__ import annotations

from collections.abc import Sequence

from sonla_cli.models.observation import Dataset


def load(paths: Sequence[str] = (), *, embedded: bool = True) -> Dataset:
    """Return the embedded data and the tables at `paths` (`-` is stdin), merged.

    Raises `SonlaError` with every problem of every table.
    """
    from sonla_cli.sources import embedded as package

    found = package.dataset() if embedded else Dataset()
    if paths:
        from sonla_cli.sources.tables import read

        found = found.merged(read(paths))
    return found
