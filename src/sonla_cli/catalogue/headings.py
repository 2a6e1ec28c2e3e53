"""What the column headings of Vietnamese budget tables mean: explicit phrases, matched whole.

A heading is the words from the top of a merged header down to the column, with years, units and `(%)` taken
out and abbreviations written out; what is left must be one of these phrases. Nothing is matched in part.
"""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

from sonla_cli.core.spelling import key


class Meaning(NamedTuple):
    """What a column holds: a role of the table, or a measure with its basis."""

    role: str
    basis: str = ""
    status: str = ""
    #: the column is about the same period of the year before
    is_year_earlier: bool = False
    #: the period, where a mapping file names it
    period: str = ""


#: written out before matching, as whole words
ABBREVIATIONS = {
    "tw": "trung ương", "nstw": "ngân sách trung ương", "nsnn": "ngân sách nhà nước",
    "nsđp": "ngân sách địa phương", "hđnd": "hội đồng nhân dân", "ubnd": "ủy ban nhân dân",
    "ttg": "thủ tướng chính phủ", "ttcp": "thủ tướng chính phủ", "btc": "bộ tài chính", "dt": "dự toán",
    "kh": "kế hoạch", "khv": "kế hoạch vốn", "th": "thực hiện", "uth": "ước thực hiện", "lk": "lũy kế",
    "xnk": "xuất nhập khẩu", "đtpt": "đầu tư phát triển", "xdcb": "xây dựng cơ bản", "ctmtqg": "chương trình mục tiêu quốc gia",
    "sxkd": "sản xuất kinh doanh", "xskt": "xổ số kiến thiết",
}  # fmt: skip

TABLE_ROLES = {
    "outline": ("stt", "tt", "số tt", "số thứ tự"),
    "label": (
        "nội dung", "chỉ tiêu", "khoản mục", "diễn giải", "danh mục", "nội dung thu", "nội dung chi", "các khoản thu",
        "các khoản chi", "tên chỉ tiêu", "nguồn vốn", "nội dung chỉ tiêu",
    ),
    "area": ("địa phương", "tỉnh", "tỉnh, thành phố", "tỉnh/thành phố", "tỉnh, thành", "tên địa phương"),
    "unit": ("đơn vị tính", "đvt"),
    "note": ("ghi chú",),
}  # fmt: skip

_PLANS = (
    "dự toán",
    "dự toán năm",
    "kế hoạch",
    "kế hoạch năm",
    "kế hoạch vốn",
    "kế hoạch vốn năm",
    "dự toán thu",
    "dự toán chi",
    "chỉ tiêu năm",
    "dự toán giao",
    "dự toán giao năm",
    "kế hoạch giao",
)
_BASES = {
    "": "unspecified",
    **dict.fromkeys(("trung ương giao", "trung ương", "bộ tài chính giao", "bộ tài chính", "pháp lệnh", "trên giao"), "central"),
    **dict.fromkeys(("thủ tướng chính phủ giao", "thủ tướng giao", "thủ tướng chính phủ"), "prime_minister"),
    **dict.fromkeys((
        "hội đồng nhân dân tỉnh giao", "hội đồng nhân dân tỉnh quyết định", "hội đồng nhân dân tỉnh thông qua", "hội đồng nhân dân giao",
        "hội đồng nhân dân quyết định", "hội đồng nhân dân tỉnh", "hội đồng nhân dân", "hội đồng nhân dân thành phố giao",
        "hội đồng nhân dân thành phố quyết định", "theo nghị quyết hội đồng nhân dân tỉnh",
    ), "council"),
    **dict.fromkeys(("tỉnh giao", "địa phương giao", "thành phố giao", "ủy ban nhân dân tỉnh giao", "ủy ban nhân dân thành phố giao", "ủy ban nhân dân tỉnh"), "province"),
    **dict.fromkeys(("phấn đấu",), "striving"),
    **dict.fromkeys(("đã phân bổ", "đã phân bổ chi tiết", "phân bổ chi tiết"), "allocated"),
    **dict.fromkeys(("bao gồm vốn kéo dài", "cả vốn kéo dài"), "total"),
}  # fmt: skip
_RATIOS = (
    "so sánh", "so sánh với", "so với", "so", "tỷ lệ", "tỷ lệ so với", "tỷ lệ thực hiện so với", "thực hiện so với", "so sánh thực hiện với",
    "so sánh thực hiện so với", "so sánh thực hiện", "thực hiện/", "tỷ lệ thực hiện/", "tỷ lệ giải ngân so với", "giải ngân so với",
    "so sánh so với", "bằng", "tỷ lệ đạt", "so sánh ước thực hiện với", "ước thực hiện/", "ước thực hiện so với",
)  # fmt: skip
_RATES = ("tỷ lệ giải ngân", "tỷ lệ thực hiện", "tỷ lệ hoàn thành", "tỷ lệ đạt")
_CHANGES = (
    "tăng, giảm", "tăng (giảm)", "tăng/giảm", "tăng (+), giảm (-)", "tăng(+), giảm(-)", "tăng (+) giảm (-)", "tốc độ tăng", "tốc độ tăng trưởng",
    "tăng trưởng", "tăng giảm",
)  # fmt: skip
_ACTUALS = {
    **dict.fromkeys((
        "thực hiện", "lũy kế", "lũy kế thực hiện", "thực hiện lũy kế", "số thực hiện", "kết quả thực hiện", "giải ngân", "đã giải ngân",
        "lũy kế giải ngân", "vốn giải ngân", "vốn đã giải ngân", "giá trị giải ngân", "kết quả giải ngân", "thực hiện thu", "thực hiện chi",
    ), ""),
    **dict.fromkeys(("ước thực hiện", "lũy kế ước thực hiện", "ước thực hiện lũy kế", "ước lũy kế", "ước giải ngân", "ước thực hiện giải ngân"), "estimate"),
    **dict.fromkeys(("quyết toán",), "final"),
}  # fmt: skip
SAME_PERIOD = "cùng kỳ"


def _phrases() -> dict[str, Meaning]:
    found: dict[str, Meaning] = {}
    for role, phrases in TABLE_ROLES.items():
        found |= {phrase: Meaning(role) for phrase in phrases}
    plans = {
        " ".join(filter(None, (plan, words))): basis
        for plan, (words, basis) in product(_PLANS, _BASES.items())
    }
    bare = {words: basis for words, basis in _BASES.items() if words}
    found |= {phrase: Meaning("plan", basis) for phrase, basis in plans.items()}
    for ratio, (phrase, basis) in product(_RATIOS, {**plans, **bare}.items()):
        found[_joined(ratio, phrase)] = Meaning("attainment", basis)
    found |= {rate: Meaning("attainment", "unspecified") for rate in _RATES}
    for words, status in _ACTUALS.items():
        found[words] = Meaning("actual", status=status)
        found[f"{words} {SAME_PERIOD}"] = Meaning("actual", is_year_earlier=True)
    found[SAME_PERIOD] = Meaning("actual", is_year_earlier=True)
    for ratio in _RATIOS:
        for same in (SAME_PERIOD, f"thực hiện {SAME_PERIOD}"):
            found[_joined(ratio, same)] = Meaning("index", "same_period_last_year")
    for change, ratio in product(_CHANGES, ("", "so với", "so sánh với", "so")):
        found[" ".join(filter(None, (change, ratio, SAME_PERIOD)))] = Meaning(
            "growth", "same_period_last_year"
        )
    return {key(phrase): meaning for phrase, meaning in found.items()}


def _joined(ratio: str, phrase: str) -> str:
    return f"{ratio}{phrase}" if ratio.endswith("/") else f"{ratio} {phrase}"


PHRASES = _phrases()

#: measures whose columns are percentages whatever unit the table declares
PERCENTAGES = ("attainment", "index", "growth", "share")
MEASURES = ("actual", "plan", "target", "remaining", *PERCENTAGES)


def written_out(text: str) -> str:
    """Return the key of `text` with every abbreviation written out."""
    words = key(text).replace("/", " / ").split(" ")
    joined = " ".join(ABBREVIATIONS.get(word.strip("."), word) for word in words)
    return joined.replace(" / ", "/").replace(" /", "/").replace("/ ", "/")
