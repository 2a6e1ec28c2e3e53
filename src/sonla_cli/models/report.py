"""The promise to scripts: one document per command, ids and canonical units, no translated text.

`low` and `high` are guaranteed, rounded outwards to 12 significant digits, `null` where unbounded; `value` is
what the printed digits give, `null` where only bounds are known. Within a version the schema only grows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

How = Literal["published", "computed", "implied", "assumed"]
Verdict = Literal["exact", "within rounding", "contradictory", "cannot tell"]


def _as_number(schema: dict[str, Any]) -> None:
    schema.clear()
    schema["type"] = "number"


#: a decimal that JSON shows as a number, with all its digits
Number = Annotated[Decimal, Field(json_schema_extra=_as_number)]

# a command builds reports and prints them, which needs no validator: it is made when a script asks for one
_model = ConfigDict(
    frozen=True, extra="forbid", serialize_by_alias=True, validate_by_name=True, defer_build=True
)


class Schema(BaseModel):
    """Name and version of the document's schema."""

    model_config = _model

    name: Literal["sonla.report"] = "sonla.report"
    version: Literal[1] = 1


class Input(BaseModel):
    """A number a value was computed from: the id of another value, or a quantity of the calendar."""

    model_config = _model

    name: str
    id: str = ""
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    unit: str = ""


class Other(BaseModel):
    """The same figure in another publication."""

    model_config = _model

    value: Number
    hedge: str = ""
    status: str = ""
    source: str


class Row(BaseModel):
    """One indicator of one metric, area and period."""

    model_config = _model

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


class Note(BaseModel):
    """A problem of the data, as ids; its sentence is the command's, in the reader's language."""

    model_config = _model

    code: str
    severity: Literal["error", "warning", "note"]
    values: dict[str, str] = Field(default_factory=dict)


class Step(BaseModel):
    """One end of a value was moved: by a printed statement, or through a relation from earlier steps."""

    model_config = _model

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


class Definition(BaseModel):
    """A word of the catalogue: an indicator with its formula, a metric, a basis or a rule."""

    model_config = _model

    id: str
    kind: Literal["indicator", "metric", "basis", "rule"]
    unit: str = ""
    formula: str = ""
    reference: str = ""
    inputs: dict[str, str] = Field(default_factory=dict)
    gives: str = ""


class Cited(BaseModel):
    """A publication a row rests on."""

    model_config = _model

    id: str
    title: str = ""
    publisher: str = ""
    published_on: str = ""
    url: str = ""
    kind: str = ""


class Report(BaseModel):
    """The document every command prints with `--json`."""

    model_config = _model

    schema_: Schema = Field(default_factory=Schema, alias="schema")
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

    if not TYPE_CHECKING:
        # a model can be iterated over its fields, which data frame libraries would take for its rows
        __iter__ = None

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand the rows to pandas, Polars or another reader of Arrow; numbers are decimals with all their digits."""
        from sonla_cli.models import arrow

        model = type(self.rows[0]) if self.rows else Row
        return arrow.rows(self.rows, tuple(model.model_fields)).__arrow_c_stream__(requested_schema)
