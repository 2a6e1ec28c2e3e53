"""Two lists of one length that a sentence says go together: "lần lượt", "tương ứng".

The one convention: only lists of exactly the same length are paired – the figures after (or before) the word
with the areas, subjects, plans or windows named before it. Any other count leaves the reading as it was.
"""

from __future__ import annotations

from collections.abc import Sequence

from sonla_cli.models.mention import SUBJECT_UNKNOWN
from sonla_cli.press.head import plan_basis
from sonla_cli.press.marks import Kind, Mark
from sonla_cli.press.state import Draft

#: tokens between a list and the word that refers to it
_NEAR = 4
_LISTED = (Kind.AREA, Kind.ENTITY, Kind.METRIC, Kind.SOURCE_OF_CAPITAL, Kind.PERIOD, Kind.ASSIGNER)


def pair(drafts: list[Draft], marks: Sequence[Mark], words: Sequence[str]) -> None:
    """Pair the lists of a sentence that says that they go together, or that can only go together."""
    _pair_two(drafts, marks)
    for at, mark in enumerate(marks):
        if not _says_so(mark, words):
            continue
        group = _figures_near(drafts, mark)
        if len(group) < 2:
            continue
        _share_measure(group)
        if _pair_figures(drafts, group, mark):
            continue
        paired = False
        for kind in _LISTED:
            listed = _list_before(marks, at, kind, len(group)) or (
                _list_after(marks, group[-1].figure.last, len(group)) if kind == Kind.ASSIGNER else []
            )
            if len(listed) == len(group):
                paired = True
                for draft, item in zip(group, listed, strict=True):
                    _give(draft, item)
        if not paired:
            _disown(group)


def _disown(group: list[Draft]) -> None:
    """Leave open whose the figures of a list are that no list was found for; they are not all of one subject."""
    if len({(draft.metric, draft.area, draft.entity, draft.window, draft.basis) for draft in group}) > 1:
        return
    for draft in group:
        draft.metric = ""
        draft.flags.append(SUBJECT_UNKNOWN)


def _pair_two(drafts: list[Draft], marks: Sequence[Mark]) -> None:
    """Pair two figures with the two subjects, windows or areas before them ("A và B đạt 5 tỷ và 3 tỷ")."""
    by_token = {draft.figure.first: draft for draft in drafts}
    for at in range(3, len(marks) - 2):
        first, join, second = marks[at : at + 3]
        if join.kind != Kind.JOIN or join.first != first.last or second.first != join.last:
            continue
        pair_of_drafts = by_token.get(first.first), by_token.get(second.first)
        if None in pair_of_drafts or first.figure is None or second.figure is None:
            continue
        if first.figure.sort == second.figure.sort and (named := _two_before(marks, at)):
            for draft, item in zip(pair_of_drafts, named, strict=True):
                if draft is not None:
                    _give(draft, item)


def _two_before(marks: Sequence[Mark], at: int) -> Sequence[Mark]:
    """Return the two items that are joined before the mark `at`, with no other list or figure between."""
    for last in range(at - 1, 1, -1):
        first, join, second = marks[last - 2 : last + 1]
        joined = join.kind == Kind.JOIN and join.first == first.last and second.first == join.last
        if joined and first.kind == second.kind and first.kind in _LISTED:
            longer = last > 3 and marks[last - 3].kind == Kind.COMMA and marks[last - 4].kind == first.kind
            return () if longer or not (first.value and second.value) else (first, second)
        if second.kind not in _BETWEEN:
            return ()
    return ()


#: what may stand between two items and their two figures
_BETWEEN = frozenset({
    Kind.PERIOD, Kind.AREA, Kind.RELATION, Kind.STATUS, Kind.HEDGE, Kind.TERRITORY, Kind.METRIC, Kind.ASSIGNER,
})  # fmt: skip


def _share_measure(group: list[Draft]) -> None:
    """Let all figures of a list be plans or goals where its first is one."""
    first = group[0]
    if first.measure not in ("plan", "target"):
        return
    for draft in group[1:]:
        if draft.measure == "actual":
            draft.measure, draft.basis, draft.basis_words = first.measure, first.basis, first.basis_words
            draft.plan_year = draft.plan_year or first.plan_year


def _pair_figures(drafts: list[Draft], group: list[Draft], mark: Mark) -> bool:
    """Pair the figures with as many figures before the word ("A 3.900 tỷ, B 9.800 tỷ, lần lượt bằng …")."""
    before = [draft for draft in drafts if draft.figure.last <= mark.first][-len(group) :]
    told_apart = {(draft.metric, draft.area) for draft in before}
    if (
        len(before) != len(group)
        or len(told_apart) != len(group)
        or len({draft.figure.sort for draft in before}) > 1
    ):
        return False
    if mark.first - before[-1].figure.last > _NEAR:
        return False
    for draft, other in zip(group, before, strict=True):
        draft.metric, draft.metric_words = other.metric, other.metric_words
        draft.area, draft.area_words = other.area, other.area_words
        draft.window, draft.window_words = other.window, other.window_words
    return True


def _says_so(mark: Mark, words: Sequence[str]) -> bool:
    if mark.kind == Kind.RESPECTIVELY:
        return True
    return mark.kind == Kind.RELATION and words[mark.first] == "tương" and words[mark.first + 1] == "ứng"


def _figures_near(drafts: list[Draft], mark: Mark) -> list[Draft]:
    """Return the conjoined figures of one sort right after the word, or right before it."""
    after = [draft for draft in drafts if draft.figure.first >= mark.last]
    group: list[Draft] = []
    for draft in after:
        if group and (draft.figure.sort != group[0].figure.sort or draft.broken):
            break
        if not group and draft.figure.first - mark.last > 4:
            break
        group.append(draft)
    return group


def _list_before(marks: Sequence[Mark], at: int, kind: int, count: int) -> list[Mark]:
    """Return the last `count` marks of a kind before the word, joined by commas and conjunctions only."""
    found: list[Mark] = []
    loose = 0
    for mark in reversed(marks[:at]):
        if mark.kind is kind and (mark.value or kind != Kind.METRIC):
            found.append(mark)
            loose = 0
        elif (
            found
            and mark.kind
            not in (
                Kind.COMMA,
                Kind.JOIN,
                Kind.AREA,
                Kind.PERIOD,
                Kind.PLAN,
                Kind.ASSIGNS,
                Kind.ASSIGNER,
            )
        ) or mark.kind in (Kind.QUANTITY, Kind.BREAK):
            break
        loose += 1
        if loose > 6:
            break
    found.reverse()
    return found if len(found) == count else []


def _list_after(marks: Sequence[Mark], token: int, count: int) -> list[Mark]:
    found = []
    for mark in marks:
        if mark.first < token:
            continue
        if mark.kind == Kind.ASSIGNER:
            found.append(mark)
        elif mark.kind not in (Kind.COMMA, Kind.JOIN, Kind.PLAN, Kind.ASSIGNS, Kind.AGAINST):
            break
    return found if len(found) == count else []


#: what a bare word means where it is an item of a list
_WHOLES = {"revenue": "revenue.total", "expenditure": "expenditure.total", "economy": "grdp", "?": ""}


def _give(draft: Draft, item: Mark) -> None:
    if item.kind == Kind.AREA:
        draft.area, draft.area_words = item.value, item
    elif item.kind == Kind.ENTITY:
        draft.entity = item.value
    elif item.kind == Kind.METRIC:
        draft.metric, draft.metric_words = _WHOLES.get(item.value, item.value), item
    elif item.kind == Kind.SOURCE_OF_CAPITAL:
        family = (
            "allocation"
            if draft.metric.startswith("allocation") and item.value in ("central", "local")
            else "disbursement"
        )
        draft.metric, draft.metric_words = f"{family}.{item.value}", item
    elif item.kind == Kind.PERIOD and item.value:
        draft.window, draft.window_words = item.value, item
    elif item.kind == Kind.ASSIGNER and draft.measure in ("attainment", "plan"):
        draft.basis, draft.basis_words = plan_basis(None, item), (item, item)
