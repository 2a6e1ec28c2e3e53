"""A sentence read from left to right, once: every figure with its subject, its relation, its base and its window.

The one convention: a word said stays in force until a word of its own sort replaces it. A relation lasts over
conjoined figures of one sort, a base as long as no other is named, a hedge for the next figure only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sonla_cli.catalogue import metrics
from sonla_cli.catalogue.areas import COUNTRY
from sonla_cli.press import quantities as q
from sonla_cli.press import relations as r
from sonla_cli.press.context import Context, usual_base, year_of
from sonla_cli.press.head import Head, Tail, plan_basis, tail_of
from sonla_cli.press.marks import Kind, Mark
from sonla_cli.press.mention import AMBIGUOUS_MULTIPLE, AVERAGE, BASE_ASSUMED, SUBJECT_INHERITED, SUBJECT_UNKNOWN, YEAR_EARLIER
from sonla_cli.press.quantities import Quantity
from sonla_cli.press.relations import Base, Statement
from sonla_cli.press.scan import Scanned, as_percent
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
    hedge: str = "exact"
    status: str = ""
    #: the window as worded; empty where none was in force
    window: str = ""
    #: how many years earlier than its window the figure is
    earlier: int = 0
    #: the plan year, where one was named with the figure
    plan_year: str = ""
    base_year: str = ""
    flags: list[str] = field(default_factory=list)
    metric_words: Mark | None = None
    measure_words: Mark | None = None
    basis_words: tuple[Mark, Mark] | None = None
    window_words: Mark | None = None
    area_words: Mark | None = None
    hedge_words: Mark | None = None
    broken: bool = False
    index: int = 0


class SentenceReader:
    """Reads one sentence; `drafts` is what it found."""

    def __init__(self, tokens: Tokens, scanned: Scanned, context: Context) -> None:
        self.words = tokens.words
        self.marks = scanned.marks
        self.figures = scanned.figures
        self.context = context
        self.drafts: list[Draft] = []
        self.head = Head()
        self.metric = context.metric
        self.metric_words: Mark | None = None
        self.first_metric = ""
        self.area, self.entity = context.area, ""
        self.area_words: Mark | None = None
        self.window, self.window_words = "", None
        self.plan_year = ""
        self.year_said: int | None = None
        self.base: Base | None = None
        self.base_words: Mark | None = None
        self.base_year = ""
        self.last_plan = "unspecified"
        self.last_change = ""
        self.goal = False
        self.excludes_late = False
        self.bracket: tuple[str, str, Mark | None, str] | None = None

    def read(self) -> list[Draft]:
        """Read the sentence."""
        marks, at = self.marks, 0
        while at < len(marks):
            mark = marks[at]
            if mark.kind is Kind.QUANTITY:
                figure = self.figures[mark.first]
                tail = tail_of(marks, at, figure.sort)
                self._figure(at, figure, tail)
                at = tail.next
                continue
            handler = _HANDLERS.get(mark.kind)
            if handler is not None:
                handler(self, at, mark)
            at += 1
        return self.drafts

    # what stands before a figure

    def _on_metric(self, at: int, mark: Mark) -> None:
        head = self.head
        if head.except_for:
            return
        value = mark.value
        if head.against is not None and head.plan is None and not value:
            return
        if value.startswith("disbursement") and head.plan is not None and mark.first - head.plan.last > 0:
            head.plan = None  # "kế hoạch … tỷ; đã giải ngân": the verb ends the plan as a subject
        if value == "revenue.balance" and self.metric.startswith("expenditure"):
            value = "expenditure.balance"
        if value == "allocation" and head.plan is not None and head.against is not None:
            return
        if value in ("revenue", "expenditure"):
            if self.metric_words is not None and self.metric.startswith(value):
                return
            following = self.marks[at + 1] if at + 1 < len(self.marks) else None
            if following is None or following.kind not in (Kind.QUANTITY, Kind.HEDGE, Kind.STATUS):
                return
            value = f"{value}.total"
        elif value == "economy":
            value = "grdp"
        elif self._is_part_already(value, mark):
            return
        elif value == "investment.capital" and self.metric.startswith("enterprises"):
            value = "enterprises.capital"
        elif value == "allocation" and self.metric in ("disbursement.central", "disbursement.local") and head.metric is not None:
            value = f"allocation.{self.metric.rpartition('.')[2]}"
        if self.excludes_late and value == "disbursement":
            value = "disbursement.excluding_late_additions"
        self._subject(value, mark)
        if self.words[mark.first] in ("mục", "kịch"):
            self.goal = True

    def _is_part_already(self, value: str, mark: Mark) -> bool:
        """Whether a general word for capital leaves a part of it, named before in the sentence, as the subject."""
        if self.metric_words is None or not self.metric.startswith("disbursement"):
            return False
        said = self.words[mark.first : mark.last]
        if value == "investment.capital" and said[:2] == ["vốn", "đầu"]:
            if self.metric.startswith("disbursement.programmes"):
                self._subject("disbursement.programmes.investment", mark)
            return True
        return value == "disbursement" and self.metric != value and said[0] in ("giải", "đã") and "công" not in said

    def _subject(self, value: str, mark: Mark) -> None:
        self.metric, self.metric_words = value, mark
        self.head.metric = mark
        self.first_metric = self.first_metric or value
        if self.head.relation is not None and self.head.relation.value == r.SHARE:
            return
        if self.head.relation is not None and not self.head.plan and value:
            # a relation before its subject ("tăng thu nội địa 5 %") stays in force
            return

    def _on_capital(self, at: int, mark: Mark) -> None:
        if self.head.except_for:
            return
        if mark.value in ("ministries", "localities") and not self.metric.startswith("disbursement"):
            return
        self._subject(self._capital(mark.value), mark)

    def _capital(self, part: str) -> str:
        allocated = self.metric.startswith("allocation")
        family = "allocation" if allocated and part in ("central", "local") else "disbursement"
        found = f"{family}.{part}"
        return found if found in metrics.METRICS else "disbursement"

    def _on_relation(self, at: int, mark: Mark) -> None:
        head = self.head
        if mark.value == "none":
            head.relation = None
            return
        if head.against is not None and mark.first == head.against.last:
            return  # "so với thực hiện năm 2024"
        before = head.relation
        if before is not None and mark.value == r.EQUAL and self.words[before.first] in ("mức", "tốc"):
            return  # "mức tăng đạt 12 %" is an increase
        if before is not None and before.value == r.REMAINING and mark.value == r.EQUAL:
            return  # "số còn lại phải giải ngân là …"
        if mark.value == r.REMAINING and "ngân" in self.words[mark.first : mark.last] and not self.metric.startswith("disbursement"):
            self._subject("disbursement", mark)
        if before is not None and before.value == r.SHARE and self.words[before.first] == "tỷ":
            return  # "tỷ trọng tăng từ … lên …" are shares
        if mark.value == r.EQUAL and head.plan is not None and self.words[mark.first] in _OUTTURN_VERBS:
            head.plan = None
        self._close_against()
        head.relation = mark
        head.reaches = False

    def _close_against(self) -> None:
        """Keep what "so với …" named as the base of what follows."""
        head = self.head
        if head.against is None:
            return
        if head.plan is not None or head.assigner is not None:
            self._keep_base(Base(plan=plan_basis(head.plan, head.assigner, carryover=head.carryover)), head.plan or head.against)
            head.plan = head.assigner = None
        head.against = None

    def _keep_base(self, base: Base, words: Mark) -> None:
        self.head.base, self.head.base_words = base, words
        self.base, self.base_words = base, words

    def _on_reach(self, at: int, mark: Mark) -> None:
        self.head.reaches = True

    def _on_from(self, at: int, mark: Mark) -> None:
        following = self.marks[at + 1] if at + 1 < len(self.marks) else None
        near = following is not None and following.first == mark.last
        self.head.is_from = near and following is not None and following.kind in (Kind.QUANTITY, Kind.HEDGE)

    def _on_against(self, at: int, mark: Mark) -> None:
        self._close_against()
        self.head.against = mark
        self.head.plan = self.head.assigner = None

    def _on_plan(self, at: int, mark: Mark) -> None:
        head = self.head
        if mark.value == "goal" and head.against is None and head.relation is None:
            self.goal = True
            return
        if mark.value == "resolution" and head.against is None:
            return
        relation = head.relation
        if relation is not None and relation.value in r.CHANGES and head.against is None:
            assigner = self._assigner_after(at)
            self._keep_base(Base(plan=plan_basis(mark, assigner)), mark)
            return
        if head.plan is None or head.plan.value in ("unspecified", "goal", "resolution"):
            head.plan = mark
        if head.against is None and self._is_capital(mark):
            self._subject("disbursement", mark)

    def _is_capital(self, plan: Mark) -> bool:
        """Whether a plan is one of investment capital, and no such subject was named."""
        said = self.words[plan.first : plan.last]
        return "vốn" in said and not self.metric.startswith(("disbursement", "allocation", "carryover"))

    def _assigner_after(self, at: int) -> Mark | None:
        for mark in self.marks[at + 1 : at + 3]:
            if mark.kind is Kind.ASSIGNER:
                return mark
            if mark.kind not in (Kind.PERIOD, Kind.METRIC):
                break
        return None

    def _on_assigner(self, at: int, mark: Mark) -> None:
        head = self.head
        before = self.marks[at - 1] if at else None
        follows_plan = before is not None and before.kind in (Kind.PLAN, Kind.PERIOD, Kind.METRIC) and head.plan is not None
        following = self.marks[at + 1] if at + 1 < len(self.marks) else None
        if following is not None and following.kind is Kind.ASSIGNS and self.words[following.first] == "được":
            return
        if follows_plan or head.against is not None or self._is_assigned(at):
            if head.assigner is None or head.assigner.value == "province":
                head.assigner = mark

    def _is_assigned(self, at: int) -> bool:
        """Whether the assigner at `at` is followed by its verb."""
        for mark in self.marks[at + 1 : at + 3]:
            if mark.kind is Kind.ASSIGNS:
                return self.words[mark.first] != "được"  # "tỉnh được giao": by somebody else
            if mark.kind not in (Kind.ASSIGNER, Kind.AREA):
                break
        return False

    def _on_assigns(self, at: int, mark: Mark) -> None:
        self.head.assigns = mark

    def _on_change_base(self, at: int, mark: Mark) -> None:
        head = self.head
        relation = head.relation
        said = self.words[mark.first : mark.last]
        bare_country = mark.value == "national_average" and not _AVERAGE_WORDS.intersection(said)
        compares = head.against is not None or (relation is not None and relation.value in r.CHANGES)
        if bare_country and not compares:
            self._on_area(at, Mark(Kind.AREA, mark.first, mark.last, COUNTRY))
            return
        after = [found for found in self.marks[at + 1 : at + 3] if found.kind is not Kind.PERIOD]
        following = after[0] if after else None
        if compares:
            if following is not None and following.kind is Kind.OPEN:
                head.level = mark
            self._keep_base(Base(change=mark.value), mark)
            head.against = None
        elif following is not None and following.kind is Kind.RELATION and following.value in r.CHANGES:
            self._keep_base(Base(change=mark.value), mark)
        else:
            head.level = mark

    def _on_period(self, at: int, mark: Mark) -> None:
        head = self.head
        if not mark.value:
            return
        said = year_of(mark.value)
        before = self.marks[at - 1] if at else None
        kind = before.kind if before is not None else None
        is_base = before is not None and before in (head.level, self.base_words)
        if is_base or (kind is Kind.PERIOD and head.level is not None):
            self.base_year = mark.value
            head.level_year = mark.value
            if said is not None and self.year_said is None:
                self.year_said = said + 1
            return
        if head.against is not None and head.plan is None:
            self._keep_base(Base(change=mark.value), mark)
            head.against = None
            return
        if said is not None and len(mark.value) == 4 and (head.plan is not None or kind is Kind.PLAN):
            self.plan_year = mark.value
            self.year_said = self.year_said or said
            return
        self.window, self.window_words = mark.value, mark
        head.window = True
        if said is not None:
            self.year_said = said

    def _on_area(self, at: int, mark: Mark) -> None:
        before = self.marks[at - 1] if at else None
        if before is not None and before.kind is Kind.PLACE and mark.first - before.last <= 2:
            return
        if self.words[mark.first - 1 : mark.first] == ["-"] and before is not None and before.kind is Kind.AREA:
            return
        self.area, self.area_words, self.entity = mark.value, mark, ""

    def _on_entity(self, at: int, mark: Mark) -> None:
        self.entity = mark.value

    def _on_comma(self, at: int, mark: Mark) -> None:
        self._close_against()
        self.head.joined = True
        self.head.except_for = self.head.tally = False
        if self.head.assigns is None:
            self.head.assigner = None

    def _on_join(self, at: int, mark: Mark) -> None:
        self.head.joined = True

    def _on_break(self, at: int, mark: Mark) -> None:
        self._close_against()
        if self.words[mark.first] in (";", "•"):
            self.head = Head(broken=True)
            self.goal = False

    def _on_open(self, at: int, mark: Mark) -> None:
        self._close_against()
        self.head.in_brackets = True
        self.bracket = (self.metric, self.window, self.window_words, self.area)

    def _on_close(self, at: int, mark: Mark) -> None:
        self.head.in_brackets = False
        self.head.except_for = False
        if self.bracket is not None:
            self.metric, self.window, self.window_words, self.area = self.bracket
            self.bracket = None

    def _on_goal(self, at: int, mark: Mark) -> None:
        self.goal = True

    def _on_status(self, at: int, mark: Mark) -> None:
        head = self.head
        if head.against is not None and head.plan is None:
            return
        head.status = mark.value
        if self.words[mark.last - 1] in ("đạt", "hiện", "thu", "chi"):
            head.relation = None if head.relation is None or head.relation.value not in (r.REMAINING,) else head.relation
            if head.plan is not None and self.words[mark.last - 1] == "đạt":
                head.plan = None

    def _on_territory(self, at: int, mark: Mark) -> None:
        if self.metric == "revenue.total" and self.head.metric is not None:
            self.metric = "revenue.local"

    def _on_except(self, at: int, mark: Mark) -> None:
        self.head.except_for = True
        self.excludes_late = mark.value == "late"

    def _on_carryover(self, at: int, mark: Mark) -> None:
        self.head.carryover = True

    def _on_average(self, at: int, mark: Mark) -> None:
        self.head.average = True

    def _on_not_figure(self, at: int, mark: Mark) -> None:
        self.head.tally = self.head.tally or mark.value == "tally"

    def _on_request(self, at: int, mark: Mark) -> None:
        self.head.request = mark

    def _on_prices(self, at: int, mark: Mark) -> None:
        if self.metric in ("grdp", "grdp.constant", "grdp.current"):
            self.metric = f"grdp.{mark.value}"

    # a figure

    def _figure(self, at: int, figure: Quantity, tail: Tail) -> None:
        if figure.sort == q.PART:
            on_plan = (tail.base is not None and tail.base.plan is not None) or (self.head.base is not None and self.head.base.plan is not None)
            figure = as_percent(figure) if on_plan else figure._replace(sort=q.TIMES)
        if tail.period is not None:
            self._tail_window(tail.period)
        draft = None if tail.not_figure else self._stated(at, figure, tail)
        if tail.plan_year:
            self.plan_year = tail.plan_year
            self.year_said = self.year_said or year_of(tail.plan_year)
        if tail.base_year and tail.base is not None and tail.base.change == "same_period_last_year":
            said = year_of(tail.base_year)
            self.year_said = self.year_said or (said + 1 if said else None)
        if draft is not None:
            self._place(draft, at, tail)
            self.drafts.append(draft)
        self._after(tail, draft)

    def _tail_window(self, mark: Mark) -> None:
        self.window, self.window_words = mark.value, mark
        said = year_of(mark.value)
        self.year_said = said if said is not None else self.year_said

    def _stated(self, at: int, figure: Quantity, tail: Tail) -> Draft | None:
        if tail.metric is not None and figure.sort in (q.MONEY, q.USD, q.TIMES, q.PERCENT, q.COUNT):
            self._tail_metric(figure, tail)
        if figure.sort == q.COUNT:
            return self._count(figure, tail)
        if self.head.tally and figure.sort == q.PERCENT:
            return None
        if "mỗi" in self.words[max(0, figure.first - 3) : figure.first] and figure.sort == q.MONEY:
            return None  # so much for each household, child, commune
        if self.metric == "" and (self.head.metric is not None or (self.metric_words is not None)):
            return None  # a subject that is none of the catalogue's
        self._named_by_plan(tail)
        statement, words = self._statement(at, figure, tail)
        if statement is None:
            return None
        draft = Draft(figure, self._metric_of(figure), statement.measure, statement.basis, self.area, self.entity)
        draft.measure_words = words
        if draft.metric and not draft.metric.startswith("grdp") and figure.sort in (q.MONEY, q.USD):
            self.metric = draft.metric
        if draft.metric == "?":
            draft.metric = ""
            draft.flags.append(SUBJECT_UNKNOWN)
        if statement.assumed:
            draft.flags.append(BASE_ASSUMED)
        self._sign(draft, words, tail)
        return draft

    def _tail_metric(self, figure: Quantity, tail: Tail) -> None:
        metric = tail.metric
        assert metric is not None  # noqa: S101 - asked by the caller
        about = self.words[metric.first] == "về" or self.words[metric.first - 1] == "về"
        share = self.head.relation is not None and self.head.relation.value == r.SHARE
        if share or tail.metric_against:
            return
        if about or (tail.metric_is_near and self.head.metric is None and figure.sort in (q.MONEY, q.USD)):
            value = metric.value if metric.kind is Kind.METRIC else self._capital(metric.value)
            if value:
                self.metric, self.metric_words = value, metric
                self.head.metric = metric
            elif not about:
                self.metric, self.metric_words = "", metric

    def _count(self, figure: Quantity, tail: Tail) -> Draft | None:
        if figure.unit == "doanh nghiệp":
            near = tail.metric is not None and tail.metric.value == "enterprises"
            said = self.metric.startswith("enterprises") and self.head.metric is not None
            new = self.words[figure.last : figure.last + 3]
            if not (near or said or "thành" in new or new[:1] == ["mới"] or new[:2] == ["đăng", "ký"]):
                return None
            metric = "enterprises"
        else:
            near_words = set(self.words[max(0, figure.first - 6) : figure.last + 7])
            about = self.head.metric is not None and self.metric.startswith("investment")
            foreign = "fdi" in near_words or {"nước", "ngoài"} <= set(self.words[figure.last : figure.last + 8])
            if not (about or foreign or any(mark.kind in (Kind.ATTRACTS, Kind.ADJUSTS) for mark in self.marks)):
                return None
            metric = "investment.projects"
            if tail.adjusts or (near_words & {"chỉnh"} and "điều" in near_words):
                metric = "investment.projects_adjusted"
            elif foreign:
                metric = "investment.fdi_projects"
            elif "nhớ" in near_words and "ghi" in near_words:
                metric = "investment.mou_projects"
        self.metric, self.metric_words = metric, self.marks[0]
        measure, basis = ("target", "unspecified") if self.goal else ("actual", "")
        relation = self._relation(figure)
        if relation in r.CHANGES and self.head.relation is not None and not self.head.reaches and metric != "investment.projects_adjusted":
            base = tail.base or self.head.base
            statement = r.difference(relation, base, self._usual())
            measure, basis = statement.measure, statement.basis
        draft = Draft(figure, metric, measure, basis, self.area, self.entity)
        draft.measure_words = self.head.relation
        self.metric_words = None
        draft.metric_words = Mark(Kind.METRIC, figure.last - 2, figure.last, metric)
        self.first_metric = self.first_metric or metric
        return draft

    def _relation(self, figure: Quantity) -> str:
        """Return the relation in force: the head's own, or that of the conjoined figure before."""
        head = self.head
        if head.relation is not None:
            return head.relation.value
        if self.drafts and head.joined and not head.broken and not head.status:
            before = self.drafts[-1]
            if before.figure.sort == figure.sort and before.measure_words is not None:
                return before.measure_words.value
        return r.EQUAL

    def _base(self, tail: Tail, relation: str) -> tuple[Base | None, bool]:
        """Return what a figure is measured against and whether the tail says so."""
        if tail.base is not None:
            return self._dated(tail.base, tail.base_year), True
        if self.head.base is not None:
            return self._dated(self.head.base, self.base_year), False
        if self.base is not None:
            return self._dated(self.base, self.base_year), False
        return None, False

    def _dated(self, base: Base, year: str) -> Base:
        """Name the year of a base: last year's level, or that of an earlier year."""
        change = base.change
        if change is None:
            return base
        window = self.context.resolve(self.window or self.plan_year or "????", self.year_said)
        this_year = year_of(window)
        if change == "same_period_last_year" and year:
            said = year_of(year)
            if said is not None and this_year is not None and said < this_year - 1:
                return Base(change=str(said))
        if change[:4].isdigit():
            said = int(change[:4])
            if len(change) == 4:
                return Base(change="previous_year" if this_year is None or said == this_year - 1 else change)
            if "-Q" in change and "-Q" in window:
                return Base(change="previous_quarter" if windows_apart(change, window) == 1 else "same_period_last_year")
            if len(change) == 9 and change[5:].isdigit():
                return Base(change=f"average_{change[:4]}_{change[5:]}")
            return Base(change="same_period_last_year")
        if change.startswith("????"):
            if "-Q" in change:
                return Base(change="previous_quarter")
            return Base(change="previous_month" if change[5:7].isdigit() else "same_period_last_year")
        return base

    def _usual(self, relation: str = "") -> str:
        if relation in (r.EXCEED, r.SHORT):
            return Base(plan=self.last_plan).of_change or "unspecified_plan"
        if self.last_change:
            return self.last_change
        window = self.context.resolve(self.window, self.year_said) if self.window else self.context.period
        return usual_base(window or self.plan_year)

    def _statement(self, at: int, figure: Quantity, tail: Tail) -> tuple[Statement | None, Mark | None]:
        head = self.head
        relation = self._relation(figure)
        words = head.relation or (self.drafts[-1].measure_words if self.drafts and head.joined else None)
        base, from_tail = self._base(tail, relation)
        if figure.sort in (q.MONEY, q.USD, q.PER_HEAD):
            return self._amount(figure, relation, base, tail), head.relation
        if head.level is not None and relation in (r.EQUAL, *r.CHANGES):
            return Statement("attainment", self.last_plan), head.level
        if figure.sort == q.POINTS:
            if figure.unit == "điểm phần trăm" and figure.last - figure.first == 2 and relation not in r.CHANGES:
                return None, None
            return r.difference(relation, base, self._usual()), words
        if figure.sort == q.TIMES:
            linked = bool(self.drafts) and self.drafts[-1].figure.sort == q.TIMES
            if head.relation is None and not linked and tail.base is None and q.FRACTION not in figure.flags:
                return None, None
            if relation == r.SHARE:
                return Statement("share", ""), words
            return r.multiple(base if base is None or base.change else None, self._usual()), words
        if relation in r.CHANGES and head.is_from and not from_tail and figure.low is None:
            return Statement("attainment", self.last_plan), words
        if relation in r.CHANGES and head.reaches:
            relation = r.EQUAL
            base = tail.base
        return self._percent(figure, relation, base, tail), words

    def _named_by_plan(self, tail: Tail) -> None:
        """Take the subject from the plan where nothing else names it."""
        first = tail.base_first
        if not self.metric and self.metric_words is None and first is not None and "vốn" in self.words[first.first : first.last]:
            self.metric, self.metric_words = "disbursement", first
            self.first_metric = self.first_metric or self.metric

    def _percent(self, figure: Quantity, relation: str, base: Base | None, tail: Tail) -> Statement | None:
        head = self.head
        own = head.relation is not None
        if not own and tail.base is not None and tail.base.plan is not None and not tail.against:
            relation = r.EQUAL  # "tăng 5 %, 85 % dự toán"
        if not own and relation == r.EQUAL and not self.drafts and tail.base is None and head.metric is None and not self.goal and base is None and self.area_words is None:
            return None  # a percentage of which nothing is said
        if relation == r.MULTIPLE:
            relation = r.EQUAL
        whole = tail.metric is not None and tail.base is None and tail.metric.value in _WHOLES and relation == r.EQUAL
        if whole and tail.metric is not None and tail.metric.value != self.metric:
            return Statement("share", "")
        if base is not None and base.plan is None and tail.base is None and head.base is None and relation == r.EQUAL and self.last_plan != "unspecified":
            base = None  # a base of change said earlier does not turn a rate into an index
        if self.metric == "allocation" and base is None:
            base = Base(plan=self.last_plan)
        statement = r.rate(relation, base, self.metric, goal=self.goal, usual=self._usual(relation), last_plan=self.last_plan)
        if self.goal and statement.measure in ("growth", "index") and relation in (r.UP, r.EXCEED):
            return statement
        return statement

    def _amount(self, figure: Quantity, relation: str, base: Base | None, tail: Tail) -> Statement:
        head = self.head
        if self.words[figure.first - 1 : figure.first] == ["/"]:
            return Statement("plan", self.last_plan)
        if tail.remaining is not None:
            if "ngân" in self.words[tail.remaining.first : tail.remaining.last] and not self.metric.startswith("disbursement"):
                self.metric, self.metric_words = "disbursement", tail.remaining
            return Statement("remaining", self.last_plan)
        if head.request is not None:
            self.metric, self.metric_words = "capital_request", head.request
            return Statement("plan", "unspecified")
        if relation == r.REMAINING and head.relation is not None:
            plan = tail.base.plan if tail.base is not None else (head.base.plan if head.base is not None else None)
            return Statement("remaining", plan or self.last_plan)
        if head.level is not None or head.is_from or head.reaches:
            return Statement("actual", "")
        own = head.relation.value if head.relation is not None else ""
        if own == r.UP and self._metric_of(figure) == "investment.capital_added":
            return Statement("actual", "")
        if own in (r.UP, r.DOWN) or (own in (r.EXCEED, r.SHORT) and self._exceeds(tail)):
            return r.difference(own, base, self._usual(own))
        by_plan = head.plan is not None and head.against is None
        if by_plan or (head.assigns is not None and head.assigner is not None) or self._is_given(at_least=head):
            basis = plan_basis(head.plan, head.assigner, carryover=head.carryover or tail.carryover)
            self.last_plan = basis
            goal = self.goal and basis == "unspecified"
            return Statement("target" if goal and head.plan is None else "plan", basis)
        if self.goal:
            return Statement("target", plan_basis(None, head.assigner))
        before = self.drafts[-1] if self.drafts else None
        if before is not None and before.measure == "plan" and (head.joined or head.broken) and not head.window and head.relation is None and head.metric is not None and not head.status:
            if before.figure.sort == figure.sort and not _is_verbal(head.metric, self.words):
                return Statement("plan", before.basis)
        return Statement("actual", "")

    def _is_given(self, at_least: Head) -> bool:
        """Whether "được giao" stands right before the amount."""
        assigns = at_least.assigns
        return assigns is not None and self.words[assigns.last - 1] == "giao" and at_least.relation is None

    def _exceeds(self, tail: Tail) -> bool:
        """Whether "vượt" and "hụt" speak of a plan here, and not of a mark that was passed."""
        head = self.head
        assert head.relation is not None  # noqa: S101 - asked by the caller
        longer = head.relation.last - head.relation.first > 1
        return longer or tail.base is not None or head.base is not None or head.relation.value == r.SHORT

    def _metric_of(self, figure: Quantity) -> str:
        metric = self.metric
        if figure.sort == q.PER_HEAD:
            return "grdp.per_capita"
        if metric == "grdp":
            return "grdp.constant" if figure.sort in (q.MONEY, q.USD) else "grdp.growth"
        if figure.sort in (q.MONEY, q.USD):
            if metric == "investment.projects":
                return "investment.capital"
            if metric == "investment.fdi_projects" or (figure.sort == q.USD and metric == "investment.capital"):
                return "investment.fdi_capital"
            if metric == "investment.projects_adjusted":
                return "investment.capital_added"
            if metric == "investment.mou_projects":
                return "investment.mou_capital"
            if metric == "enterprises":
                return "enterprises.capital"
            if metric == "grdp.growth":
                return "grdp.constant"
        return metric

    def _sign(self, draft: Draft, words: Mark | None, tail: Tail) -> None:
        figure, relation = draft.figure, self._relation(draft.figure)
        if draft.measure in ("growth", "change"):
            if relation in r.FALLS and not figure.value.startswith("-"):
                low, high = figure.low, figure.high
                if low is not None and high is not None:
                    low, high = f"-{high}", f"-{low}"
                draft.figure = figure._replace(value=f"-{figure.value}", low=low, high=high)
        elif draft.measure == "multiple" and relation in (*r.CHANGES,):
            draft.flags.append(AMBIGUOUS_MULTIPLE)
            if relation in r.FALLS:
                draft.figure = figure._replace(value=f"{1 / float(figure.value):.3f}".rstrip("0").rstrip("."))
        if draft.figure.value.startswith("--"):
            draft.figure = draft.figure._replace(value=draft.figure.value[1:])

    def _place(self, draft: Draft, at: int, tail: Tail) -> None:
        """Add the window, the area, the hedge and the words that decided."""
        head = self.head
        draft.index = len(self.drafts)
        draft.broken = head.broken
        draft.window, draft.window_words = self.window, self.window_words
        draft.area_words = self.area_words
        draft.plan_year = tail.plan_year or self.plan_year
        draft.base_year = tail.base_year
        draft.status = head.status
        draft.flags.extend(draft.figure.flags)
        if head.average and draft.measure == "actual" and draft.figure.sort == q.MONEY:
            draft.flags.append(AVERAGE)
        if draft.metric_words is None:
            draft.metric_words = self.metric_words
        if self.metric_words is None and draft.metric and draft.figure.sort != q.COUNT:
            draft.flags.append(SUBJECT_INHERITED)
        if tail.base_first is not None and tail.base_last is not None:
            draft.basis_words = (tail.base_first, tail.base_last)
        elif self.base_words is not None and draft.basis:
            draft.basis_words = (self.base_words, self.base_words)
        if draft.measure == "plan" and (head.plan or head.assigner):
            words = [found for found in (head.plan, head.assigner) if found is not None]
            draft.basis_words = (min(words), max(words))
        self._hedge(draft, at, tail)
        self._earlier(draft, tail)

    def _hedge(self, draft: Draft, at: int, tail: Tail) -> None:
        before = self.marks[at - 1] if at else None
        mark = self.marks[at]
        if before is not None and before.kind is Kind.HEDGE and before.last == mark.first:
            draft.hedge, draft.hedge_words = before.value, before
        elif tail.upwards:
            draft.hedge = "over"
        elif (
            before is not None
            and before.kind is Kind.RELATION
            and before.value == r.EXCEED
            and draft.measure in ("actual", "plan")
            and before.last == mark.first
        ):
            draft.hedge, draft.hedge_words = "over", before

    def _earlier(self, draft: Draft, tail: Tail) -> None:
        """Move a level of the year before, or the country's, to where it belongs."""
        head = self.head
        if head.level is not None and draft.measure in ("attainment", "actual"):
            if head.level.value == "national_average":
                draft.area, draft.area_words = COUNTRY, head.level
            elif head.level.value != "start_of_year":
                draft.earlier = 1
                draft.flags.append(YEAR_EARLIER)
                draft.base_year = head.level_year
        elif head.is_from and tail.period is None and draft.measure in ("attainment", "actual"):
            draft.earlier = 1
            draft.flags.append(YEAR_EARLIER)

    def _after(self, tail: Tail, draft: Draft | None) -> None:
        """Keep what stays in force after a figure."""
        if draft is not None:
            if draft.measure in ("attainment", "target") and draft.basis:
                self.last_plan = draft.basis if tail.base is not None or self.head.base is not None else self.last_plan
            elif draft.measure in ("growth", "index", "multiple", "change") and BASE_ASSUMED not in draft.flags:
                if not draft.basis.endswith("_plan"):
                    self.last_change = draft.basis
        if tail.base is not None and tail.against:
            self.base = None if draft is None or draft.measure == "actual" else self.base
        elif tail.base is not None:
            self.base = None
        was_from = self.head.is_from
        relation = self.head.relation
        in_brackets = self.head.in_brackets
        self.head = Head(in_brackets=in_brackets)
        if was_from:
            self.head.relation = relation


def windows_apart(earlier: str, later: str) -> int:
    """Return how many quarters lie between two quarters."""
    return (int(later[:4]) - int(earlier[:4])) * 4 + int(later[-1]) - int(earlier[-1])


_AVERAGE_WORDS = frozenset({"bình", "trung", "mức", "chung", "tỷ", "mặt"})
_OUTTURN_VERBS = frozenset({"đạt", "thực", "hoàn", "thu", "đã", "mới", "chỉ", "nộp", "bằng"})
_WHOLES = frozenset({"revenue.total", "revenue.local", "expenditure.total", "revenue.domestic", "disbursement", "grdp"})


def _is_verbal(mark: Mark, words: Sequence[str]) -> bool:
    """Whether a metric is named by what was done ("giải ngân") and not by what it is."""
    return words[mark.first] in ("giải", "đã", "được", "phân")


_HANDLERS = {
    Kind.METRIC: SentenceReader._on_metric,
    Kind.SOURCE_OF_CAPITAL: SentenceReader._on_capital,
    Kind.RELATION: SentenceReader._on_relation,
    Kind.REACH: SentenceReader._on_reach,
    Kind.FROM: SentenceReader._on_from,
    Kind.AGAINST: SentenceReader._on_against,
    Kind.PLAN: SentenceReader._on_plan,
    Kind.ASSIGNER: SentenceReader._on_assigner,
    Kind.ASSIGNS: SentenceReader._on_assigns,
    Kind.CHANGE_BASE: SentenceReader._on_change_base,
    Kind.PERIOD: SentenceReader._on_period,
    Kind.AREA: SentenceReader._on_area,
    Kind.ENTITY: SentenceReader._on_entity,
    Kind.COMMA: SentenceReader._on_comma,
    Kind.JOIN: SentenceReader._on_join,
    Kind.BREAK: SentenceReader._on_break,
    Kind.OPEN: SentenceReader._on_open,
    Kind.CLOSE: SentenceReader._on_close,
    Kind.GOAL: SentenceReader._on_goal,
    Kind.STATUS: SentenceReader._on_status,
    Kind.TERRITORY: SentenceReader._on_territory,
    Kind.EXCEPT: SentenceReader._on_except,
    Kind.CARRYOVER: SentenceReader._on_carryover,
    Kind.AVERAGE: SentenceReader._on_average,
    Kind.NOT_FIGURE: SentenceReader._on_not_figure,
    Kind.REQUEST: SentenceReader._on_request,
    Kind.PRICES: SentenceReader._on_prices,
}
