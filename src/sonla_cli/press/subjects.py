"""What is measured, said before a figure: a subject of the catalogue, a part of capital, a bare "thu" or "chi".

The one convention: a general word never replaces a part that was named; a bare word is a subject only right before
its figure, and only where the public collects and spends.
"""

from __future__ import annotations

from sonla_cli.press import relations as r
from sonla_cli.press.marks import Kind, Mark
from sonla_cli.press.state import Sentence, capital_of, take_subject
from sonla_cli.press.unnamed import holds_noun

#: whose capital it is that is named only as such
_CAPITAL_OF = {
    "enterprises": "enterprises.capital",
    "enterprises.capital": "enterprises.capital",
    "investment.mou_projects": "investment.mou_capital",
    "investment.fdi_projects": "investment.fdi_capital",
}


def on_metric(s: Sentence, mark: Mark) -> None:
    """Take a subject."""
    head = s.head
    if head.except_for:
        return
    value = mark.value
    if head.against is not None and head.plan is None and not value:
        return
    if value.startswith("disbursement") and head.plan is not None and mark.first - head.plan.last > 0:
        head.plan = None  # "kế hoạch … tỷ; đã giải ngân": the verb ends the plan as a subject
    if value == "revenue.balance" and s.metric.startswith("expenditure"):
        value = "expenditure.balance"
    if value == "allocation" and head.plan is not None and head.against is not None:
        return
    if value in ("revenue", "expenditure"):
        if s.metric_words is not None and s.metric.startswith(value):
            return
        following, before = s.following, s.before
        is_planned = before is not None and before.kind == Kind.PLAN and before.last == mark.first
        if not is_planned and not _is_public(s):
            return
        if not is_planned and (
            following is None
            or following.kind not in (Kind.QUANTITY, Kind.HEDGE, Kind.STATUS)
            or holds_noun(s, mark.last, following.first)
        ):
            return
        value = f"{value}.total"
    elif value == "revenue.total" and s.metric == "revenue.local" and list(s.said(mark)) == ["tổng", "thu"]:
        return  # "thu trên địa bàn tháng 11 …, nâng tổng thu 11 tháng lên …"
    elif value == "economy":
        value = "grdp"
    elif value == "grdp.growth" and _is_growth_of(s, mark):
        head.relation = Mark(Kind.RELATION, mark.first, mark.last, r.UP)
        return
    elif is_part_already(s, value, mark):
        return
    elif value == "investment.capital":
        value = _CAPITAL_OF.get(s.metric, value)
    elif (
        value == "allocation"
        and s.metric in ("disbursement.central", "disbursement.local")
        and head.metric is not None
    ):
        value = f"allocation.{s.metric.rpartition('.')[2]}"
    elif value == "disbursement" and s.metric == "carryover" and s.words[mark.first] in ("giải", "đã"):
        value = "?"  # what was spent of capital carried over is not what was spent in all
    if _is_whole(s, mark):
        return
    if s.excludes_late and value == "disbursement":
        value = "disbursement.excluding_late_additions"
    take_subject(s, value, mark)
    if s.words[mark.first] in ("mục", "kịch"):
        s.goal = True


def _is_whole(s: Sentence, mark: Mark) -> bool:
    """Whether a subject is only the whole of which a share is told ("tỷ trọng thu nội địa trong tổng thu")."""
    head = s.head
    shares = head.relation is not None and head.relation.value == r.SHARE
    return shares and head.metric is not None and s.words[mark.first - 1 : mark.first] == ["trong"]


def _is_public(s: Sentence) -> bool:
    """Whether a bare "thu" or "chi" can be that of a budget: no household or cooperative earns or spends here."""
    if s.metric_words is not None and not s.metric:
        return False
    return bool(s.metric) or s.is_fiscal or s.names_public


def on_capital(s: Sentence, mark: Mark) -> None:
    """Take a part of capital, or who spends it, as the subject."""
    if s.head.except_for:
        return
    if mark.value in ("ministries", "localities") and not s.metric.startswith("disbursement"):
        return
    take_subject(s, capital_of(s, mark.value), mark)


def _is_growth_of(s: Sentence, mark: Mark) -> bool:
    """Whether "mức tăng trưởng" is that of the subject just named, and not of the economy."""
    named = s.head.metric
    return (
        named is not None
        and not s.metric.startswith("grdp")
        and bool(s.metric)
        and s.words[mark.last - 1] == "trưởng"
    )


def is_part_already(s: Sentence, value: str, mark: Mark) -> bool:
    """Whether a general word for capital leaves a part of it, named before in the sentence, as the subject."""
    if s.metric_words is None or not s.metric.startswith("disbursement"):
        return False
    said = s.said(mark)
    if value == "investment.capital" and said[:2] == ["vốn", "đầu"]:
        if s.metric.startswith("disbursement.programmes"):
            take_subject(s, "disbursement.programmes.investment", mark)
        return True
    return value == "disbursement" and s.metric != value and said[0] in ("giải", "đã") and "công" not in said
