"""What `sonla check` and `sonla pefa` find, for scripts: additive fields of the report and of its rows.

A claim is one printed figure; a tie is one relation between figures; a contradiction is a smallest group of
claims that cannot all be true; a revision is a group that can, if a figure changed between two publications.
"""

from __future__ import annotations

from dataclasses import field
from typing import ClassVar, Literal

from sonla_cli.models.model import Model, model
from sonla_cli.models.report import Number, Report, Row, Verdict

Slip = Literal[
    "unit",
    "decimal_comma",
    "digit_missing",
    "digit_doubled",
    "digits_transposed",
    "digit_wrong",
    "sign",
    "growth_for_index",
    "index_for_growth",
    "excess_for_attainment",
    "other_basis",
    "swapped",
    "total_for_item",
    "two_dates",
    "duplicate",
    "magnitude",
    "pace",
    "parts",
]


@model
class Claim(Model):
    """A figure as printed, and where."""

    #: the id that `sonla explain` takes, or the name of a free variable
    id: str
    area: str = ""
    entity: str = ""
    #: digits and unit as printed
    printed: str
    value: Number
    unit: str
    hedge: str = ""
    source: str = ""
    published_on: str = ""
    #: must not be changed (`--trust SOURCE=fixed`)
    fixed: bool = False


@model
class Hint(Model):
    """A likely slip: what would explain a figure; a hint, never a finding."""

    kind: Slip
    claim: Claim
    #: the digits and the unit that would fit
    instead: str = ""
    #: the figure it is mistaken for, or that it repeats
    other: Claim | None = None
    #: from 1, the likeliest explanation of the same claim first
    rank: int = 1
    #: what the suggestion was held against
    low: Number | None = None
    high: Number | None = None


@model
class Member(Model):
    """A claim of a contradiction, and what it would have to be if it alone were changed."""

    claim: Claim
    #: what all other figures leave for it, or if they leave nothing, the other members; `null`: unbounded
    low: Number | None = None
    high: Number | None = None
    #: the nearest figure that fits, as it would be printed
    nearest: str = ""
    #: how far that is, in units of the last printed digit
    distance: int | None = None
    #: changing this one figure repairs this contradiction
    repairs: bool = True
    #: part of the lightest repair of everything
    proposed: bool = False


@model
class Contradiction(Model):
    """A smallest group of figures that cannot all be true."""

    id: str
    kind: Literal["within a publication", "between publications", "rules alone"]
    members: tuple[Member, ...]
    #: ids of the definitions and rules that tie the members together
    relations: tuple[str, ...] = ()
    hints: tuple[Hint, ...] = ()


@model
class Revision(Model):
    """Figures of several publications that hold together only if one was revised in between."""

    id: str
    claims: tuple[Claim, ...]
    relations: tuple[str, ...] = ()
    hints: tuple[Hint, ...] = ()


@model
class Tie(Model):
    """The verdict on one relation between figures."""

    #: an indicator, a rule of the field, or the label of an own rule
    relation: str
    #: the rule as written, the formula otherwise
    text: str = ""
    line: int | None = None
    area: str = ""
    period: str = ""
    verdict: Verdict
    #: ids of the values it ties, in the order of the formula
    ids: tuple[str, ...] = ()
    #: what the two sides can differ by, or what the formula comes to
    low: Number | None = None
    high: Number | None = None


@model
class Advice(Model):
    """How many decimals would have let a reader recover a plan to the nearest unit."""

    claim: Claim
    #: the amount the percentage is of
    amount: Claim
    plan_low: Number
    plan_high: Number
    decimals: int
    #: decimals the percentage needed; `null` if no number of decimals would do
    needed: int | None = None
    #: decimals of the amount, in the canonical unit, needed along with them
    amount_needed: int | None = None


@model
class CheckedRow(Row):
    """A row and what checking or scoring adds to it."""

    __pydantic_config__: ClassVar = Model.__pydantic_config__ | {"title": "Row"}

    #: what the other figures make of this one, as it would be printed (`check`)
    recomputed: str = ""
    #: units of the last printed digit to the nearest figure that fits (`check`)
    distance: int | None = None
    #: the only integers a count can be, where they are few (`check`)
    integers: tuple[int, ...] = ()
    #: A to D, for indicators that are scored (`pefa`)
    score: str = ""
    #: the scores that the bounds of the value allow (`pefa`)
    scores: tuple[str, ...] = ()


@model
class Findings(Report):
    """The document of `sonla check`: a report, and what was found."""

    __pydantic_config__: ClassVar = Model.__pydantic_config__ | {"title": "Report"}

    rows: tuple[CheckedRow, ...] = ()
    #: how many figures have which verdict
    figures: dict[str, int] = field(default_factory=dict)
    #: figures that cannot all be true
    contradictions: tuple[Contradiction, ...] = ()
    #: figures that were revised between two publications, which is no contradiction
    revisions: tuple[Revision, ...] = ()
    #: the verdict on every relation
    relations: tuple[Tie, ...] = ()
    #: the lightest set of changes after which nothing contradicts; proposed, never made
    repair: tuple[Claim, ...] = ()
    #: likely slips, besides those under a contradiction
    hints: tuple[Hint, ...] = ()
    #: what would have made plans recoverable (`--advice`)
    advice: tuple[Advice, ...] = ()
