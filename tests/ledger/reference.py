"""A rollup in plain Python, read off the definition rather than off the code: the measure of every engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

RULES = [
    (["disbursement"], lambda item: len(item) == 4 and "9200" <= item <= "9499"),
    (["revenue.land", "revenue.domestic", "revenue.local"], lambda item: item == "1401"),
    (
        ["revenue.taxes_fees", "revenue.domestic", "revenue.local"],
        lambda item: item[:2] in ("10", "17", "27"),
    ),
    (
        ["expenditure.recurrent", "expenditure.total"],
        lambda item: len(item) == 4 and "6000" <= item <= "7799",
    ),
]
AMOUNTS = {"actual": ("payment", ""), "plan": ("estimate", "prime_minister")}


def label(year: int, month: int) -> str:
    if month == 13:
        return f"{year}@{year + 1}-01-31"
    return str(year) if month == 12 else f"{year}-{month}M"


def rollup(
    rows: Iterable[dict], names: dict[str, str], *, unit: bool = False, months: int = 13
) -> list[tuple]:
    """Return (area, unit, metric, measure, basis, period, value) in order; rows are vouchers."""
    flows: dict[tuple, dict[str, dict[int, int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    covered: dict[int, int] = defaultdict(int)
    for row in rows:
        day = row["booked_on"]
        month = (day.year - row["budget_year"]) * 12 + day.month
        if not 1 <= month <= months:
            continue
        covered[row["budget_year"]] = max(covered[row["budget_year"]], month)
        metrics = next((metrics for metrics, fits in RULES if fits(row["item"])), [])
        measure = next((name for name, (kind, _) in AMOUNTS.items() if kind == row["kind"]), None)
        for metric in metrics if measure else []:
            key = (names[row["province"]], str(row["unit"]) if unit else "", metric, row["budget_year"])
            amount = -row["amount"] if measure == "actual" and row["side"] == "C" else row["amount"]
            flows[key][measure][month] += amount
    found = []
    for (area, unit_id, metric, year), measures in flows.items():
        for measure, by_month in measures.items():
            for month in range(min(by_month), covered[year] + 1):
                value = sum(amount for each, amount in by_month.items() if each <= month)
                found.append(
                    (area, unit_id, metric, measure, AMOUNTS[measure][1], label(year, month), str(value))
                )
    return sorted(found)
