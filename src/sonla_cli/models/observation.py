"""One published figure and what it is about, exactly as printed; and the publication it was printed in.

Field names are the columns of the observations table. A value keeps its digits (`9.10` is not `9.1`), a unit
its spelling; both are understood by `core.figure` and `core.unit`, never rewritten.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from sonla_cli.core import period as periods
from sonla_cli.core import unit as units
from sonla_cli.core.figure import Figure, Hedge

Measure = Literal[
    "actual", "plan", "target", "attainment", "growth", "index", "multiple", "share", "remaining", "change"
]
HedgeWord = Literal["", "exact", "about", "over", "under"]
Status = Literal["", "estimate", "preliminary", "final"]
SourceKind = Literal["official", "press", "press_translation", "repository", "user"]

Text = Annotated[str, Field(max_length=2000)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)*$", max_length=100)]
Digits = Annotated[str, Field(pattern=r"^[+-]?[0-9]{1,40}(\.[0-9]{1,20})?$")]


class Observation(BaseModel):
    """A figure as printed and what it is about.

    `value` holds digits with a decimal point and no grouping, `unit` one of the spellings of `core.unit`,
    `period` the grammar of `core.period`, `source` the id of a `Source`.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    area: Annotated[str, Field(min_length=1, max_length=200)]
    metric: Slug
    measure: Measure
    basis: Annotated[str, Field(pattern=r"^([a-z0-9_]+)?$", max_length=60)] = ""
    period: Annotated[str, Field(pattern=r"^[12][0-9]{3}[-@0-9QHM]*$", max_length=20)]
    value: Digits
    unit: Annotated[str, Field(min_length=1, max_length=60)]
    hedge: HedgeWord = ""
    status: Status = ""
    source: Annotated[str, Field(max_length=200)] = ""
    note: Text = ""
    #: for an area that changed on 1 July 2025: whether the figure stands on its `old` or `new` boundaries
    boundaries: Literal["", "old", "new"] = ""
    #: a unit of the area (department, commune, project management board); empty for the area as a whole
    entity: Annotated[str, Field(max_length=200)] = ""

    @cached_property
    def figure(self) -> Figure:
        """The value as a figure; raise `ValueError` for an unknown unit."""
        unit = units.parse(self.unit)
        if unit is None:
            raise ValueError(f"unknown unit: {self.unit!r}")
        return Figure(self.value, unit, Hedge(self.hedge or "exact"))

    @property
    def window(self) -> periods.Period:
        """The period, parsed; raise `ValueError` if it is none."""
        return periods.parse(self.period)


class Source(BaseModel):
    """A publication; `published_on` is an ISO date or empty."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    id: Annotated[str, Field(min_length=1, max_length=200)]
    title: Text = ""
    publisher: Text = ""
    published_on: Annotated[str, Field(pattern=r"^([12][0-9]{3}-[01][0-9]-[0-3][0-9])?$")] = ""
    url: Text = ""
    kind: SourceKind = "user"
    language: Annotated[str, Field(pattern=r"^[a-z]{0,3}$")] = ""


class Dataset(BaseModel):
    """Observations and the publications they cite."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    observations: tuple[Observation, ...] = Field(default=(), strict=False)
    sources: tuple[Source, ...] = Field(default=(), strict=False)

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

    if not TYPE_CHECKING:
        # a model can be iterated over its fields, which data frame libraries would take for its rows
        __iter__ = None

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand the observations to pandas, Polars or another reader of Arrow, one row each, all text as printed."""
        from sonla_cli.models import arrow

        return arrow.observations(self.observations, COLUMNS).__arrow_c_stream__(requested_schema)


#: the columns of the observations table, in order
COLUMNS = tuple(Observation.model_fields)
#: the columns of the table of sources, in order
SOURCE_COLUMNS = tuple(Source.model_fields)
