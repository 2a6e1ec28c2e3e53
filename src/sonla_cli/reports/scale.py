"""Scale and prices: an amount per head, over GRDP, and its growth less that of a named price index.

Only like is divided by like: the population of the same year, GRDP at current prices of the same window, the
price index of the same window. Where one of them was not published there is no row, and nothing is assumed.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from sonla_cli.catalogue.areas import COUNTRY
from sonla_cli.catalogue.metrics import METRICS
from sonla_cli.core.interval import Interval
from sonla_cli.core.period import Period
from sonla_cli.reports.evidence import base_period
from sonla_cli.reports.known import Known, value_id
from sonla_cli.reports.query import Query
from sonla_cli.reports.sheet import Sheet

AROUND = ("population", "grdp.current", "prices.consumer")
PRICES = "prices.consumer"


class Scale:
    """What amounts of one area are held against; its figures become rows where they are used."""

    def __init__(self, query: Query, period: Period) -> None:
        self.query, self.period = query, period
        # a unit of the area has neither its own population nor its own GRDP
        whole = replace(query, entity="")
        self.around = Sheet(whole.evidence(period.year, AROUND))
        self.country = Sheet(replace(whole, area=COUNTRY).evidence(period.year, (PRICES,)))

    def rows(self, sheet: Sheet, metric: str, actual: Known | None) -> None:
        """Add the rows of an amount in đồng, and of its growth."""
        if METRICS[metric].unit.dimension != "VND":
            return
        if actual:
            self._per_head(sheet, metric, actual)
            self._of_grdp(sheet, metric, actual)
        self._real_growth(sheet, metric, actual)

    def _per_head(self, sheet: Sheet, metric: str, actual: Known) -> None:
        population = self.population
        if population and population.interval.low > 0:
            self._lend(sheet, population)
            inputs = {"actual": actual, "population": population}
            sheet.computed("per_head", metric, "", self.period.text, inputs)

    def _of_grdp(self, sheet: Sheet, metric: str, actual: Known) -> None:
        grdp = self.grdp
        if grdp and grdp.interval.low > 0:
            self._lend(sheet, grdp)
            sheet.computed("grdp_share", metric, "", self.period.text, {"actual": actual, "grdp": grdp})

    def _real_growth(self, sheet: Sheet, metric: str, actual: Known | None) -> None:
        for basis, prices in self.prices.items():
            growth = self._growth(sheet, metric, basis, actual) if prices else None
            if growth and prices:
                inputs = {"growth": growth, "prices": prices}
                sheet.computed("real_growth", metric, PRICES, self.period.text, inputs)
                return

    def _growth(self, sheet: Sheet, metric: str, basis: str, actual: Known | None) -> Known | None:
        """Return the growth as it stands in the sheet, or that of a printed index."""
        growth = sheet.known.get(value_id(metric, "growth", basis, self.period.text))
        index = sheet.known.get(value_id(metric, "index", basis, self.period.text))
        if growth or not (index and actual):
            return growth
        earlier = base_period(self.period, basis)
        level = sheet.known.get(value_id(metric, "level_from_index", "", earlier.text)) if earlier else None
        if level is None:
            return None
        inputs = {"actual": actual, "previous": level}
        bounds = index.interval - Interval.of(100)
        return sheet.computed("growth", metric, basis, self.period.text, inputs, bounds=bounds)

    @cached_property
    def population(self) -> Known | None:
        """The people of the year."""
        return self.around.published("population", "actual", "", str(self.period.year))

    @cached_property
    def grdp(self) -> Known | None:
        """GRDP of the window, at current prices."""
        return self.around.published("grdp.current", "actual", "", self.period.text)

    @cached_property
    def prices(self) -> dict[str, Known | None]:
        """The growth of the price index against each base."""
        return {basis: self._prices(basis) for basis in ("same_period_last_year", "previous_year")}

    def _prices(self, basis: str) -> Known | None:
        """Return the growth of the price index of the area, else of the country, under the id that names it."""
        own = self.around.published(PRICES, "growth", basis, self.period.text)
        if own or self.query.area == COUNTRY:
            return own
        national = self.country.published(PRICES, "growth", basis, self.period.text)
        return national._replace(id=f"{COUNTRY}/{national.id}") if national else None

    def _lend(self, sheet: Sheet, known: Known) -> None:
        sheet.rows.setdefault(known.id, self.around.rows[known.id])
