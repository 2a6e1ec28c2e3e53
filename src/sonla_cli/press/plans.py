"""Plans, their assigners and earlier levels, said before a figure: as its subject or as its base.

The one convention: after "so với" or a word of change they are what the figure is measured against, otherwise
they are what it is about.
"""

from __future__ import annotations

from sonla_cli.catalogue.areas import COUNTRY
from sonla_cli.press import relations as r
from sonla_cli.press.head import plan_basis
from sonla_cli.press.marks import Kind, Mark
from sonla_cli.press.relations import Base
from sonla_cli.press.state import Sentence, close_against, keep_base, neighbours, take_subject
from sonla_cli.press.time_and_place import on_area, on_province

#: words that make the country an average instead of an area
_AVERAGE_WORDS = frozenset({"bình", "trung", "mức", "chung", "tỷ", "mặt"})


_RANKS = (["đầu"], ["nhất"], ["hạng"])


def on_against(s: Sentence, mark: Mark) -> None:
    """“so với”: what follows is a base."""
    close_against(s)
    s.head.against = mark
    s.head.plan = s.head.assigner = None


def on_plan(s: Sentence, mark: Mark) -> None:
    """Note a plan: a subject, a base or a goal."""
    head = s.head
    if mark.value == "goal" and head.against is None and (head.relation is None or _is_reached(s, mark)):
        s.goal, head.relation = True, None
        return
    if (mark.value == "resolution" or _is_spent(s, mark)) and head.against is None:
        return
    relation = head.relation
    if relation is not None and relation.value in r.CHANGES and head.against is None:
        assigner = assigner_after(s)
        keep_base(s, Base(plan=plan_basis(mark, assigner)), mark)
        return
    if head.plan is None or head.plan.value in ("unspecified", "goal", "resolution"):
        head.plan = mark
    if head.against is None and is_capital(s, mark):
        take_subject(s, "disbursement", mark)


def _is_spent(s: Sentence, mark: Mark) -> bool:
    """Whether a plan is what is spent ("giải ngân kế hoạch vốn năm 2025 là …"), and not what the figure is."""
    before = s.before
    return (
        before is not None
        and before.last == mark.first
        and before is s.head.metric
        and s.words[before.first] == "giải"
    )


def _is_reached(s: Sentence, mark: Mark) -> bool:
    """Whether a goal is named as what is to be reached ("để hoàn thành mục tiêu giải ngân 100 %")."""
    relation = s.head.relation
    return relation is not None and relation.value == r.EQUAL and relation.last == mark.first


def is_capital(s: Sentence, plan: Mark) -> bool:
    """Whether a plan is one of investment capital, and no such subject was named."""
    said = s.said(plan)
    return "vốn" in said and not s.metric.startswith(("disbursement", "allocation", "carryover"))


def assigner_after(s: Sentence) -> Mark | None:
    """Return who assigned the plan that is looked at."""
    for mark in neighbours(s, 2):
        if mark.kind == Kind.ASSIGNER:
            return mark
        if mark.kind not in (Kind.PERIOD, Kind.METRIC):
            break
    return None


def on_assigner(s: Sentence, mark: Mark) -> None:
    """Who assigned a plan."""
    head = s.head
    before = s.before
    if s.area != s.context.home:
        on_province(s, mark)
    if mark.value == "province" and s.words[mark.first - 1 : mark.first] == ["của"] and not is_assigned(s):
        return  # "kế hoạch vốn năm 2025 của tỉnh": whose it is, not who assigned it
    follows_plan = (
        before is not None and before.kind in (Kind.PLAN, Kind.PERIOD, Kind.METRIC) and head.plan is not None
    ) and not head.joined
    following = s.following
    if following is not None and following.kind == Kind.ASSIGNS and s.words[following.first] == "được":
        return
    replaces = head.assigner is None or head.assigner.value == "province"
    if replaces and (follows_plan or head.against is not None or is_assigned(s)):
        head.assigner = mark


def is_assigned(s: Sentence) -> bool:
    """Whether the assigner looked at is followed by its verb."""
    for mark in neighbours(s, 2):
        if mark.kind == Kind.ASSIGNS:
            return s.words[mark.first] != "được"  # "tỉnh được giao": by somebody else
        if mark.kind not in (Kind.ASSIGNER, Kind.AREA):
            break
    return False


def on_assigns(s: Sentence, mark: Mark) -> None:
    """“giao”."""
    s.head.assigns = mark


def on_change_base(s: Sentence, mark: Mark) -> None:
    """Note an earlier level or the country: a base, or the subject of the next figure."""
    head = s.head
    relation = head.relation
    said = s.said(mark)
    bare_country = mark.value == "national_average" and not _AVERAGE_WORDS.intersection(said)
    compares = head.against is not None or (relation is not None and relation.value in r.CHANGES)
    if bare_country and (s.words[mark.first - 1 : mark.first] in _RANKS or _is_ranked(s, mark)):
        return  # "dẫn đầu cả nước": a place among areas
    if bare_country and not compares:
        on_area(s, Mark(Kind.AREA, mark.first, mark.last, COUNTRY))
        return
    after = [found for found in neighbours(s, 2) if found.kind != Kind.PERIOD]
    following = after[0] if after else None
    if compares:
        if following is not None and following.kind == Kind.OPEN:
            head.level = mark
            head.level_grows = relation is not None and _is_rate(s, relation)
        keep_base(s, Base(change=mark.value), mark)
        head.against = None
    elif (
        following is not None
        and following.kind == Kind.RELATION
        and following.value in r.CHANGES
        and not grew(s)
    ):
        keep_base(s, Base(change=mark.value), mark)
    else:
        head.level = mark


def _is_ranked(s: Sentence, mark: Mark) -> bool:
    """Whether a place among areas is numbered ("đứng thứ 20 cả nước", "xếp thứ 12/34 cả nước")."""
    said = s.words[max(0, mark.first - 3) : mark.first]
    return "thứ" in said and said[-1][0].isdigit()


def _is_rate(s: Sentence, relation: Mark) -> bool:
    """Whether a word of change names a rate of growth ("cao hơn mức tăng chung của cả nước")."""
    first = relation.first
    return not _RATES.isdisjoint(s.words[max(0, first - 1) : first + 1])


_RATES = frozenset({"mức", "tốc"})


def grew(s: Sentence) -> bool:
    """Whether the figure before is a growth, so that "cùng kỳ tăng …" tells that of the year before."""
    return bool(s.drafts) and s.drafts[-1].measure == "growth" and s.drafts[-1].metric.startswith(s.metric)


def on_carryover(s: Sentence, _mark: Mark) -> None:
    """“cả vốn kéo dài”: the whole plan."""
    s.head.carryover = True
