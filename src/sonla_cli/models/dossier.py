"""What a whole report is made of: sections of one area, each a report of its own, and the rows of its picture."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from sonla_cli.models.report import Report

_model = ConfigDict(frozen=True, extra="forbid")


class Section(BaseModel):
    """A section; `report` is `None` where nothing was published, `picture` where there is nothing to draw."""

    model_config = _model

    id: str
    report: Report | None = None
    picture: Report | None = None


class Dossier(BaseModel):
    """The sections of one area, in the order they are read."""

    model_config = _model

    area: str
    period: str
    rounding: str = "half"
    sections: tuple[Section, ...] = ()
