"""Windows of time and areas, said before a figure.

The one convention: the last one said holds, unless it belongs to a base, to a plan or to the name of something.
"""

from __future__ import annotations

from sonla_cli.catalogue.areas import COUNTRY
from sonla_cli.press.context import year_of
from sonla_cli.press.marks import Kind, Mark
from sonla_cli.press.relations import Base
from sonla_cli.press.resolved import up_to
from sonla_cli.press.state import Sentence, keep_base


def on_period(s: Sentence, mark: Mark) -> None:
    """Note a window of time: of the figures to come, of a base or of a plan."""
    head = s.head
    if not mark.value or _comes_from(s, mark):
        return
    said = year_of(mark.value)
    if said is not None and mark.value.endswith("-01-31"):
        said -= 1  # the last day on which capital of the year before is disbursed
    before = s.before
    kind = before.kind if before is not None else None
    is_base = before is not None and before in (head.level, s.base_words)
    if is_base or (kind == Kind.PERIOD and head.level is not None):
        s.base_year = mark.value
        head.level_year = mark.value
        if said is not None and s.year_said is None:
            s.year_said = said + 1
        return
    if head.against is not None and head.plan is None:
        keep_base(s, Base(change=mark.value), mark)
        head.against = None
        return
    if said is not None and len(mark.value) == 4 and (head.plan is not None or kind == Kind.PLAN):
        s.plan_year = mark.value
        s.year_said = s.year_said or said
        return
    if s.words[mark.first] == "niên" and s.window.endswith("-01-31"):
        s.plan_year = mark.value  # "đến ngày 31/01/2026, kết thúc niên độ ngân sách năm 2025"
        return
    s.window, s.window_words = mark.value, mark
    head.window = True
    if said is not None:
        s.year_said = said


def on_cumulative(s: Sentence, mark: Mark) -> None:
    """“lũy kế": a month or a quarter in force becomes the window from the first of January up to its end."""
    value = s.window or (s.context.period if s.drafts == [] else "")
    if value and up_to(value) != value:
        s.window, s.window_words = up_to(value), mark


def _comes_from(s: Sentence, mark: Mark) -> bool:
    """Whether capital was carried over from a year ("từ năm 2024 sang"), of which the figure is not."""
    words = s.words
    return mark.first > 0 and words[mark.first - 1] == "từ" and words[mark.last : mark.last + 1] in _CARRIED


_CARRIED = (["sang"], ["chuyển"], ["kéo"])


def on_area(s: Sentence, mark: Mark) -> None:
    """Take an area, unless it is part of a name."""
    before = s.before
    if before is not None and before.kind == Kind.PLACE and mark.first - before.last <= 2:
        return
    if s.words[mark.first - 1 : mark.first] == ["-"] and before is not None and before.kind == Kind.AREA:
        return
    if s.words[mark.first - 1 : mark.first] == ["hơn"] or (
        s.head.against is not None and before is s.head.against
    ):
        s.head.versus = mark  # "cao hơn Lai Châu …"
        return
    s.area, s.area_words, s.entity = mark.value, mark, ""


def on_entity(s: Sentence, mark: Mark) -> None:
    """Take a commune or a district; an office only as the one who spends, not as the one who reports."""
    if s.words[mark.first] in _OFFICES and not _spends(s, mark):
        return
    before = s.before
    listed = before is not None and before.kind == Kind.ENTITY and mark.first - before.last == 1
    s.entity = f"{s.entity}, {mark.value}" if listed else mark.value
    s.head.tally, s.outsider = False, None


def on_place(s: Sentence, mark: Mark) -> None:
    """Take a firm, a school or a project as the one who acts: what is said of it is not said of the area."""
    if not mark.value:
        return
    for word in s.words[mark.last : mark.last + _REST_OF_NAME]:
        if word in _ACTS:
            s.entity, s.outsider = mark.value, mark
            return
        if not word[0].isalpha():
            return


#: words of a name that may follow its last capital ("Bệnh viện Đa khoa tỉnh được …")
_REST_OF_NAME = 3


#: words that begin what somebody does
_ACTS = frozenset({
    "có", "đã", "được", "mới", "nộp", "giải", "thu", "chi", "đạt", "phân", "hoàn", "chỉ", "cũng", "phải", "cần", "ước", "dự", "thực", "đóng", "vốn",
})  # fmt: skip


def on_province(s: Sentence, mark: Mark) -> None:
    """“toàn tỉnh", "của tỉnh": return to whose report it is, once the area in force was only compared with."""
    context, words = s.context, s.words
    home = context.home
    if s.area == home or not home or not _means_home(s, mark):
        return
    contrasts = words[:2] == ["trong", "khi"] or words[:1] in (["còn"], ["riêng"])
    is_compared = context.home_is_given and s.area_words is None and (context.home_has_figures or contrasts)
    if s.area == COUNTRY or is_compared:
        s.area, s.area_words, s.entity = home, mark, ""


def _means_home(s: Sentence, mark: Mark) -> bool:
    words, following = s.words, s.following
    if words[mark.last - 1] not in ("tỉnh", "phố"):
        return False
    if following is not None and following.kind == Kind.AREA and following.first == mark.last:
        return False  # "của tỉnh Lai Châu"
    if mark.kind == Kind.TERRITORY:
        return True
    return words[mark.first - 1 : mark.first] in _OWN or words[mark.last : mark.last + 1] in (["ta"], ["nhà"])


_OWN = (["toàn"], ["của"], ["trong"], ["bàn"])
_OFFICES = frozenset({"sở", "bộ", "ban", "công"})
_DONE = frozenset({"giải", "đã", "được", "phân"})


def _spends(s: Sentence, office: Mark) -> bool:
    following = s.following
    if following is None or following.first != office.last:
        return False
    if following.kind == Kind.METRIC:
        return following.value.startswith("disbursement") and s.words[following.first] in _DONE
    return following.kind in (Kind.RELATION, Kind.ASSIGNS, Kind.QUANTITY) and s.metric.startswith(
        "disbursement"
    )
