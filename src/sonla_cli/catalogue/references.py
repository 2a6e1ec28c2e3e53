"""The law and the conventions that definitions rest on, cited once and by name."""

from __future__ import annotations

from typing import NamedTuple

from sonla_cli.core.text import N_


class Reference(NamedTuple):
    """A citation: what it is, and the article or form."""

    id: str
    title: str
    detail: str = ""


CIRCULAR_343 = Reference(
    "circular-343",
    N_("Circular 343/2016/TT-BTC on budget disclosure"),
    N_("forms 59–61, to budget year 2025"),
)
CIRCULAR_26 = Reference(
    "circular-26",
    N_("Circular 26/2026/TT-BTC on budget disclosure"),
    N_("forms 54–56, from budget year 2026"),
)
BUDGET_LAW = Reference(
    "budget-law",
    N_("State Budget Law 83/2015/QH13"),
    N_("Article 30.1.a: the council's estimate is not below the one assigned"),
)
BUDGET_YEAR = Reference(
    "budget-year", N_("State Budget Law 83/2015/QH13"), N_("Article 14: the budget year is the calendar year")
)
INVESTMENT_LAW = Reference(
    "investment-law",
    N_("Public Investment Law 58/2024/QH15"),
    N_("Article 72.1: disbursement runs to 31 January; capital added after 30 September to 31 December"),
)
STATISTICS = Reference(
    "statistics",
    N_("Usage of the National Statistics Office"),
    N_("change against the same period or the year before"),
)
MINISTRY_REPORTS = Reference(
    "ministry-reports",
    N_("Monthly disbursement reports of the Ministry of Finance"),
    N_("rates on the Prime Minister's plan and on the total plan"),
)
ARITHMETIC = Reference("arithmetic", N_("Arithmetic of the published figures"))

REFERENCES = {
    reference.id: reference
    for reference in (
        CIRCULAR_343,
        CIRCULAR_26,
        BUDGET_LAW,
        BUDGET_YEAR,
        INVESTMENT_LAW,
        STATISTICS,
        MINISTRY_REPORTS,
        ARITHMETIC,
    )
}
