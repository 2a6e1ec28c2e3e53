"""The forms of budget disclosure, each with the budget years it is valid for.

One number means different forms at different times: 54 is the table of sharing percentages of Circular
343/2016/TT-BTC and an execution table of Circular 26/2026/TT-BTC.
"""

from __future__ import annotations

from dataclasses import dataclass

from sonla_cli.catalogue.references import CIRCULAR_26, CIRCULAR_343, Reference
from sonla_cli.core.text import N_


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the provincial level."""

    number: str
    label: str
    reference: Reference
    first_year: int
    last_year: int | None
    #: its rows and columns are those of an execution report; other forms are not read as one
    is_execution: bool = True

    def is_valid(self, year: int) -> bool:
        """Whether the form is used for budget year `year`."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


_BALANCE = N_("Execution of the local budget: balance")
_REVENUE = N_("Execution of the local budget: revenue")
_EXPENDITURE = N_("Execution of the local budget: expenditure")

FORMS = (
    Form("59", _BALANCE, CIRCULAR_343, 2017, 2025),
    Form("60", _REVENUE, CIRCULAR_343, 2017, 2025),
    Form("61", _EXPENDITURE, CIRCULAR_343, 2017, 2025),
    Form("54", N_("Sharing percentages"), CIRCULAR_343, 2017, 2025, is_execution=False),
    Form(
        "55",
        N_("Revenue, transfers and expenditure of each district"),
        CIRCULAR_343,
        2017,
        2025,
        is_execution=False,
    ),
    Form("56", N_("Targeted transfers to districts"), CIRCULAR_343, 2017, 2025, is_execution=False),
    # the circular names 54–56 as the set of execution forms; which line stands where is read from the table
    Form("54", N_("Execution of the local budget"), CIRCULAR_26, 2026, None),
    Form("55", N_("Execution of the local budget"), CIRCULAR_26, 2026, None),
    Form("56", N_("Execution of the local budget"), CIRCULAR_26, 2026, None),
)


def find(number: str, year: int) -> tuple[Form | None, tuple[Form, ...]]:
    """Return the form `number` of a budget year, if there is one, and every form of that number."""
    known = tuple(form for form in FORMS if form.number == number.partition(".")[0])
    return next((form for form in known if form.is_valid(year)), None), known
