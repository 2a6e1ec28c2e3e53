"""The promise to scripts: one document per command, ids and canonical units, no translated text.

`low` and `high` are guaranteed, rounded outwards to 12 significant digits, `null` where unbounded; `value` is
what the printed digits give, `null` where only bounds are known. Within a version the schema only grows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import field
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from sonla_cli.models.model import JsonNumber, Model, model

How = Literal["published", "computed", "implied", "assumed"]
Verdict = Literal["exact", "within rounding", "contradictory", "cannot tell"]


#: a decimal that JSON shows as a number, with all its digits
Number = Annotated[Decimal, JsonNumber()]


@model
class Schema(Model):
    """Name and version of the document's schema."""

    name: Literal["sonla.report"] = "sonla.report"
    version: Literal[1] = 1


@model
class Input(Model):
    """A number a value was computed from: the id of another value, or a quantity of the calendar."""

    name: str
    id: str = ""
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    unit: str = ""


@model
class Other(Model):
    """The same figure in another publication."""

    value: Number
    hedge: str = ""
    status: str = ""
    source: str


@model
class Row(Model):
    """One indicator of one metric, area and period."""

    #: the id that `sonla explain` takes
    id: str
    indicator: str
    metric: str
    area: str
    basis: str = ""
    period: str
    unit: str
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    how: How
    hedge: str = ""
    status: str = ""
    verdict: Verdict = "cannot tell"
    formula: str = ""
    inputs: tuple[Input, ...] = ()
    sources: tuple[str, ...] = ()
    #: other publications of the same figure, latest first
    others: tuple[Other, ...] = ()
    #: the sub-provincial unit, empty for the area as a whole
    entity: str = ""


@model
class Note(Model):
    """A problem of the data, as ids; its sentence is the command's, in the reader's language."""

    code: str
    severity: Literal["error", "warning", "note"]
    values: dict[str, str] = field(default_factory=dict)


@model
class Step(Model):
    """One end of a value was moved: by a printed statement, or through a relation from earlier steps."""

    #: the id of the value that moved
    id: str
    end: Literal["low", "high"]
    to: Number
    #: an indicator, a rule, or empty for a printed statement
    by: str = ""
    #: places in the list of steps, from 0
    after: tuple[int, ...] = ()
    source: str = ""
    #: the figure as printed
    printed: str = ""


@model
class Definition(Model):
    """A word of the catalogue: an indicator with its formula, a metric, a basis or a rule."""

    id: str
    kind: Literal["indicator", "metric", "basis", "rule"]
    unit: str = ""
    formula: str = ""
    reference: str = ""
    inputs: dict[str, str] = field(default_factory=dict)
    gives: str = ""


@model
class Cited(Model):
    """A publication a row rests on."""

    id: str
    title: str = ""
    publisher: str = ""
    published_on: str = ""
    url: str = ""
    kind: str = ""


@model
class Report(Model):
    """The document every command prints with `--json`."""

    schema_: Schema = field(default_factory=Schema.model_construct)
    command: str
    area: str
    period: str
    rounding: str = "half"
    rows: tuple[Row, ...] = ()
    problems: tuple[Note, ...] = ()
    sources: tuple[Cited, ...] = ()
    #: how the bounds of the first row came about (`explain`)
    steps: tuple[Step, ...] = ()
    #: the words of the catalogue (`explain`, `indicators`)
    definitions: tuple[Definition, ...] = ()
    #: makes what a notebook shows; the package puts it here, for models know no renderer
    shown: ClassVar[Callable[[Report], Any] | None] = None

    def _repr_html_(self) -> str | None:
        shown = type(self).shown
        return None if shown is None else shown(self)._repr_html_()

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, Any]:
        shown = type(self).shown
        return {} if shown is None else shown(self)._repr_mimebundle_(include, exclude)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand the rows to pandas, Polars or another reader of Arrow; numbers are decimals with all their digits."""
        from sonla_cli.models import arrow

        model = type(self.rows[0]) if self.rows else Row
        return arrow.rows(self.rows, tuple(model.model_fields)).__arrow_c_stream__(requested_schema)
