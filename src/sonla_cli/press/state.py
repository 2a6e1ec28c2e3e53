"""What is in force while a sentence is read, and the figures found so far.

The one convention: a word said stays in force until a word of its own sort replaces it. `Sentence` holds what
lasts over figures, its `head` what was said since the last one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sonla_cli.catalogue import metrics
from sonla_cli.press.context import Context
from sonla_cli.press.head import Head, plan_basis
from sonla_cli.press.marks import Kind, Mark
from sonla_cli.press.quantities import Quantity
from sonla_cli.press.relations import REMAINING, Base
from sonla_cli.press.tokens import Tokens


@dataclass(slots=True)
class Draft:
    """A figure being read; windows are not yet resolved."""

    figure: Quantity
    metric: str
    measure: str
    basis: str
    area: str
    entity: str
    flags: list[str]
    measure_words: Mark | None
    hedge: str = "exact"
    status: str = ""
    #: the window as worded; empty where none was in force
    window: str = ""
    #: how many years earlier than its window the figure is
    earlier: int = 0
    #: the plan year, where one was named with the figure
    plan_year: str = ""
    base_year: str = ""
    metric_words: Mark | None = None
    basis_words: tuple[Mark, Mark] | None = None
    window_words: Mark | None = None
    area_words: Mark | None = None
    hedge_words: Mark | None = None
    #: its window is that of the level before, and of no other figure
    apart: bool = False
    #: the figure begins a part of the sentence of its own
    broken: bool = False


def _is_fiscal(mark: Mark) -> bool:
    """Whether a mark is of a kind of words that no text but one about budgets has."""
    if mark.kind == Kind.METRIC:
        return mark.value not in ("", "revenue", "expenditure")
    return mark.kind in (Kind.SOURCE_OF_CAPITAL, Kind.PLAN, Kind.REQUEST) or mark.value in (REMAINING, "due")


#: who collects and spends for the public
_AGENTS = frozenset({Kind.AREA, Kind.ASSIGNER, Kind.ENTITY, Kind.TERRITORY})


class Sentence:
    """A sentence being read; `at` is the mark that is looked at."""

    __slots__ = (
        "area", "area_words", "at", "base", "base_words", "base_year", "bracket", "context", "drafts", "entity",
        "excludes_late", "first_metric", "goal", "has_agent", "has_fiscal_word", "head", "inside", "last_change", "last_plan",
        "listed", "lists_goals", "marks", "metric", "metric_words", "outsider", "plan_year", "whole", "window",
        "window_words", "words", "year_said",
    )  # fmt: skip

    def __init__(self, tokens: Tokens, marks: Sequence[Mark], context: Context) -> None:
        self.words = tokens.words
        self.marks = marks
        self.context = context
        self.at = 0
        self.drafts: list[Draft] = []
        self.has_fiscal_word: bool | None = None
        self.has_agent: bool | None = None
        #: the last of them outside a bracket, as the items of a list are
        self.listed: Draft | None = None
        self.head = Head()
        #: what is measured; empty where it is nothing of the catalogue
        self.metric = context.metric
        self.metric_words: Mark | None = None
        self.first_metric = ""
        self.area = context.area
        self.entity = ""
        #: the firm, the school or the project that acts
        self.outsider: Mark | None = None
        self.area_words: Mark | None = None
        self.window = ""
        self.window_words: Mark | None = None
        self.plan_year = ""
        self.year_said: int | None = None
        #: what was named to compare with, for the figures to come
        self.base: Base | None = None
        self.base_words: Mark | None = None
        self.base_year = ""
        self.last_plan = "unspecified"
        self.last_change = ""
        self.goal = False
        #: a goal before a colon, which holds for all that is listed after it
        self.lists_goals = False
        self.excludes_late = False
        #: the figures to come are those of parts
        self.inside = False
        #: the amount that they are parts of
        self.whole: Draft | None = None
        #: what was in force before the open bracket
        self.bracket: tuple[str, str, Mark | None, str] | None = None

    @property
    def is_fiscal(self) -> bool:
        """Whether any word of the sentence is of budgets; looked for once."""
        if self.has_fiscal_word is None:
            self.has_fiscal_word = any(map(_is_fiscal, self.marks))
        return self.has_fiscal_word

    @property
    def names_public(self) -> bool:
        """Whether any word of the sentence names who collects and spends for the public; looked for once."""
        if self.has_agent is None:
            self.has_agent = any(mark.kind in _AGENTS for mark in self.marks)
        return self.has_agent

    @property
    def before(self) -> Mark | None:
        """The mark before the one that is looked at."""
        return self.marks[self.at - 1] if self.at else None

    @property
    def following(self) -> Mark | None:
        """The mark after the one that is looked at."""
        return self.marks[self.at + 1] if self.at + 1 < len(self.marks) else None

    def said(self, mark: Mark) -> Sequence[str]:
        """Return the words of a mark."""
        return self.words[mark.first : mark.last]


def neighbours(s: Sentence, count: int) -> Sequence[Mark]:
    """Return the next `count` marks."""
    return s.marks[s.at + 1 : s.at + 1 + count]


def take_subject(s: Sentence, value: str, mark: Mark) -> None:
    """Let what follows be about `value`."""
    s.metric, s.metric_words = value, mark
    s.head.metric = mark
    s.first_metric = s.first_metric or value


def capital_of(s: Sentence, part: str) -> str:
    """Return the metric of a part of capital: disbursed, unless the sentence is about allocating."""
    allocated = s.metric.startswith("allocation")
    family = "allocation" if allocated and part in ("central", "local") else "disbursement"
    found = f"{family}.{part}"
    return found if found in metrics.METRICS else "disbursement"


def keep_base(s: Sentence, base: Base, words: Mark) -> None:
    """Measure what follows against `base`."""
    s.head.base, s.head.base_words = base, words
    s.base, s.base_words = base, words


def close_against(s: Sentence) -> None:
    """Keep what "so với …" named as the base of what follows."""
    head = s.head
    if head.against is None:
        return
    if head.plan is not None or head.assigner is not None:
        basis = plan_basis(head.plan, head.assigner, carryover=head.carryover)
        keep_base(s, Base(plan=basis), head.plan or head.against)
        head.plan = head.assigner = None
    head.against = None
