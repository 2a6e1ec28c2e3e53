"""What each table, column and row was taken for: the answer of `sonla data inspect`."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

_model = ConfigDict(extra="forbid")


class ColumnTaken(BaseModel):
    """A column: its letters, its heading from the top down, and what it was taken for (empty: nothing)."""

    model_config = _model

    column: str
    heading: str
    taken_for: str = ""
    period: str = ""
    unit: str = ""


class RowTaken(BaseModel):
    """A row: its outline marker, its label, and the metric it was taken for (empty: none)."""

    model_config = _model

    line: int
    marker: str = ""
    label: str = ""
    taken_for: str = ""
    kind: Literal["figures", "heading", "ignored", "not understood", "text"] = "figures"


class Inspection(BaseModel):
    """One table. `blank`, `nil` (`-`) and `zero` are three states; only figures and zeros are observations."""

    model_config = _model

    file: str
    sheet: str = ""
    kind: Literal["tidy", "sources", "report", "nothing"] = "nothing"
    title: str = ""
    form: str = ""
    area: str = ""
    period: str = ""
    unit: str = ""
    decimal: str = ""
    header_lines: tuple[int, ...] = ()
    columns: list[ColumnTaken] = Field(default_factory=list)
    rows: list[RowTaken] = Field(default_factory=list)
    observations: int = 0
    blank: int = 0
    nil: int = 0
    zero: int = 0
