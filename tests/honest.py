"""Honest tables: true values that obey every definition, rounded and printed as publications print them.

Whatever the draw, nothing in such a table contradicts anything else, since the truth fits all of it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext

from sonla_cli.models.observation import Dataset, Observation, Source

UNITS = {"tỷ đồng": 0, "triệu đồng": -3, "nghìn tỷ đồng": 3}
WINDOWS = ("3M", "6M", "9M", "10M", "")
SOURCES = tuple(
    Source(id=f"s{place}", published_on=f"2025-1{place % 3}-0{place + 1}", kind=kind)
    for place, kind in enumerate(("official", "press", "press_translation"))
)


class Table:
    """Draws the truth of one entity of an area and prints some of it."""

    def __init__(self, draw: random.Random, area: str = "Sơn La", entity: str = "") -> None:
        self.draw, self.area, self.entity = draw, area, entity
        self.mode = draw.choice((ROUND_HALF_UP, ROUND_HALF_EVEN))

    def amount(self, low: int, high: int) -> Decimal:
        return Decimal(self.draw.randint(low * 10**6, high * 10**6)) / 10**6

    def printed(self, truth: Decimal, decimals: int) -> str:
        return f"{truth.quantize(Decimal(1).scaleb(-decimals), self.mode):f}"

    def observation(
        self, metric: str, measure: str, basis: str, period: str, value: str, unit: str, hedge: str = ""
    ) -> Observation:
        return Observation.model_construct(
            area=self.area, metric=metric, measure=measure, basis=basis, period=period, value=value, unit=unit,
            hedge=hedge, status="", source=self.draw.choice(SOURCES).id, note="", boundaries="", entity=self.entity,
        )  # fmt: skip

    def money(self, metric: str, measure: str, basis: str, period: str, truth: Decimal) -> Observation:
        unit = self.draw.choice(tuple(UNITS))
        scaled = truth.scaleb(-UNITS[unit])
        decimals = self.draw.choice((0, 1, 3)) + (2 if unit == "nghìn tỷ đồng" else 0)
        hedge = self.draw.choice(("", "", "", "over", "under", "about"))
        if hedge in ("over", "under"):
            mode = ROUND_FLOOR if hedge == "over" else ROUND_CEILING
            value = f"{scaled.quantize(Decimal(1).scaleb(-decimals), mode):f}"
        else:
            value = self.printed(scaled, decimals)
        return self.observation(metric, measure, basis, period, value, unit, hedge)

    def rate(self, metric: str, measure: str, basis: str, period: str, truth: Decimal) -> Observation:
        unit = "lần" if measure == "multiple" else "%"
        return self.observation(
            metric, measure, basis, period, self.printed(truth, self.draw.choice((0, 1, 2))), unit
        )

    def rows(self) -> Iterator[Observation]:
        """Yield what is printed: actuals, plans, attainments and changes of two years, and a count."""
        with localcontext() as context:
            context.prec = 60
            yield from self._revenue()
            yield from self._count()

    def _revenue(self) -> Iterator[Observation]:
        part, whole = "revenue.local", "revenue.total"
        levels: dict[tuple[str, str], Decimal] = {}
        for year in ("2024", "2025"):
            so_far, rest = Decimal(0), Decimal(0)
            for each in WINDOWS:
                so_far += self.amount(1, 2000)
                rest += self.amount(0, 3000)
                period = f"{year}-{each}" if each else year
                levels[part, period], levels[whole, period] = so_far, so_far + rest
        central = self.amount(500, 9000)
        plans = {"central": central, "council": central + self.amount(0, 500)}
        for basis, plan in plans.items():
            yield self.money(part, "plan", basis, "2025", plan)
        for (metric, period), level in levels.items():
            if self.draw.random() < 0.5:
                yield self.money(metric, "actual", "", period, level)
            if metric == part and period.startswith("2025"):
                for basis, plan in plans.items():
                    if self.draw.random() < 0.4:
                        yield self.rate(part, "attainment", basis, period, level / plan * 100)
            earlier = levels.get((metric, f"2024{period[4:]}"))
            if period.startswith("2025") and earlier:
                measure = self.draw.choice(("growth", "index", "multiple", ""))
                ratio = level / earlier
                truth = {"growth": (ratio - 1) * 100, "index": ratio * 100, "multiple": ratio}.get(measure)
                if truth is not None:
                    yield self.rate(metric, measure, "same_period_last_year", period, truth)

    def _count(self) -> Iterator[Observation]:
        now, before = self.draw.randint(1, 90), self.draw.randint(1, 40)
        yield self.observation("investment.projects", "actual", "", "2025-10M", str(now), "dự án")
        ratio = Decimal(now) / before
        yield self.rate("investment.projects", "multiple", "same_period_last_year", "2025-10M", ratio)


def dataset(seed: int, entities: int) -> Dataset:
    """Return the honest tables of so many entities."""
    draw = random.Random(seed)  # noqa: S311 - the same table for the same seed
    found = tuple(row for number in range(entities) for row in Table(draw, entity=f"e{seed}-{number}").rows())
    return Dataset.model_construct(observations=found, sources=SOURCES)
