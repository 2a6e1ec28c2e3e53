"""Appends observations to a data package, one process at a time, all of them or none.

An observation that the package already holds is refused. A figure that was revised is another observation: both
vintages stay, and a warning says so where only the value tells them apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sonla_cli.core.problem import Code, Place, Problem, Severity, SonlaError
from sonla_cli.models.observation import COLUMNS, Dataset, Observation
from sonla_cli.sources import embedded, package, tables, writing
from sonla_cli.sources.descriptor import KEY
from sonla_cli.sources.files import Reading
from sonla_cli.sources.mapping import Mapping

LOCK = ".sonla.lock"
#: seconds to wait for another process that is adding to the same package
PATIENCE = 60.0
_SAME = tuple(name for name in KEY if name != "value")


def add(
    paths: Sequence[str],
    to: str,
    *,
    reading: Reading | None = None,
    mapping: Mapping | None = None,
    patience: float = PATIENCE,
) -> tuple[int, list[Problem]]:
    """Append the observations of `paths` to the package in folder `to`, which is made if it is not there.

    Returns how many were added, and warnings. Raises `SonlaError` with every problem, and nothing is written.
    """
    import filelock

    folder = Path(to).parent if Path(to).name == package.DESCRIPTOR else Path(to)
    # checked before the lock is taken: a slow or interactive input must not hold up others
    brought = tables.load(paths, reading=reading, mapping=mapping, known=embedded.dataset().source_by_id)
    _refuse(_compared(Dataset(), brought.observations, str(folder)))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(folder / LOCK, timeout=patience):
            old = _existing(folder)
            problems = _compared(old, brought.observations, str(folder))
            _refuse(problems)
            writing.write(_joined(old, brought), str(folder), form="package", force=True)
    except filelock.Timeout:
        values = {"seconds": f"{patience:g}"}
        raise SonlaError([Problem(Code.LOCKED, place=Place(str(folder)), values=values)]) from None
    except OSError as error:
        values = {"why": error.strerror or str(error)}
        raise SonlaError([Problem(Code.UNWRITABLE, place=Place(str(folder)), values=values)]) from error
    return len(brought.observations), [*brought.problems, *problems]


def _refuse(problems: Sequence[Problem]) -> None:
    if any(each.severity is Severity.ERROR for each in problems):
        raise SonlaError(problems)


def _existing(folder: Path) -> Dataset:
    if not (folder / package.DESCRIPTOR).exists():
        return Dataset()
    name, text, _ = package.folder(folder)
    described = package.parsed(name, text)
    paths = {resource.name: resource.path for resource in described.resources}
    if paths != {"observations": "observations.csv", "sources": "sources.csv"} or any(
        each.name not in COLUMNS
        for resource in described.resources if resource.name == "observations"
        for each in resource.table.fields
    ):  # fmt: skip
        raise SonlaError([Problem(Code.PACKAGE_LAYOUT, place=Place(name))])
    return tables.load([str(folder)]).dataset


def _compared(old: Dataset, brought: Sequence[Observation], folder: str) -> list[Problem]:
    """Return a problem for every observation that is there already, and a warning for every revised figure."""
    problems: list[Problem] = []
    values: dict[tuple[str, ...], set[str]] = {}
    for each in old.observations:
        values.setdefault(_key(each), set()).add(each.value)
    for each in brought:
        printed = values.setdefault(_key(each), set())
        what = {
            "area": each.area,
            "metric": each.metric,
            "measure": each.measure,
            "basis": each.basis,
            "period": each.period,
        }
        what = {
            **what,
            "name": " ".join(filter(None, what.values())),
            "value": each.value,
            "source": each.source,
        }
        if each.value in printed:
            problems.append(Problem(Code.DUPLICATE, place=Place(folder), values=what))
        elif printed:
            old_values = {**what, "old": ", ".join(sorted(printed))}
            problems.append(Problem(Code.REVISED, Severity.WARNING, Place(folder), old_values))
        printed.add(each.value)
    return problems


def _key(observation: Observation) -> tuple[str, ...]:
    return tuple(getattr(observation, name) for name in _SAME)


def _joined(old: Dataset, brought: tables.Result) -> Dataset:
    cited = {each.source for each in brought.observations}
    known = {name: source for name, source in embedded.dataset().source_by_id.items() if name in cited}
    sources = {**known, **brought.sources, **old.source_by_id}
    return Dataset.model_construct(
        observations=(*old.observations, *brought.observations), sources=tuple(sources.values())
    )
