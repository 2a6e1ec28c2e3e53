"""What a whole report is made of: sections of one area, each a report of its own, and the rows of its picture."""

from __future__ import annotations

from typing import NamedTuple

from sonla_cli.models.report import Report


class Section(NamedTuple):
    """A section; `report` is `None` where nothing was published, `picture` where it has no picture of its own."""

    id: str
    report: Report | None = None
    picture: Report | None = None


class Dossier(NamedTuple):
    """The sections of one area, in the order they are read."""

    area: str
    period: str
    rounding: str = "half"
    sections: tuple[Section, ...] = ()
