"""What a text says in one figure: the observation it makes, its place in the text and the words that decided.

The one convention: a mention keeps what is printed. Its digits and its unit are those of the text, brought to
one spelling; a fall is a negative growth; a range is two bounds; what is doubtful is a flag, never a correction.
"""

from __future__ import annotations

from typing import NamedTuple

from sonla_cli.models.observation import Observation

#: a multiple worded as an increase ("tăng 3 lần"), usually the ratio
AMBIGUOUS_MULTIPLE = "ambiguous_multiple"
#: growth above 100 % of a whole revenue line, nearly always meant as "bằng"
LARGE_GROWTH = "growth_over_100"
#: an excess over a plan of 100 % or more, nearly always meant as "bằng"
LARGE_EXCESS = "excess_over_100"
#: more money than any area handles in a year, as where a unit was doubled
ABOVE_CEILING = "above_ceiling"
#: the base of a change is not printed and was taken from the usual one
BASE_ASSUMED = "base_assumed"
#: what is measured, or the window, is taken from an earlier sentence
SUBJECT_INHERITED = "subject_inherited"
#: a line of the budget that the catalogue does not name
SUBJECT_UNKNOWN = "subject_unknown"
#: the window is not printed
PERIOD_ASSUMED = "period_assumed"
#: a figure of the year before, printed for comparison
YEAR_EARLIER = "year_earlier"
#: an average of a month or a day, not the sum of its window
AVERAGE = "average"
#: digits that stood apart, as text out of a PDF has them
SPLIT_DIGITS = "split_digits"


class Why(NamedTuple):
    """The words of the text that decided each field; empty where nothing was said."""

    metric: str = ""
    measure: str = ""
    basis: str = ""
    period: str = ""
    area: str = ""
    hedge: str = ""


NOTHING_SAID = Why()


class Mention(NamedTuple):
    """A figure found in a text. Offsets count code points of the text as given; lines and columns from 1."""

    area: str
    metric: str
    measure: str
    basis: str
    period: str
    value: str
    unit: str
    hedge: str
    status: str
    flags: tuple[str, ...]
    start: int
    end: int
    line: int
    column: int
    sentence_start: int
    sentence_end: int
    low: str | None = None
    high: str | None = None
    entity: str = ""
    source: str = ""
    why: Why = NOTHING_SAID

    @property
    def is_complete(self) -> bool:
        """Whether it says enough to be an observation: an area, a metric, a measure and a period."""
        return bool(self.area and self.metric and self.measure and self.period)

    def observations(self) -> tuple[Observation, ...]:
        """Return the observation it makes, two bounds for a range, and nothing where a field is missing."""
        if not self.is_complete:
            return ()
        if self.low is not None and self.high is not None:
            return self._observed(self.low, "over"), self._observed(self.high, "under")
        return (self._observed(self.value, self.hedge),)

    def _observed(self, value: str, hedge: str) -> Observation:
        return Observation.model_validate(
            {
                "area": self.area,
                "metric": self.metric,
                "measure": self.measure,
                "basis": self.basis,
                "period": self.period,
                "value": value,
                "unit": self.unit,
                "hedge": "" if hedge == "exact" else hedge,
                "status": self.status,
                "source": self.source,
                "note": ", ".join(self.flags),
                "entity": self.entity,
            }
        )
