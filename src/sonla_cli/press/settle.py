"""Drafts of a sentence become mentions: windows get their year, shared bases are spread, doubts become flags.

The one convention: what a figure says itself comes first, then its sentence, then the sentences before; a plan
belongs to a whole year unless it moves during the year and a date is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, Protocol

from sonla_cli.catalogue import metrics
from sonla_cli.catalogue.areas import COUNTRY
from sonla_cli.core import period as periods
from sonla_cli.core import unit as units
from sonla_cli.models.mention import (
    ABOVE_CEILING,
    BASE_ASSUMED,
    LARGE_EXCESS,
    LARGE_GROWTH,
    PERIOD_ASSUMED,
    Mention,
    Why,
)
from sonla_cli.press.context import Context, budget_year_to, usual_base, year_of
from sonla_cli.press.quantities import MONEY
from sonla_cli.press.relations import GROWTH_METRICS
from sonla_cli.press.resolved import UNKNOWN
from sonla_cli.press.state import Draft, Sentence
from sonla_cli.press.tokens import Tokens

#: no area handles more money in a year (tỷ đồng); the country's largest sums are a few triệu tỷ
CEILING, CEILING_OF_COUNTRY = Decimal(2_000_000), Decimal(20_000_000)
#: digits of an amount that may be above the ceiling without a larger unit than tỷ
_LONG = 6
#: revenue that is a whole, so that it does not double from one year to the next
WHOLE_REVENUE = frozenset(
    {"revenue.total", "revenue.local", "revenue.retained", "revenue.domestic", "revenue.balance"}
)
_CHANGES = ("growth", "index", "multiple", "change")
_GOALS = ("plan", "target")


class Places(Protocol):
    """Where spans of the cleaned block stand in the text."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the text."""

    def locate(self, start: int, end: int) -> tuple[int, int, int, int]:
        """Return the offsets in the text, and the line and the column of the first."""


class Place(NamedTuple):
    """A sentence's place in its block."""

    places: Places
    start: int
    end: int


def settle(
    reader: Sentence, drafts: Sequence[Draft], tokens: Tokens, text: str, place: Place, source: str
) -> Sequence[Mention]:
    """Return the mentions of a sentence and leave in the context what the next one takes over."""
    _share_bases(drafts)
    windows = _windows(reader, drafts)
    if drafts or reader.window:
        _hand_on(reader)
    if reader.area_words is not None:
        _keep_area(reader.context, reader.area)
    if not drafts:
        return ()
    context = reader.context
    if not context.home_has_figures and context.home:
        context.home_has_figures = any(draft.area == context.home for draft in drafts)
    places, shift = place.places, place.start
    sentence = places.span(shift, place.end)
    starts = tokens.starts
    mentions = []
    for draft, window in zip(drafts, windows, strict=True):
        figure = draft.figure
        where = places.locate(shift + starts[figure.first], shift + tokens.ends[figure.last - 1])
        mentions.append(
            Mention(
                draft.area, draft.metric, draft.measure, _basis(draft, window), window, figure.value, figure.unit,
                draft.hedge, draft.status, _flags(draft), *where, *sentence, figure.low, figure.high, draft.entity,
                source, _why(draft, tokens, text),
            )
        )  # fmt: skip
    return mentions


def _keep_area(context: Context, area: str) -> None:
    """Let the next sentence speak of an area; the first named is whose report it is, unless one was given."""
    context.area = area
    if not context.home and area != COUNTRY:
        context.home = area


def _hand_on(reader: Sentence) -> None:
    context = reader.context
    if reader.first_metric:
        context.metric = reader.first_metric
    window = context.resolve(reader.window, reader.year_said) if reader.window else ""
    if window:
        context.period = window
        context.year = year_of(window) or context.year
    elif reader.year_said is not None:
        context.year = reader.year_said


def _share_bases(drafts: Sequence[Draft]) -> None:
    """Give a change without a base that of the next conjoined change, which names it for both."""
    following: Draft | None = None
    for draft in reversed(drafts):
        if (
            following is not None
            and BASE_ASSUMED in draft.flags
            and draft.measure in _CHANGES
            and following.measure == draft.measure
            and BASE_ASSUMED not in following.flags
            and not following.broken
            and not following.basis.endswith("_plan")
        ):
            draft.basis, draft.basis_words = following.basis, following.basis_words
            draft.flags.remove(BASE_ASSUMED)
        following = draft


def _windows(reader: Sentence, drafts: Sequence[Draft]) -> list[str]:
    """Return the window of every figure; one that has none takes the first of its sentence."""
    usual, usual_words = reader.window, reader.window_words
    for draft in drafts:
        if draft.window and draft.window != UNKNOWN and not draft.apart:
            usual, usual_words = draft.window, draft.window_words
            break
    found = []
    seen, is_ahead = "", False
    for draft in drafts:
        value = draft.window
        if not value and usual and not (draft.plan_year and draft.measure in _GOALS):
            value, draft.window_words = usual, usual_words
        window = _window(reader, draft, value)
        if window != seen:
            seen, is_ahead = window, _begins_after(window, reader.context.published_on)
        if is_ahead and draft.measure not in _GOALS:
            _look_ahead(draft)
        found.append(window)
    return found


@lru_cache(maxsize=1024)
def _begins_after(window: str, published_on: date | None) -> bool:
    """Whether a window begins after the publication."""
    return bool(window) and published_on is not None and periods.parse(window).start > published_on


def _look_ahead(draft: Draft) -> None:
    """Let what is said of a window that begins after the publication be a goal, as nothing was measured in it."""
    if draft.measure == "actual" or (draft.measure == "growth" and draft.metric in GROWTH_METRICS):
        draft.measure, draft.basis = "target", "unspecified"
        draft.flags = [flag for flag in draft.flags if flag != BASE_ASSUMED]
    elif draft.measure == "attainment":
        draft.measure = "target"
    else:
        draft.status = draft.status or "estimate"


def _window(reader: Sentence, draft: Draft, value: str) -> str:
    context = reader.context
    if draft.measure in _GOALS:
        return _plan_window(context, draft, value, reader.year_said)
    plan_year = year_of(draft.plan_year) if draft.plan_year else None
    if value:
        window = context.resolve(value, reader.year_said)
    elif plan_year is not None:
        window = str(plan_year)
    else:
        window = context.period
        if window or not draft.window:
            draft.flags.append(PERIOD_ASSUMED)
    if plan_year is None and window.endswith("-01-31") and draft.metric.startswith("disbursement"):
        plan_year = int(window[:4]) - 1  # capital of a year is disbursed until the 31 January after it
    if plan_year is not None:
        window = budget_year_to(window, plan_year)
    if draft.earlier and window:
        earlier = periods.parse(window).year_earlier
        year = year_of(draft.base_year)
        if year is not None and year != earlier.year and earlier.kind is not periods.Kind.SPAN:
            for _ in range(max(0, earlier.year - year)):
                earlier = earlier.year_earlier
        return earlier.text
    return window


def _plan_window(context: Context, draft: Draft, value: str, said: int | None) -> str:
    """Return the window of a plan: its own year, a date where it moves, else the year of the window."""
    plan_year = year_of(draft.plan_year)
    if plan_year is not None and (draft.measure == "plan" or not value):
        return str(plan_year)
    if (
        draft.measure == "target"
        and value.startswith("????")
        and said is None
        and context.published_on is not None
    ):
        said = context.published_on.year
    window = context.resolve(value, said) if value else context.period
    if not window:
        if context.published_on is not None:
            return str(context.published_on.year)
        return ""
    if not value:
        draft.flags.append(PERIOD_ASSUMED)
    found = periods.parse(window)
    if found.kind is periods.Kind.SPAN:
        return window
    if draft.measure == "target":
        if window.endswith("-01-31") and draft.metric.startswith("disbursement"):
            plan_year = plan_year or int(window[:4]) - 1
        return budget_year_to(window, plan_year)
    known = metrics.METRICS.get(draft.metric)
    moves = known is not None and known.plan_moves and found.kind is periods.Kind.DATE
    return window if moves else str(found.year)


def _basis(draft: Draft, window: str) -> str:
    """Return the basis; where it was only assumed, and before the window was known, the usual one of the window."""
    assumed = BASE_ASSUMED in draft.flags and draft.measure in _CHANGES and not draft.window
    is_usual = draft.basis in ("same_period_last_year", "previous_year")
    return usual_base(window) if assumed and is_usual else draft.basis


def _flags(draft: Draft) -> tuple[str, ...]:
    flags, figure = draft.flags, draft.figure
    if draft.measure == "growth":
        if draft.basis.endswith("_plan"):
            if Decimal(figure.value) >= 100:
                flags.append(LARGE_EXCESS)
        elif draft.metric in WHOLE_REVENUE and Decimal(figure.value) > 100:
            flags.append(LARGE_GROWTH)
    elif figure.sort == MONEY and (len(figure.value) > _LONG or " tỷ" in figure.unit):
        unit = units.parse(figure.unit)
        ceiling = CEILING_OF_COUNTRY if draft.area in (COUNTRY, "") else CEILING
        if unit is not None and abs(Decimal(figure.value) * unit.factor) > ceiling:
            flags.append(ABOVE_CEILING)
    return tuple(dict.fromkeys(flags))


def _why(draft: Draft, tokens: Tokens, text: str) -> Why:
    starts, ends = tokens.starts, tokens.ends
    metric, measure, window, area, hedge = [
        "" if mark is None else text[starts[mark.first] : ends[mark.last - 1]]
        for mark in (
            draft.metric_words, draft.measure_words, draft.window_words, draft.area_words, draft.hedge_words,
        )
    ]  # fmt: skip
    basis = ""
    if draft.basis_words is not None:
        first, last = draft.basis_words
        basis = text[starts[first.first] : ends[last.last - 1]]
    return Why(metric, measure, basis, window, area, hedge)
