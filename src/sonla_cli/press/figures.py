"""A figure and the words around it become a draft, and what stays in force is kept for the next.

The one convention: a figure is judged once, when it comes, and never again; only what a list or a shared base
says later is added in `pairing` and `settle`.
"""

from __future__ import annotations

from sonla_cli.catalogue.areas import COUNTRY
from sonla_cli.models.mention import (
    AMBIGUOUS_MULTIPLE,
    AVERAGE,
    BASE_ASSUMED,
    SUBJECT_INHERITED,
    SUBJECT_UNKNOWN,
    YEAR_EARLIER,
)
from sonla_cli.press import quantities as q
from sonla_cli.press import relations as r
from sonla_cli.press.context import year_of
from sonla_cli.press.head import Head, Tail
from sonla_cli.press.levels import take_earlier_window, take_level
from sonla_cli.press.marks import Kind, Mark
from sonla_cli.press.measured import usual_of
from sonla_cli.press.quantities import Quantity
from sonla_cli.press.relations import Base
from sonla_cli.press.resolved import UNKNOWN, up_to
from sonla_cli.press.scan import as_percent
from sonla_cli.press.state import Draft, Sentence, capital_of, take_subject
from sonla_cli.press.statements import (
    adds,
    is_unnamed_part,
    metric_of,
    named_by_plan,
    relation_of,
    statement_of,
)
from sonla_cli.press.unnamed import is_unnamed

_MONEY = (q.MONEY, q.USD)
_VERBS = (Kind.GOAL, Kind.RELATION)
#: figures whose subject may be named after them
_NAMED_AFTER = frozenset({q.MONEY, q.USD, q.TIMES, q.PERCENT, q.COUNT})
#: what a bare word means after "dự toán"
_WHOLE = {"revenue": "revenue.total", "expenditure": "expenditure.total", "economy": "grdp"}
_DENIED = (["không", "hoàn", "thành"], ["chưa", "hoàn", "thành"])
#: measures that a word of change gives a direction
_COMPARED = ("growth", "change", "multiple", "index")
_SIGNED = ("growth", "change", "multiple")


def read_figure(s: Sentence, figure: Quantity, tail: Tail) -> None:
    """Read a figure: what it states, where it stands, and what stays in force after it."""
    if figure.sort == q.PART:
        on_plan = (tail.base is not None and tail.base.plan is not None) or (
            s.head.base is not None and s.head.base.plan is not None
        )
        figure = as_percent(figure) if on_plan else figure._replace(sort=q.TIMES)
    if tail.base is not None and not tail.against:
        take_level(s, figure, tail)
    elif tail.period is not None and tail.base is None:
        take_earlier_window(s, figure, tail)
    outer = None
    if tail.period is not None:
        if s.head.is_from:
            outer = s.window, s.window_words, s.year_said
        tail_window(s, tail.period)
        if s.head.is_from and figure.sort == q.PERCENT and s.metric not in r.GROWTH_METRICS:
            s.window = up_to(s.window)  # "từ 33,6% của tháng 8 lên …" was reached by then
    draft = None if tail.not_figure else stated(s, figure, tail)
    if tail.plan_year and not (tail.against and (s.plan_year or s.window)):
        s.plan_year = tail.plan_year
        s.year_said = s.year_said or year_of(tail.plan_year)
    if tail.base_year and tail.base is not None and tail.base.change == "same_period_last_year":
        said = year_of(tail.base_year)
        s.year_said = s.year_said or (said + 1 if said else None)
    if draft is not None:
        place(s, draft, tail)
        draft.apart = outer is not None
        s.drafts.append(draft)
        if s.bracket is None or s.listed is None:
            s.listed = draft
    after(s, tail, draft)
    if outer is not None:
        s.window, s.window_words, s.year_said = outer  # the window of the level before is that of no other


def tail_window(s: Sentence, mark: Mark) -> None:
    """Let a window named after a figure hold for it and for those to come."""
    s.window, s.window_words = mark.value, mark
    said = year_of(mark.value)
    s.year_said = said if said is not None else s.year_said


def stated(s: Sentence, figure: Quantity, tail: Tail) -> Draft | None:
    """Return what the figure states, or `None` if that is nothing of the catalogue."""
    if tail.metric is not None and figure.sort in _NAMED_AFTER:
        tail_metric(s, figure, tail)
    if tail.plan_metric is not None and s.metric_words is None and figure.sort == q.PERCENT:
        take_subject(s, _WHOLE.get(tail.plan_metric.value, tail.plan_metric.value), tail.plan_metric)
    if figure.sort == q.COUNT:
        return count_of(s, figure, tail)
    if _is_of_others(s, figure, tail):
        return None
    if not s.metric:
        if s.head.metric is not None or s.metric_words is not None:
            return None  # a subject that is none of the catalogue's
        if not s.is_fiscal:
            return None  # nothing in force, and not a word of the field: money and rates of any other kind
        named_by_plan(s, tail)
    relation = relation_of(s, figure)
    statement, words = statement_of(s, figure, tail, relation)
    if statement is None or (s.head.versus is not None and statement.measure in _COMPARED):
        return None  # what something differs by from another area has no basis
    unnamed = s.head.metric is None and (is_unnamed_part(s, figure) or is_unnamed(s, figure))
    metric = "?" if unnamed else metric_of(s, figure)
    if figure.sort in _MONEY and metric and not metric.startswith("grdp"):
        s.metric = metric
    flags = []
    if metric == "?":
        metric = ""
        flags.append(SUBJECT_UNKNOWN)
    if statement.assumed:
        flags.append(BASE_ASSUMED)
    if statement.measure in _SIGNED and relation in r.CHANGES:
        figure = signed(figure, statement.measure, relation)
        if statement.measure == "multiple":
            flags.append(AMBIGUOUS_MULTIPLE)
    return Draft(figure, metric, statement.measure, statement.basis, s.area, s.entity, flags, words)


def _is_of_others(s: Sentence, figure: Quantity, tail: Tail) -> bool:
    """Whether a figure is said of members of a group, of works, of each household or of a firm."""
    if figure.sort == q.PERCENT:
        if s.head.tally or (figure.value == "100" and s.words[figure.first - 3 : figure.first] in _DENIED):
            return True  # "không hoàn thành 100% kế hoạch" says how much was not done
    elif figure.sort == q.MONEY and "mỗi" in s.words[max(0, figure.first - 3) : figure.first]:
        return True  # so much for each household, child, commune
    if tail.metric is not None and not tail.metric.value and tail.metric_is_near and not s.metric:
        return True  # "85 % khối lượng"
    return s.outsider is not None and not _is_of_outsider(s)


def _is_of_outsider(s: Sentence) -> bool:
    """Whether something of the field is named of a firm or a project; nothing that was said before is."""
    outsider, named = s.outsider, s.metric_words
    assert outsider is not None  # noqa: S101 - asked by the caller
    return s.head.request is not None or (named is not None and named.first >= outsider.last)


def tail_metric(s: Sentence, figure: Quantity, tail: Tail) -> None:
    """Take the subject that is named after the figure ("gấp 3 lần về số dự án")."""
    metric = tail.metric
    assert metric is not None  # noqa: S101 - asked by the caller
    about = s.words[metric.first] == "về" or s.words[metric.first - 1] == "về"
    share = s.head.relation is not None and s.head.relation.value == r.SHARE
    if share or tail.metric_against:
        return
    if about or (tail.metric_is_near and s.head.metric is None and figure.sort in (q.MONEY, q.USD)):
        value = metric.value if metric.kind == Kind.METRIC else capital_of(s, metric.value)
        if value == "investment.capital" and s.metric.startswith("enterprises"):
            value = "enterprises.capital"
        if value:
            s.metric, s.metric_words = value, metric
            s.head.metric = metric
        elif not about:
            s.metric, s.metric_words = "", metric


def count_of(s: Sentence, figure: Quantity, tail: Tail) -> Draft | None:
    """Return what a number of projects or enterprises states; a mere tally states nothing."""
    if figure.unit == "doanh nghiệp":
        near = tail.metric is not None and tail.metric.value == "enterprises"
        said = s.metric.startswith("enterprises") and s.head.metric is not None
        new = s.words[figure.last : figure.last + 3]
        if not (near or said or "thành" in new or new[:1] == ["mới"] or new[:2] == ["đăng", "ký"]):
            return None
        metric = "enterprises"
    else:
        after = s.words[figure.last : figure.last + 7]
        near_words = {
            *s.words[max(0, figure.first - 6) : figure.last],
            *after[: after.index(",") if "," in after else 7],
        }
        about = s.head.metric is not None and s.metric.startswith("investment")
        foreign = "fdi" in near_words or {"nước", "ngoài"} <= set(s.words[figure.last : figure.last + 8])
        if not (about or foreign or any(mark.kind in (Kind.ATTRACTS, Kind.ADJUSTS) for mark in s.marks)):
            return None
        if _STALLED.intersection(near_words) or _is_stalled(s, figure):
            return None
        metric = "investment.projects"
        if tail.adjusts or (near_words & {"chỉnh"} and "điều" in near_words):
            metric = "investment.projects_adjusted"
        elif foreign:
            metric = "investment.fdi_projects"
        elif "nhớ" in near_words and "ghi" in near_words:
            metric = "investment.mou_projects"
    s.metric, s.metric_words = metric, s.marks[0]
    measure, basis = ("target", "unspecified") if s.goal else ("actual", "")
    if (
        s.head.relation is not None
        and s.head.relation.value in r.CHANGES
        and not s.head.reaches
        and metric != "investment.projects_adjusted"
    ):
        base = tail.base or s.head.base
        statement = r.difference(base, usual_of(s))
        measure, basis = statement.measure, statement.basis
    draft = Draft(figure, metric, measure, basis, s.area, s.entity, [], s.head.relation)
    s.metric_words = None
    draft.metric_words = Mark(Kind.METRIC, figure.last - 2, figure.last, metric)
    s.first_metric = s.first_metric or metric
    return draft


#: words of projects that are late, stopped or taken back, which attract nothing
_STALLED = frozenset({"chậm", "vướng", "dừng", "hồi", "dứt", "dở"})


def _is_stalled(s: Sentence, figure: Quantity) -> bool:
    """Whether such a word stands between the subject and the figure."""
    named = s.head.metric
    return named is not None and not _STALLED.isdisjoint(s.words[named.last : figure.first])


def signed(figure: Quantity, measure: str, relation: str) -> Quantity:
    """Return a figure with the minus of a fall; one that is a multiple becomes the part that is left."""
    value, low, high = figure.value, figure.low, figure.high
    if relation not in r.FALLS:
        return figure
    if measure == "multiple":
        return figure._replace(
            value=_part_left(value), low=high and _part_left(high), high=low and _part_left(low)
        )
    if value.startswith("-"):
        return figure
    if low is not None and high is not None:
        low, high = f"-{high}", f"-{low}"
    return figure._replace(value=f"-{value}", low=low, high=high)


def _part_left(times: str) -> str:
    """Return the part that is left of what fell so many times; nothing can fall by no times."""
    return f"{1 / float(times):.3f}".rstrip("0").rstrip(".") if float(times) else times


def place(s: Sentence, draft: Draft, tail: Tail) -> None:
    """Add the window, the area, the hedge and the words that decided."""
    head, figure = s.head, draft.figure
    draft.broken = head.broken
    draft.window, draft.window_words = s.window, s.window_words
    if draft.measure == "change" and adds(s, figure):
        draft.window = UNKNOWN
    draft.area_words = s.area_words
    draft.plan_year, draft.base_year = s.plan_year, tail.base_year
    draft.status = head.status or ("estimate" if s.goal and draft.measure == "growth" else "")
    draft.flags.extend(figure.flags)
    if head.average and draft.measure in ("actual", "target") and figure.sort == q.MONEY:
        draft.flags.append(AVERAGE)
    if draft.metric_words is None:
        draft.metric_words = s.metric_words
    if s.metric_words is None and draft.metric and figure.sort != q.COUNT:
        draft.flags.append(SUBJECT_INHERITED)
    if tail.base_first is not None and tail.base_last is not None:
        draft.basis_words = (tail.base_first, tail.base_last)
    elif s.base_words is not None and draft.basis:
        draft.basis_words = (s.base_words, s.base_words)
    if draft.measure == "plan" and (head.plan or head.assigner):
        words = [found for found in (head.plan, head.assigner) if found is not None]
        draft.basis_words = (words[0], words[-1])
    hedge_of(s, draft, tail)
    earlier(s, draft, tail)


def hedge_of(s: Sentence, draft: Draft, tail: Tail) -> None:
    """Bind the hedge before the number, with no more than its verb between ("tối thiểu phải đạt")."""
    before = s.before
    if before is not None and before.last == s.marks[s.at].first:
        hedge = before
        if before.kind in _VERBS and s.at > 1 and s.marks[s.at - 2].last == before.first:
            hedge = s.marks[s.at - 2]
        if hedge.kind == Kind.HEDGE and s.head.is_level:
            return  # "cao hơn mức …" compares
        if hedge.kind == Kind.HEDGE:
            draft.hedge, draft.hedge_words = hedge.value, hedge
            return
        if before.kind == Kind.RELATION and before.value == r.EXCEED and draft.measure in ("actual", "plan"):
            draft.hedge, draft.hedge_words = "over", before
    if tail.upwards:
        draft.hedge, draft.hedge_words = "over", None


def earlier(s: Sentence, draft: Draft, tail: Tail) -> None:
    """Move a level of the year before, or the country's, to where it belongs."""
    head = s.head
    if head.level is not None and draft.measure in ("attainment", "actual", "growth"):
        if head.level.value == "national_average":
            draft.area, draft.area_words = COUNTRY, head.level
        elif head.level.value != "start_of_year":
            draft.earlier = 1
            draft.flags.append(YEAR_EARLIER)
            draft.base_year = head.level_year
    elif head.against is not None and draft.measure == "actual":
        draft.earlier = 1  # "so với mức 3.698 tỷ đồng của cùng kỳ"
        draft.flags.append(YEAR_EARLIER)
        s.base = Base(change="same_period_last_year")
    elif (
        head.is_from
        and tail.period is None
        and not tail.upwards
        and draft.figure.low is None
        and draft.measure in ("attainment", "actual")
    ):
        draft.earlier = 1
        draft.flags.append(YEAR_EARLIER)


def after(s: Sentence, tail: Tail, draft: Draft | None) -> None:
    """Keep what stays in force after a figure."""
    if draft is not None:
        if draft.measure in ("attainment", "target") and draft.basis:
            s.last_plan = draft.basis if tail.base is not None or s.head.base is not None else s.last_plan
        elif draft.measure in ("growth", "index", "multiple", "change") and BASE_ASSUMED not in draft.flags:
            s.last_change = s.last_change if draft.basis.endswith("_plan") else draft.basis
    if tail.base is not None and tail.against:
        s.base = None if draft is None or draft.measure == "actual" else s.base
    elif tail.base is not None:
        s.base = None
    was_from = s.head.is_from
    relation = s.head.relation
    s.head = Head()
    if was_from:
        s.head.relation = relation
