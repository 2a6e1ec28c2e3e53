"""Whether the words before an amount name something that the grammar does not know.

The one convention: nouns that match nothing, between the last boundary and an amount, are a subject of their own.
What they are is unknown, so that the amount is never booked under the subject before them: after "trong đó", after
a bare "chi" or "thu", before "chiếm", and wherever no verb stands between them and the amount.
"""

from __future__ import annotations

from sonla_cli.press import quantities as q
from sonla_cli.press import relations as r
from sonla_cli.press.marks import Kind
from sonla_cli.press.quantities import Quantity
from sonla_cli.press.state import Sentence

#: what ends the words that can name a subject
_BOUNDARIES = frozenset({
    Kind.QUANTITY, Kind.COMMA, Kind.BREAK, Kind.OPEN, Kind.CLOSE, Kind.INSIDE, Kind.OUTSIDE, Kind.RESPECTIVELY,
})  # fmt: skip
#: marks that are part of a name
_NOUNS = frozenset({Kind.COMPOUND, Kind.PLACE, Kind.NOT_FIGURE})
_BARE = ("revenue", "expenditure")
#: no subject is looked for further back
_REACH = 16
#: words that name nothing: of grammar, of amounts, of whose money it is
_NEUTRAL = frozenset(
    [
        "của",
        "cho",
        "về",
        "với",
        "và",
        "là",
        "có",
        "được",
        "bị",
        "đã",
        "đang",
        "sẽ",
        "mới",
        "chỉ",
        "cũng",
        "vẫn",
        "còn",
        "đều",
        "thêm",
        "nữa",
        "lại",
        "ra",
        "vào",
        "tại",
        "ở",
        "trong",
        "ngoài",
        "trên",
        "dưới",
        "qua",
        "sau",
        "trước",
        "khi",
        "này",
        "đó",
        "kia",
        "nay",
        "đây",
        "các",
        "những",
        "một",
        "mỗi",
        "cả",
        "toàn",
        "tổng",
        "cộng",
        "số",
        "tiền",
        "con",
        "mức",
        "khoản",
        "kinh",
        "phí",
        "nguồn",
        "vốn",
        "giá",
        "trị",
        "tỷ",
        "lệ",
        "kết",
        "quả",
        "lượng",
        "phần",
        "tỉnh",
        "ta",
        "nhà",
        "thành",
        "phố",
        "địa",
        "phương",
        "đơn",
        "vị",
        "ngân",
        "sách",
        "nước",
        "ngày",
        "tháng",
        "năm",
        "quý",
        "kỳ",
        "đầu",
        "cuối",
        "hết",
        "đến",
        "tới",
        "từ",
        "lên",
        "xuống",
        "thì",
        "mà",
        "do",
        "bởi",
        "rất",
        "khá",
        "hơn",
        "gần",
        "nhất",
        "ngay",
        "riêng",
        "chung",
        "tính",
        "lũy",
        "kế",
        "bằng",
        "đạt",
        "thực",
        "hiện",
        "chi",
        "thu",
        "ước",
        "giải",
        "ngân",
        "thanh",
        "toán",
        "phải",
        "cần",
        "theo",
        "như",
        "vậy",
        "đồng",
        "thời",
        "tương",
        "đương",
    ]
)


def is_unnamed(s: Sentence, figure: Quantity) -> bool:
    """Whether an amount or a share without a subject of its own belongs to something that is named and not known."""
    head = s.head
    if not s.metric or figure.sort not in (q.MONEY, q.USD, q.PERCENT):
        return False
    is_share = head.relation is not None and head.relation.value == r.SHARE
    if figure.sort == q.PERCENT and not is_share:
        return False
    bare, nouns, is_said = _words_before(s, figure.first)
    if not nouns:
        return False
    return is_share or bare or s.inside or (not is_said and bool(s.drafts))


def _words_before(s: Sentence, end: int) -> tuple[bool, bool, bool]:
    """Return whether a bare "chi" or "thu", a noun and a verb stand between the last boundary and the figure."""
    bare = is_said = nouns = False
    least = max(0, end - _REACH)
    for at in range(s.at - 1, -1, -1):
        mark = s.marks[at]
        if mark.last <= least:
            break
        nouns = nouns or holds_noun(s, mark.last, end) or mark.kind in _NOUNS
        end = mark.first
        if mark.kind in _BOUNDARIES:
            return bare, nouns, is_said
        if mark.kind == Kind.METRIC and mark.value in _BARE:
            return nouns, nouns, is_said
        is_said = is_said or not (mark.kind in _SILENT or mark.value == "none")
    return bare, nouns or holds_noun(s, least, end), is_said


#: marks that are no verb
_SILENT = _NOUNS | {Kind.HEDGE, Kind.PERIOD, Kind.AREA, Kind.JOIN, Kind.TERRITORY}


def holds_noun(s: Sentence, first: int, end: int) -> bool:
    """Whether a word that names something stands among the tokens."""
    return any(word[0].isalpha() and word not in _NEUTRAL for word in s.words[first:end])
