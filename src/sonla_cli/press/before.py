"""What stands before a figure: one handler for each kind of mark.

The one convention: a handler only notes what was said; what it means is decided when the figure comes.
"""

from __future__ import annotations

from collections.abc import Callable

from sonla_cli.press import relations as r
from sonla_cli.press.head import Head
from sonla_cli.press.marks import Kind, Mark
from sonla_cli.press.plans import (
    on_against,
    on_assigner,
    on_assigns,
    on_carryover,
    on_change_base,
    on_plan,
)
from sonla_cli.press.quantities import MONEY
from sonla_cli.press.scan import GROUPS
from sonla_cli.press.state import Sentence, close_against, take_subject
from sonla_cli.press.subjects import on_capital, on_metric
from sonla_cli.press.time_and_place import on_area, on_cumulative, on_entity, on_period, on_place, on_province

#: verbs of what was done, which end a plan as the subject
_OUTTURN_VERBS = frozenset({"đạt", "thực", "hoàn", "thu", "đã", "mới", "chỉ", "nộp", "bằng"})


#: words that tell what was done so far, after a goal
_SOBER = frozenset({"mới", "chỉ", "đã"})


def on_relation(s: Sentence, mark: Mark) -> None:
    """Note what the next figure states."""
    head = s.head
    if mark.value == "none":
        head.relation = None
        return
    if head.against is not None and mark.first == head.against.last:
        return  # "so với thực hiện năm 2024"
    before = head.relation
    if before is not None and mark.value == r.EQUAL and s.words[before.first] in ("mức", "tốc"):
        return  # "mức tăng đạt 12 %" is an increase
    grows = before is not None and list(s.said(before)[:2]) == ["tăng", "trưởng"]
    if (
        grows
        and before is not None
        and mark.value == r.EQUAL
        and "," not in s.words[before.last : mark.first]
    ):
        return  # "tăng trưởng cả năm đạt 8 %"
    if before is not None and before.value == r.REMAINING and mark.value == r.EQUAL:
        return  # "số còn lại phải giải ngân là …"
    if mark.value == r.REMAINING:
        name_remainder(s, mark)
    if before is not None and before.value == r.SHARE and s.words[before.first] in ("tỷ", "cơ"):
        return  # "tỷ trọng tăng từ … lên …" are shares
    if head.against is not None:
        close_against(s)
    if mark.value == r.EQUAL and head.plan is not None and s.words[mark.first] in _OUTTURN_VERBS:
        head.plan = None
    if mark.value == r.EQUAL and "thu" in s.words[mark.first : mark.last]:
        collected(s, mark)
    if s.goal and not s.lists_goals and _SOBER.intersection(s.words[max(0, mark.first - 1) : mark.last]):
        s.goal = False  # "phấn đấu tăng 8%, nay mới tăng 7%"
    head.relation = mark
    head.reaches = False


def name_remainder(s: Sentence, mark: Mark) -> None:
    """Take the subject from what is left to be done, where it names it: to disburse, to collect, to spend."""
    said = s.said(mark)
    if "ngân" in said:
        if not s.metric.startswith("disbursement"):
            take_subject(s, "disbursement", mark)
    elif not s.metric and said[-1] in ("thu", "chi"):
        take_subject(s, f"{'revenue' if said[-1] == 'thu' else 'expenditure'}.total", mark)


def collected(s: Sentence, mark: Mark) -> None:
    """Let "thu được" name revenue, where the sentence names nothing that is collected."""
    if s.metric_words is None and not s.metric.startswith("revenue"):
        take_subject(s, "revenue.total", mark)


def on_reach(s: Sentence, mark: Mark) -> None:
    """“lên”, "xuống còn": the next figure is the level that was reached."""
    s.head.reaches = True
    s.head.left = s.head.relation is None and s.words[mark.first] == "còn"


def on_from(s: Sentence, mark: Mark) -> None:
    """“từ”: the next figure is the level before."""
    following = s.following
    near = following is not None and following.first == mark.last
    s.head.is_from = near and following is not None and following.kind in (Kind.QUANTITY, Kind.HEDGE)


def on_comma(s: Sentence, mark: Mark) -> None:
    """Close a base at a comma."""
    head = s.head
    if head.against is not None:
        close_against(s)
    if head.plan is not None and s.words[: head.plan.first] in (["theo"], []) and head.relation is None:
        s.goal = s.goal or "theo" in s.words[:1]  # "theo kế hoạch, …"
    head.joined = True
    if head.tally:
        following = s.following
        head.tally = " ".join(s.words[mark.last : mark.last + 2]) in GROUPS or (  # "8/75 xã, phường"
            following is not None
            and following.first == mark.last
            and following.kind in (Kind.ENTITY, Kind.NOT_FIGURE)
        )
    if head.metric is None:
        head.except_for = False  # after a subject, "không kể đất, xổ số" goes on until the figure
    if head.assigns is None:
        head.assigner = None


def on_join(s: Sentence, _mark: Mark) -> None:
    """“và”."""
    s.head.joined = True


def on_break(s: Sentence, mark: Mark) -> None:
    """Begin anew after a semicolon."""
    close_against(s)
    said = s.words[mark.first]
    if said == ":":
        if _lists_aims(s):
            s.goal, s.head = True, Head()
        s.lists_goals = s.goal
    elif s.words[mark.last - 1] in _CONTRASTS:
        on_comma(s, mark)
        s.goal = False
    elif said in (";", "•"):
        s.head = Head(broken=True)
        if s.outsider is not None:
            s.entity, s.outsider = "", None
        s.goal = s.lists_goals


def _lists_aims(s: Sentence) -> bool:
    """Whether a colon opens a list of what is aimed at ("các chỉ tiêu chủ yếu năm 2026: …")."""
    plan = s.head.plan
    return plan is not None and s.words[plan.first] == "chỉ" and s.head.relation is None and not s.drafts


_CONTRASTS = frozenset({"nhưng", "song", "tuy", "nhiên", "khi", "đó"})


def on_open(s: Sentence, mark: Mark) -> None:
    """Keep what is in force: what is said in a bracket ends with it."""
    close_against(s)
    s.bracket = (s.metric, s.window, s.window_words, s.area)
    before, head = s.before, s.head
    if before is not None and before.last == mark.first:
        if before.kind == Kind.CHANGE_BASE and head.relation is None:
            head.level = before  # "so với bình quân cả nước (61,1 %)"
        elif before is head.versus:
            s.area, s.area_words = before.value, before
            head.versus, head.relation, head.joined = None, None, False  # "thấp hơn Lai Châu (60,6%)"


def on_close(s: Sentence, _mark: Mark) -> None:
    """Return to what was in force before the bracket."""
    s.head.except_for = False
    if s.bracket is not None:
        s.metric, s.window, s.window_words, s.area = s.bracket
        s.bracket = None


def on_goal(s: Sentence, mark: Mark) -> None:
    """“phấn đấu”: what follows is a goal."""
    s.goal = True
    if mark.value == "due" and not s.metric.startswith("disbursement"):
        take_subject(s, "disbursement", mark)
    if s.words[mark.last - 1] == "thu":
        collected(s, mark)


def on_status(s: Sentence, mark: Mark) -> None:
    """“ước”: the next figure is an estimate."""
    head = s.head
    if head.against is not None and head.plan is None:
        return
    head.status = mark.value
    if s.words[mark.last - 1] in ("đạt", "hiện", "thu", "chi"):
        head.relation = (
            None if head.relation is None or head.relation.value not in (r.REMAINING,) else head.relation
        )
        if head.plan is not None and s.words[mark.last - 1] == "đạt":
            head.plan = None


def on_territory(s: Sentence, mark: Mark) -> None:
    """“trên địa bàn”: revenue collected in the territory."""
    on_province(s, mark)
    if s.metric == "revenue.total" and s.head.metric is not None:
        s.metric = "revenue.local"


def on_inside(s: Sentence, _mark: Mark) -> None:
    """“trong đó”: parts of what was named."""
    s.inside = True
    s.whole = next((draft for draft in reversed(s.drafts) if draft.figure.sort == MONEY), None)


def on_outside(s: Sentence, _mark: Mark) -> None:
    """“ngoài ra”: no part of it."""
    s.inside = False


def on_except(s: Sentence, mark: Mark) -> None:
    """“không kể”: what follows is left out."""
    s.head.except_for = True
    s.excludes_late = mark.value == "late"


def on_average(s: Sentence, _mark: Mark) -> None:
    """“bình quân”."""
    s.head.average = True


def on_not_figure(s: Sentence, mark: Mark) -> None:
    """Note that what follows is said of a part of a group."""
    s.head.tally = s.head.tally or mark.value == "tally"


def on_request(s: Sentence, mark: Mark) -> None:
    """“đề nghị”."""
    s.head.request = mark


def on_prices(s: Sentence, mark: Mark) -> None:
    """“giá so sánh”."""
    if s.metric in ("grdp", "grdp.constant", "grdp.current"):
        s.metric = f"grdp.{mark.value}"


HANDLERS: dict[int, Callable[[Sentence, Mark], None]] = {
    Kind.METRIC: on_metric,
    Kind.SOURCE_OF_CAPITAL: on_capital,
    Kind.RELATION: on_relation,
    Kind.REACH: on_reach,
    Kind.FROM: on_from,
    Kind.AGAINST: on_against,
    Kind.PLAN: on_plan,
    Kind.ASSIGNER: on_assigner,
    Kind.ASSIGNS: on_assigns,
    Kind.CHANGE_BASE: on_change_base,
    Kind.PERIOD: on_period,
    Kind.AREA: on_area,
    Kind.ENTITY: on_entity,
    Kind.PLACE: on_place,
    Kind.COMMA: on_comma,
    Kind.JOIN: on_join,
    Kind.BREAK: on_break,
    Kind.OPEN: on_open,
    Kind.CLOSE: on_close,
    Kind.GOAL: on_goal,
    Kind.STATUS: on_status,
    Kind.TERRITORY: on_territory,
    Kind.EXCEPT: on_except,
    Kind.CARRYOVER: on_carryover,
    Kind.AVERAGE: on_average,
    Kind.NOT_FIGURE: on_not_figure,
    Kind.REQUEST: on_request,
    Kind.PRICES: on_prices,
    Kind.CUMULATIVE: on_cumulative,
    Kind.INSIDE: on_inside,
    Kind.OUTSIDE: on_outside,
}
