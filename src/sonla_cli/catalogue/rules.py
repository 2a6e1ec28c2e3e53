"""Rules of the field that bind published figures, as formulas that are not below zero, or are zero.

They hold between the actuals of one publication, or the plans of one basis; `reports.evidence` applies them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from sonla_cli.catalogue import references as r
from sonla_cli.catalogue.references import Reference
from sonla_cli.core.formula import Expression, Name
from sonla_cli.core.interval import NONNEGATIVE, Interval
from sonla_cli.core.text import N_


class Rule(NamedTuple):
    """`formula` lies in `result`."""

    id: str
    label: str
    formula: Expression
    reference: Reference
    result: Interval = NONNEGATIVE


COUNCIL_FLOOR = Rule(
    "council_floor",
    N_("the council's revenue plan is not below the centre's"),
    Name("council") - Name("central"),
    r.BUDGET_LAW,
)
PART_OF_WHOLE = Rule(
    "part_of_whole", N_("a part is not above its whole"), Name("whole") - Name("part"), r.ARITHMETIC
)
CUMULATIVE = Rule(
    "cumulative",
    N_("cumulative figures of one publication do not fall"),
    Name("later") - Name("earlier"),
    r.ARITHMETIC,
)
CARRYOVER = Rule(
    "carryover",
    N_("the total plan is the year's plan and the capital carried over"),
    Name("total") - Name("year") - Name("carryover"),
    r.MINISTRY_REPORTS,
    Interval.of(0),
)
UNALLOCATED = Rule(
    "unallocated",
    N_("the shares allocated and not allocated make up the plan"),
    Name("allocated") + Name("unallocated"),
    r.MINISTRY_REPORTS,
    Interval.of(100),
)
#: billion đồng for a million dollars: thousands of đồng for a dollar, since 1990 between 6 and 27
EXCHANGE = Rule(
    "exchange",
    N_("a dollar is worth between 5,000 and 40,000 đồng"),
    Name("dong") / Name("dollars"),
    r.ARITHMETIC,
    Interval(Decimal(5), Decimal(40)),
)

RULES = {
    rule.id: rule for rule in (COUNCIL_FLOOR, PART_OF_WHOLE, CUMULATIVE, CARRYOVER, UNALLOCATED, EXCHANGE)
}
