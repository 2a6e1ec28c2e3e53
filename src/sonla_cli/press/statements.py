"""What a figure states: its measure, its basis and its metric, decided from what was said around it.

The one convention: the figure's own words come first, then the words before it, then what is still in force
from the figure before; the matrix of relation and base itself is in `relations`.
"""

from __future__ import annotations

from collections.abc import Sequence

from sonla_cli.press import quantities as q
from sonla_cli.press import relations as r
from sonla_cli.press.head import Tail, left_over, plan_basis
from sonla_cli.press.marks import Kind, Mark
from sonla_cli.press.measured import base_of, usual_of
from sonla_cli.press.quantities import Quantity
from sonla_cli.press.relations import Base, Statement
from sonla_cli.press.state import Sentence

_WHOLES = frozenset(
    {"revenue.total", "revenue.local", "expenditure.total", "revenue.domestic", "disbursement", "grdp"}
)

_AMOUNTS = (q.MONEY, q.USD, q.PER_HEAD)

#: the amount that goes with a number of projects or enterprises, or with a growth
_AMOUNT_OF = {
    "investment.projects": "investment.capital",
    "investment.fdi_projects": "investment.fdi_capital",
    "investment.projects_adjusted": "investment.capital_added",
    "investment.mou_projects": "investment.mou_capital",
    "enterprises": "enterprises.capital",
    "grdp.growth": "grdp.constant",
}


def relation_of(s: Sentence, figure: Quantity) -> str:
    """Return the relation in force: the head's own, or that of the conjoined figure before."""
    head = s.head
    if head.relation is not None:
        return head.relation.value
    if s.drafts and head.joined and not head.broken and not head.status:
        before = s.drafts[-1]
        if before.figure.sort == figure.sort and before.measure_words is not None:
            return before.measure_words.value
    return r.EQUAL


def statement_of(
    s: Sentence, figure: Quantity, tail: Tail, relation: str
) -> tuple[Statement | None, Mark | None]:
    """Return what a figure states and the words that say so, or nothing where it is no figure."""
    head = s.head
    base = base_of(s, tail)
    if figure.sort in _AMOUNTS:
        return amount_of(s, figure, relation, base, tail), head.relation
    words = head.relation or (s.drafts[-1].measure_words if s.drafts and head.joined else None)
    if head.level is not None and relation in (r.EQUAL, *r.CHANGES):
        if head.relation is not None and head.relation.first > head.level.first and relation in r.CHANGES:
            return Statement("growth", usual_of(s)), words  # "cùng kỳ tăng 3,1 %"
        if head.level_grows or s.metric in r.GROWTH_METRICS:
            return Statement("growth", usual_of(s)), head.level
        return Statement("attainment", s.last_plan), head.level
    if figure.sort == q.POINTS:
        if base is None and not s.metric:
            return None, None
        if figure.unit == "điểm phần trăm" and figure.last - figure.first == 2 and relation not in r.CHANGES:
            return None, None
        return r.difference(base, usual_of(s)), words
    if figure.sort == q.TIMES:
        linked = bool(s.drafts) and s.drafts[-1].figure.sort == q.TIMES
        if head.relation is None and not linked and tail.base is None and q.FRACTION not in figure.flags:
            return None, None
        if relation == r.SHARE:
            return Statement("share", ""), words
        return r.multiple(base if base is None or base.change else None, usual_of(s)), words
    if (
        relation in r.CHANGES
        and head.is_from
        and not tail.against
        and not tail.upwards
        and figure.low is None
    ):
        return _level_of(s, tail), words
    if relation in r.CHANGES and head.reaches:
        relation = r.EQUAL
        base = tail.base
    return percent_of(s, relation, base, tail), words


def _level_of(s: Sentence, tail: Tail) -> Statement:
    """Return what the level before states in "tăng từ 42,6 % kế hoạch lên …": a rate of growth or of a plan."""
    if s.metric in r.GROWTH_METRICS:
        return Statement("growth", usual_of(s))
    plan = tail.base.plan if tail.base is not None else None
    return Statement("attainment", plan or s.last_plan)


def named_by_plan(s: Sentence, tail: Tail) -> None:
    """Take the subject from the plan, where nothing else names it."""
    first = tail.base_first
    if first is not None and "vốn" in s.said(first):
        s.metric, s.metric_words = "disbursement", first
        s.first_metric = s.first_metric or s.metric


def percent_of(s: Sentence, relation: str, base: Base | None, tail: Tail) -> Statement | None:
    """Return what a percentage states."""
    head = s.head
    own = head.relation is not None
    if (
        s.metric_words is None
        and head.relation is not None
        and s.said(head.relation)[:2] == ["tăng", "trưởng"]
    ):
        s.metric, s.metric_words = "grdp.growth", head.relation  # growth of nothing named is the economy's
    if not own and tail.base is not None and tail.base.plan is not None and not tail.against:
        relation = r.EQUAL  # "tăng 5 %, 85 % dự toán"
    if not (own or s.drafts or s.goal or tail.base or base or head.metric or s.area_words):
        return None
    if relation == r.MULTIPLE:
        relation = r.EQUAL
    if s.metric in r.GROWTH_METRICS and (set_by := _aim_of_growth(s)):
        return Statement("target", set_by)
    whole = tail.metric.value if tail.metric is not None and tail.base is None else ""
    if whole in _WHOLES and whole != s.metric and relation == r.EQUAL:
        return Statement("share", "")
    here = tail.base is not None or head.base is not None
    if (
        base is not None
        and base.plan is None
        and not here
        and relation == r.EQUAL
        and s.last_plan != "unspecified"
    ):
        base = None  # a base of change said earlier does not turn a rate into an index
    if s.metric == "allocation" and base is None:
        base = Base(plan=s.last_plan)
    usual = usual_of(s, relation) if base is None else ""
    return r.rate(relation, base, s.metric, goal=s.goal, usual=usual, last_plan=s.last_plan)


def _aim_of_growth(s: Sentence) -> str:
    """Return who set a rate of growth that is itself the goal, or nothing where it is what was reached.

    "Thấp hơn mục tiêu 8 %", "giao chỉ tiêu GRDP tăng 8,5 %", "Chính phủ giao … mục tiêu tăng trưởng 8 %".
    """
    head = s.head
    if head.base_words is not None and head.base_words is s.before and s.before.kind == Kind.PLAN:
        return "unspecified"
    if head.plan is not None and head.against is None:
        return plan_basis(None if head.plan.value == "goal" else head.plan, head.assigner)
    if head.assigns is None or not (head.assigner or s.words[head.assigns.first] == "đề"):
        return ""
    return plan_basis(None, head.assigner) if s.goal or not head.assigner else ""


def amount_of(s: Sentence, figure: Quantity, relation: str, base: Base | None, tail: Tail) -> Statement:
    """Return what an amount of money states."""
    head = s.head
    if figure.first and s.words[figure.first - 1] == "/":
        return Statement("plan", s.last_plan)
    remaining = tail.remaining or (left_over(s.marks, tail.next) if head.left else None)
    if remaining is not None:
        if "ngân" in s.said(remaining) and not s.metric.startswith("disbursement"):
            s.metric, s.metric_words = "disbursement", remaining
        return Statement("remaining", (base.plan if base is not None else None) or s.last_plan)
    if head.request is not None:
        s.metric, s.metric_words = "capital_request", head.request
        return Statement("plan", "unspecified")
    if relation == r.REMAINING and head.relation is not None:
        named = tail.base or head.base
        plan = named.plan if named is not None else None
        return Statement("remaining", plan or s.last_plan)
    if head.reaches and not head.left and head.plan is not None and head.against is None:
        return Statement("plan", plan_basis(head.plan, head.assigner))  # "nâng tổng kế hoạch vốn lên …"
    if head.level is not None or (head.is_from and not tail.upwards) or head.reaches:
        return Statement("actual", "")
    if adds(s, figure):
        return Statement("change", usual_of(s), assumed=True)
    own = head.relation.value if head.relation is not None else ""
    if own == r.UP and metric_of(s, figure) == "investment.capital_added":
        return Statement("actual", "")
    if own in (r.UP, r.DOWN) or (own in (r.EXCEED, r.SHORT) and exceeds(s, tail)):
        return r.difference(base, usual_of(s, own))
    return _plan_amount(s, figure, tail) or Statement("actual", "")


def adds(s: Sentence, figure: Quantity) -> bool:
    """Whether an amount was spent or collected on top of what had been, since a day that is not said ("giải ngân thêm …")."""
    metric = s.head.metric
    return metric is not None and s.words[metric.last : figure.first] == ["thêm"] and not s.goal


def _plan_amount(s: Sentence, figure: Quantity, tail: Tail) -> Statement | None:
    """Return the plan or the goal that an amount is, if it is one."""
    head = s.head
    assigned = head.assigns is not None and head.assigner is not None
    if (head.plan is not None and head.against is None) or assigned or is_given(s):
        basis = plan_basis(head.plan, head.assigner, carryover=head.carryover or tail.carryover)
        s.last_plan = basis
        is_goal = s.goal and basis == "unspecified" and head.plan is None
        return Statement("target" if is_goal else "plan", basis)
    if s.goal:
        return Statement("target", plan_basis(None, head.assigner))
    if head.metric is not None and head.metric.kind == Kind.SOURCE_OF_CAPITAL and _is_then_spent(s, tail):
        return Statement("plan", s.last_plan)
    if _is_capital_itself(s):
        return Statement("plan", s.last_plan)
    if is_unnamed_part(s, figure) and s.drafts and s.drafts[-1].measure == "plan":
        return Statement("plan", s.drafts[-1].basis)
    if _is_of_plan(s, figure, tail):
        return Statement("plan", plan_basis(tail.base_first, None))
    before = s.listed
    if s.inside and s.whole is not None and (before is None or before.figure.sort != figure.sort):
        before = s.whole  # "dự toán … 4.950 tỷ đồng, tăng 5,3%; trong đó thu nội địa …"
    if before is None or before.measure != "plan" or before.figure.sort != figure.sort:
        return None
    # "dự toán thu …, chi …": the items of a list are plans as their first is
    listed = (head.joined or head.broken) and not head.window and head.relation is None and not head.status
    named = head.metric is not None and not _is_verbal(head.metric, s.words)
    return Statement("plan", before.basis) if listed and named else None


def _is_capital_itself(s: Sentence) -> bool:
    """Whether capital of a year is named and nothing said of spending it ("vốn đầu tư công năm 2025 là …")."""
    named, relation = s.head.metric, s.head.relation
    if named is None or named.value != "disbursement" or s.head.status or len(s.window) not in (0, 4):
        return False
    is_noun = not _SPENDS.intersection(s.said(named)) and "công" in s.said(named)
    return is_noun and (relation is None or s.said(relation) == ["là"])


_SPENDS = frozenset({"giải", "thanh"})


def _is_of_plan(s: Sentence, figure: Quantity, tail: Tail) -> bool:
    """Whether a plan is named right after its amount ("trong số 7.454 tỷ đồng kế hoạch vốn năm 2025")."""
    named, head = tail.base_first, s.head
    near = named is not None and named.kind == Kind.PLAN and named.first == figure.last
    return near and head.metric is None and head.relation is None and not head.status and not s.drafts


def _is_then_spent(s: Sentence, tail: Tail) -> bool:
    """Whether capital is named first and what was spent of it after ("vốn … 3.980 tỷ đồng, đã giải ngân …")."""
    following = s.marks[tail.next : tail.next + 2]
    if [mark.kind for mark in following] != [Kind.COMMA, Kind.METRIC]:
        return False
    verb = following[1]
    return verb.value == "disbursement" and _is_verbal(verb, s.words)


def is_unnamed_part(s: Sentence, figure: Quantity) -> bool:
    """Whether a bracket gives an amount to something that is not known ("(trong nước 3.700 tỷ đồng, …)")."""
    if s.bracket is None or figure.sort != q.MONEY or s.head.metric is not None:
        return False
    before = s.before
    return before is not None and before.kind in (Kind.OPEN, Kind.COMMA) and before.last < figure.first


def is_given(s: Sentence) -> bool:
    """Whether "được giao" stands right before the amount."""
    assigns = s.head.assigns
    return assigns is not None and s.words[assigns.last - 1] == "giao" and s.head.relation is None


def exceeds(s: Sentence, tail: Tail) -> bool:
    """Whether "vượt" and "hụt" speak of a plan here, and not of a mark that was passed."""
    head = s.head
    assert head.relation is not None  # noqa: S101 - asked by the caller
    longer = head.relation.last - head.relation.first > 1
    return longer or tail.base is not None or head.base is not None or head.relation.value == r.SHORT


def metric_of(s: Sentence, figure: Quantity) -> str:
    """Return the metric, made precise by the sort of the figure."""
    metric = s.metric
    if figure.sort == q.PER_HEAD:
        return "grdp.per_capita"
    if metric == "grdp":
        return "grdp.constant" if figure.sort in (q.MONEY, q.USD) else "grdp.growth"
    if figure.sort == q.USD and metric == "investment.capital":
        return "investment.fdi_capital"
    return _AMOUNT_OF.get(metric, metric) if figure.sort in (q.MONEY, q.USD) else metric


def _is_verbal(mark: Mark, words: Sequence[str]) -> bool:
    """Whether a metric is named by what was done ("giải ngân") and not by what it is."""
    return words[mark.first] in ("giải", "đã", "được", "phân")
