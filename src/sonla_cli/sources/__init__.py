"""Bytes → observations: the embedded package, and the files people bring."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sonla_cli.models.observation import Dataset

if TYPE_CHECKING:
    from sonla_cli.core.problem import Problem
    from sonla_cli.sources.files import Reading
    from sonla_cli.sources.mapping import Mapping


def load(
    paths: Sequence[str] = (),
    *,
    embedded: bool = True,
    reading: Reading | None = None,
    mapping: Mapping | None = None,
    warn: Callable[[Sequence[Problem]], None] | None = None,
) -> Dataset:
    """Return the embedded data and the tables at `paths` (`-` is stdin), merged.

    `reading` says how files are read where they do not say so themselves, `mapping` what the tables of a
    report leave open; `warn` is told what was not understood. Raises `SonlaError` with every problem of every table.
    """
    from sonla_cli.sources import embedded as package

    found = package.dataset() if embedded else Dataset.model_construct()
    if paths:
        from sonla_cli.sources.tables import load as tables

        result = tables(paths, reading=reading, mapping=mapping, known=package.dataset().source_by_id)
        if warn is not None and result.problems:
            warn(result.problems)
        brought = result.dataset
        if embedded:
            # a file that repeats published figures says nothing more about them
            known = frozenset(found.observations)
            fresh = tuple(each for each in brought.observations if each not in known)
            brought = brought.model_copy(update={"observations": fresh})
        else:
            cited = {each.source for each in brought.observations}
            sources = tuple(each for each in package.dataset().sources if each.id in cited)
            found = Dataset.model_construct(observations=(), sources=sources)
        found = found.merged(brought)
    return found
