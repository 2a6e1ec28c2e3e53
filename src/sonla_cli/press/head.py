"""The words before a figure and the words after it, gathered from the marks between two figures.

The one convention: what stands between two figures is cut at the first comma, conjunction, bracket or relation
word – before it, it describes the figure on the left, after it, the one on the right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sonla_cli.press.marks import Kind, Mark
from sonla_cli.press.quantities import PART, TIMES
from sonla_cli.press.relations import REMAINING, Base


@dataclass(slots=True)
class Head:
    """What was said since the figure before."""

    metric: Mark | None = None
    relation: Mark | None = None
    status: str = ""
    #: "tăng từ … lên …"
    is_from: bool = False
    reaches: bool = False
    #: "còn": what follows is left, if it is said that it was not spent
    left: bool = False
    request: Mark | None = None
    #: a plan as the subject ("dự toán năm 2025 là …"), and who assigned it
    plan: Mark | None = None
    assigner: Mark | None = None
    assigns: Mark | None = None
    #: what the figure is measured against, where that comes first
    base: Base | None = None
    base_words: Mark | None = None
    #: an earlier level or the country's as the subject ("cùng kỳ năm trước chỉ đạt …")
    level: Mark | None = None
    level_year: str = ""
    #: the level is one of growth
    level_grows: bool = False
    #: the next figure is that level, printed between the word that compares and its base
    is_level: bool = False
    #: another area that the next figure compares with
    versus: Mark | None = None
    joined: bool = False
    broken: bool = False
    against: Mark | None = None
    except_for: bool = False
    carryover: bool = False
    #: what follows is said of so many of a group ("12/23 chủ đầu tư giải ngân dưới 20 %")
    tally: bool = False
    #: an average of a month or a day
    average: bool = False
    window: bool = False


@dataclass(slots=True)
class Tail:
    """What was said of a figure after it, and the mark after that."""

    next: int
    base: Base | None = None
    base_first: Mark | None = None
    base_last: Mark | None = None
    against: bool = False
    metric: Mark | None = None
    #: the plan is that of this subject ("6,2% dự toán thu nội địa")
    plan_metric: Mark | None = None
    #: the metric is named right after the figure, so that the figure is its amount
    metric_is_near: bool = False
    #: it is named as what the figure is compared with
    metric_against: bool = False
    period: Mark | None = None
    plan_year: str = ""
    base_year: str = ""
    upwards: bool = False
    not_figure: bool = False
    carryover: bool = False
    remaining: Mark | None = None
    assigns: bool = False
    adjusts: bool = False


_IN_TAIL = frozenset({
    Kind.PLAN, Kind.ASSIGNER, Kind.ASSIGNS, Kind.AGAINST, Kind.CHANGE_BASE, Kind.PERIOD, Kind.METRIC, Kind.TERRITORY,
    Kind.SOURCE_OF_CAPITAL, Kind.CARRYOVER, Kind.UPWARDS, Kind.PER_YEAR, Kind.NOT_FIGURE, Kind.AVERAGE, Kind.PRICES,
    Kind.ADJUSTS,
})  # fmt: skip
#: marks that end what is said
_ENDS = (Kind.COMMA, Kind.BREAK, Kind.OPEN, Kind.CLOSE, Kind.JOIN)
#: marks after which nothing is said of the figure before
_STOPS = frozenset({Kind.COMMA, Kind.BREAK, Kind.CLOSE, Kind.JOIN, Kind.QUANTITY, Kind.HEDGE})
#: tokens that may stand between a figure and what describes it
REACH = 5


def plan_basis(plan: Mark | None, assigner: Mark | None, *, carryover: bool = False) -> str:
    """Return the basis of a plan from its noun and its assigner; a striving or a whole plan says so itself."""
    if carryover:
        return "total"
    own = plan.value if plan else "unspecified"
    if own in ("striving", "allocated", "total", "central", "council"):
        return own
    if assigner is not None:
        return assigner.value
    return "striving" if own == "goal" else "unspecified"


def tail_of(marks: Sequence[Mark], at: int, sort: str) -> Tail:
    """Gather what is said after the figure that is the mark `at`."""
    tail = Tail(at + 1)
    plan: Mark | None = None
    assigner: Mark | None = None
    last = figure_end = marks[at].last
    before = Kind.QUANTITY
    for index in range(at + 1, len(marks)):
        mark = marks[index]
        kind = mark.kind
        if kind in _STOPS or mark.first - last > REACH:
            break
        if kind not in _IN_TAIL:
            opened = tail.against or plan is not None
            if kind == Kind.RELATION and mark.value == REMAINING:
                if mark.first - figure_end > 2 and not _closes(marks, index):
                    break
                tail.remaining = mark
            elif mark.value == "none" and mark.first == figure_end and _is_named(marks, index):
                figure_end = mark.last  # "5.300 tỷ đồng được chi cho đầu tư phát triển"
            elif _is_outturn(mark) and mark.first == figure_end and _is_dated(marks, index):
                tail.against, tail.base_first = True, mark  # "112% thực hiện năm 2024"
            elif kind == Kind.OPEN and mark.first == figure_end and _is_window(marks, index):
                tail.period, tail.next = marks[index + 1], index + 3  # "640 tỷ đồng (9 tháng năm 2024)"
                break
            elif not (
                (opened and (kind == Kind.AREA or (kind == Kind.OPEN and _opens_carryover(marks, index))))
                or (before == Kind.AGAINST and (kind == Kind.STATUS or _is_outturn(mark)))
            ):
                break
        elif kind == Kind.PLAN:
            plan = plan if plan is not None and plan.value not in ("resolution", "goal") else mark
            tail.base_first = tail.base_first or mark
        elif kind == Kind.ASSIGNER:
            if plan is None and not tail.against and not _assigns_next(marks, index):
                break
            if assigner is None or assigner.value == "province":
                assigner = mark
            tail.base_first = tail.base_first or mark
        elif kind == Kind.ASSIGNS:
            if plan is None and assigner is None and mark.first > figure_end + 1:
                break
            tail.assigns = True
        elif kind == Kind.AGAINST:
            if tail.base is not None or plan is not None:
                break
            tail.against = True
            tail.base_first = tail.base_first or mark
        elif kind == Kind.CHANGE_BASE:
            if plan is not None:
                break
            tail.base = Base(change=mark.value)
            tail.base_first = tail.base_first or mark
        elif kind == Kind.PERIOD:
            is_multiple = sort in (TIMES, PART) and mark.first == figure_end
            if is_multiple and len(mark.value) in (4, 9) and tail.base is None and plan is None:
                tail.base, tail.base_first = Base(change=mark.value), mark  # "1,49 lần năm 2020"
            else:
                _tail_period(tail, mark, plan)
        elif kind in (Kind.METRIC, Kind.SOURCE_OF_CAPITAL):
            if plan is not None and tail.plan_metric is None and kind == Kind.METRIC and mark.value:
                tail.plan_metric = mark
            if plan is None and tail.base is None and tail.metric is None:
                tail.metric = mark
                tail.metric_against = tail.against
                tail.metric_is_near = mark.first - figure_end <= 1
        elif kind == Kind.NOT_FIGURE:
            if mark.first - figure_end <= 1 and plan is None and not tail.against:
                tail.not_figure = True
            break
        elif kind == Kind.UPWARDS:
            tail.upwards = True
        elif kind == Kind.CARRYOVER:
            tail.carryover = True
        elif kind == Kind.ADJUSTS:
            tail.adjusts = True
        if tail.base_first is not None and kind != Kind.PERIOD:
            tail.base_last = mark
        before = kind
        last = mark.last
        tail.next = index + 1
    if tail.base is None and (
        plan is not None or (assigner is not None and (tail.assigns or tail.against)) or tail.carryover
    ):
        tail.base = Base(plan=plan_basis(plan, assigner, carryover=tail.carryover))
    elif tail.base is None and tail.against and tail.base_year:
        tail.base = Base(change=tail.base_year)
    return tail


def _tail_period(tail: Tail, mark: Mark, plan: Mark | None) -> None:
    """Give a window in a tail to the base, the plan or the figure."""
    bare_year = len(mark.value) == 4
    if tail.base is not None:
        tail.base_year = tail.base_year or mark.value
    elif tail.against and plan is None:
        tail.base_year = mark.value
    elif plan is not None and bare_year:
        tail.plan_year = mark.value
    elif mark.value and tail.period is None:
        tail.period = mark


def _closes(marks: Sequence[Mark], index: int) -> bool:
    """Whether a mark ends what is said, so that it is said of the figure before and not of one to come."""
    return index + 1 == len(marks) or marks[index + 1].kind in _ENDS


def left_over(marks: Sequence[Mark], at: int) -> Mark | None:
    """Return "chưa giải ngân" where it closes what began with "còn …", even after a comma."""
    for index in range(at, min(at + 2, len(marks))):
        mark = marks[index]
        if mark.kind == Kind.GOAL and mark.value == "due":
            return mark  # "còn … phải giải ngân trong quý IV"
        if mark.kind == Kind.RELATION:
            return mark if mark.value == REMAINING and _closes(marks, index) else None
        if mark.kind != Kind.COMMA:
            break
    return None


def _opens_carryover(marks: Sequence[Mark], index: int) -> bool:
    """Whether a bracket tells what a plan includes: "(bao gồm cả vốn kéo dài)"."""
    return index + 1 < len(marks) and marks[index + 1].kind == Kind.CARRYOVER


def _is_outturn(mark: Mark) -> bool:
    return mark.kind == Kind.RELATION and mark.value == "equal"


def _is_dated(marks: Sequence[Mark], index: int) -> bool:
    """Whether a year follows a mark at once."""
    if index + 1 >= len(marks):
        return False
    following = marks[index + 1]
    return (
        following.kind == Kind.PERIOD and following.first == marks[index].last and len(following.value) == 4
    )


def _is_named(marks: Sequence[Mark], index: int) -> bool:
    """Whether a subject follows a mark at once."""
    following = marks[index + 1] if index + 1 < len(marks) else None
    return following is not None and following.kind == Kind.METRIC and following.first == marks[index].last


def _is_window(marks: Sequence[Mark], index: int) -> bool:
    """Whether a bracket holds a window and nothing else."""
    kinds = [mark.kind for mark in marks[index + 1 : index + 3]]
    return kinds == [Kind.PERIOD, Kind.CLOSE] and bool(marks[index + 1].value)


def _assigns_next(marks: Sequence[Mark], index: int) -> bool:
    return index + 1 < len(marks) and marks[index + 1].kind == Kind.ASSIGNS
