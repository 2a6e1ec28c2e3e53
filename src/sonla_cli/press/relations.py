"""What a number states, from the word before it and what it is measured against.

The one convention: the object decides. "Tăng … so với dự toán" is an excess over a plan, "bằng … so với cùng
kỳ" an index; only without an object does the verb speak alone. The printed value is kept – an excess of 10 %
over a plan stays 10 – and a fall carries a minus.
"""

from __future__ import annotations

from typing import NamedTuple

from sonla_cli.catalogue import bases

UP, EXCEED, DOWN, SHORT = "up", "exceed", "down", "short"
EQUAL, SHARE, MULTIPLE, REMAINING = "equal", "share", "times", "remaining"
CHANGES = (UP, EXCEED, DOWN, SHORT)
FALLS = (DOWN, SHORT)

#: metrics that are rates of growth themselves
GROWTH_METRICS = ("grdp.growth", "grdp", "prices.consumer")


class Base(NamedTuple):
    """What a number is measured against: a plan of some basis, or an earlier level."""

    plan: str | None = None
    change: str | None = None

    @property
    def of_change(self) -> str | None:
        """The basis of a change against it."""
        if self.plan is None:
            return self.change
        basis = f"{self.plan}_plan"
        return basis if basis in bases.CHANGE_BASES else "unspecified_plan"


class Statement(NamedTuple):
    """A measure and its basis; `assumed` where the text leaves the basis out."""

    measure: str
    basis: str
    assumed: bool = False


def rate(
    relation: str, base: Base | None, metric: str, *, goal: bool, usual: str, last_plan: str
) -> Statement:
    """Return what a percentage states; `usual` is the base of a change where none is printed."""
    if relation == SHARE:
        return Statement("share", "")
    if metric in GROWTH_METRICS and (base is None or base.plan is None or goal):
        if goal:
            return Statement("target", (base.plan if base else None) or "unspecified")
        if relation in (*CHANGES, EQUAL):
            return Statement("growth", (base.change if base else None) or usual, assumed=base is None)
    if relation in CHANGES:
        return _change("growth", base, usual)
    if relation == REMAINING:
        return Statement("remaining", (base.plan if base else None) or last_plan)
    if base is not None and base.change is not None:
        return Statement("index", base.change)
    plan = base.plan if base is not None else None
    return Statement("target" if goal else "attainment", plan or last_plan, assumed=False)


def difference(base: Base | None, usual: str) -> Statement:
    """Return what an amount or a number of percentage points states that something differs by."""
    return _change("change", base, usual)


def multiple(base: Base | None, usual: str) -> Statement:
    """Return what a multiple states."""
    return _change("multiple", base, usual)


def _change(measure: str, base: Base | None, usual: str) -> Statement:
    basis = base.of_change if base is not None else None
    if basis is None:
        return Statement(measure, usual, assumed=True)
    return Statement(measure, basis)
