"""One published figure and what it is about, exactly as printed; and the publication it was printed in.

Field names are the columns of the observations table. A value keeps its digits (`9.10` is not `9.1`), a unit
its spelling; both are understood by `core.figure` and `core.unit`, never rewritten.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import Annotated, Any, ClassVar, Literal

from sonla_cli.core import period as periods
from sonla_cli.core import unit as units
from sonla_cli.core.figure import Figure, Hedge
from sonla_cli.models.model import Model, Text, model

Measure = Literal[
    "actual", "plan", "target", "attainment", "growth", "index", "multiple", "share", "remaining", "change"
]
HedgeWord = Literal["", "exact", "about", "over", "under"]
Status = Literal["", "estimate", "preliminary", "final"]
SourceKind = Literal["official", "press", "press_translation", "repository", "user"]

Sentence = Annotated[str, Text(most=2000)]
Slug = Annotated[str, Text(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)*$", most=100)]
Digits = Annotated[str, Text(pattern=r"^[+-]?[0-9]{1,40}(\.[0-9]{1,20})?$")]


@model
class Observation(Model):
    """A figure as printed and what it is about.

    `value` holds digits with a decimal point and no grouping, `unit` one of the spellings of `core.unit`,
    `period` the grammar of `core.period`, `source` the id of a `Source`.
    """

    area: Annotated[str, Text(1, 200)]
    metric: Slug
    measure: Measure
    basis: Annotated[str, Text(pattern=r"^([a-z0-9_]+)?$", most=60)] = ""
    period: Annotated[str, Text(pattern=r"^[12][0-9]{3}[-@0-9QHM]*$", most=20)]
    value: Digits
    unit: Annotated[str, Text(1, 60)]
    hedge: HedgeWord = ""
    status: Status = ""
    source: Annotated[str, Text(most=200)] = ""
    note: Sentence = ""
    #: for an area that changed on 1 July 2025: whether the figure stands on its `old` or `new` boundaries
    boundaries: Literal["", "old", "new"] = ""
    #: a unit of the area (department, commune, project management board); empty for the area as a whole
    entity: Annotated[str, Text(most=200)] = ""

    @property
    def figure(self) -> Figure:
        """The value as a figure; raise `ValueError` for an unknown unit."""
        return _figure(self.value, self.unit, self.hedge)

    @property
    def window(self) -> periods.Period:
        """The period, parsed; raise `ValueError` if it is none."""
        return periods.parse(self.period)


@lru_cache(maxsize=10_000)
def _figure(value: str, unit: str, hedge: str) -> Figure:
    known = units.parse(unit)
    if known is None:
        raise ValueError(f"unknown unit: {unit!r}")
    return Figure(value, known, Hedge(hedge or "exact"))


@model
class Source(Model):
    """A publication; `published_on` is an ISO date or empty."""

    id: Annotated[str, Text(1, 200)]
    title: Sentence = ""
    publisher: Sentence = ""
    published_on: Annotated[str, Text(pattern=r"^([12][0-9]{3}-[01][0-9]-[0-3][0-9])?$")] = ""
    url: Sentence = ""
    kind: SourceKind = "user"
    language: Annotated[str, Text(pattern=r"^[a-z]{0,3}$")] = ""


@model
class Dataset(Model):
    """Observations and the publications they cite."""

    observations: tuple[Observation, ...] = ()
    sources: tuple[Source, ...] = ()
    #: makes what a notebook shows; the package puts it here, for models know no renderer
    shown: ClassVar[Callable[[Dataset], Any] | None] = None

    def __repr__(self) -> str:
        """Return how much there is: the figures themselves are in `observations`."""
        return f"<Dataset: {len(self.observations)} observations, {len(self.sources)} sources>"

    def _repr_html_(self) -> str | None:
        shown = type(self).shown
        return None if shown is None else str(shown(self)._repr_html_())

    @cached_property
    def source_by_id(self) -> dict[str, Source]:
        """The sources by their id."""
        return {source.id: source for source in self.sources}

    def merged(self, other: Dataset) -> Dataset:
        """Return both together; a source named in both is taken from `other`."""
        sources = {**self.source_by_id, **other.source_by_id}
        return Dataset.model_construct(
            observations=self.observations + other.observations, sources=tuple(sources.values())
        )

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand the observations to pandas, Polars or another reader of Arrow, one row each, all text as printed."""
        from sonla_cli.models import arrow

        return arrow.observations(self.observations, COLUMNS).__arrow_c_stream__(requested_schema)


#: the columns of the observations table, in order
COLUMNS = Observation.model_fields
#: the columns of the table of sources, in order
SOURCE_COLUMNS = Source.model_fields
