"""Bytes → observations: the embedded package, and the files people bring."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from os import PathLike, fspath
from typing import TYPE_CHECKING, TypeAlias

from sonla_cli.models.observation import Dataset

if TYPE_CHECKING:
    from sonla_cli.core.problem import Problem
    from sonla_cli.models.arrow import Tabular
    from sonla_cli.sources.files import Reading
    from sonla_cli.sources.mapping import Mapping

    #: what `load` reads: a path, or a data frame of any library that speaks Arrow
    Given: TypeAlias = str | PathLike[str] | Tabular


def load(
    paths: Given | Sequence[Given] = (),
    *,
    embedded: bool = True,
    reading: Reading | None = None,
    mapping: Mapping | None = None,
    warn: Callable[[Sequence[Problem]], None] | None = None,
) -> Dataset:
    """Return the embedded data and the tables at `paths` (`-` is stdin), merged; a data frame is a table too.

    `reading` says how files are read where they do not say so themselves, `mapping` what the tables of a
    report leave open; `warn` is told what was not understood. Raises `SonlaError` with every problem of every table.
    """
    from sonla_cli.sources import embedded as package

    given = _listed(paths)
    found = package.dataset() if embedded else Dataset.model_construct()
    if given:
        from sonla_cli.sources.tables import load as tables

        result = tables(given, reading=reading, mapping=mapping, known=package.dataset().source_by_id)
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


def _listed(given: Given | Sequence[Given]) -> list[object]:
    """Return what was given as a list, paths as text; one path or one data frame is a list of one."""
    if isinstance(given, str | PathLike) or _is_tabular(given):
        every: list[object] = [given]
    else:
        every = list(given)  # type: ignore[arg-type]
    for each in every:
        if not isinstance(each, str | PathLike) and not _is_tabular(each):
            raise TypeError(f"neither a path nor a data frame: {each!r:.80}")
    return [fspath(each) if isinstance(each, PathLike) else each for each in every]


def _is_tabular(given: object) -> bool:
    """Whether an object hands itself over as a table, by Arrow's protocol or the older one of data frames."""
    return hasattr(given, "__arrow_c_stream__") or hasattr(given, "__dataframe__")
