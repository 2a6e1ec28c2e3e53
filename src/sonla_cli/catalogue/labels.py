"""Which metric a row of a budget table is: explicit labels, matched whole after the outline marker is cut off.

The first three totals of revenue are different ones (phrase "thu ngân sách" alone is none of them): what is
collected in the territory, what the province keeps, and everything with transfers.
"""

from __future__ import annotations

from sonla_cli.catalogue.headings import written_out

_LABELS: dict[str, tuple[str, ...]] = {
    "revenue.total": ("tổng thu ngân sách nhà nước", "tổng thu ngân sách địa phương", "tổng thu NSĐP"),
    "budget.sources": ("tổng nguồn thu ngân sách địa phương", "tổng nguồn thu NSĐP"),
    "revenue.local": (
        "tổng thu ngân sách nhà nước trên địa bàn", "thu ngân sách nhà nước trên địa bàn", "tổng thu NSNN trên địa bàn", "thu NSNN trên địa bàn",
        "tổng thu cân đối ngân sách nhà nước trên địa bàn", "tổng các khoản thu ngân sách nhà nước trên địa bàn",
    ),
    "revenue.retained": (
        "thu ngân sách địa phương được hưởng theo phân cấp", "thu NSĐP được hưởng theo phân cấp",
        "thu ngân sách địa phương hưởng theo phân cấp", "thu ngân sách địa phương được hưởng",
    ),
    "revenue.domestic": ("thu nội địa", "tổng thu nội địa"),
    "revenue.taxes_fees": ("thu thuế, phí và lệ phí", "thu từ thuế, phí và lệ phí", "thu từ thuế, phí", "thu thuế, phí, lệ phí"),
    "revenue.land": ("thu tiền sử dụng đất", "tiền sử dụng đất", "thu từ tiền sử dụng đất"),
    "revenue.lottery": ("thu từ hoạt động xổ số kiến thiết", "thu xổ số kiến thiết", "thu từ hoạt động xổ số"),
    "revenue.customs": (
        "thu từ hoạt động xuất, nhập khẩu", "thu từ hoạt động xuất nhập khẩu", "thu từ hoạt động XNK", "thu XNK", "thu hải quan",
        "thu cân đối từ hoạt động xuất nhập khẩu", "thu cân đối từ hoạt động xuất, nhập khẩu", "thu thuế xuất, nhập khẩu",
    ),
    "revenue.crude_oil": ("thu từ dầu thô", "thu dầu thô"),
    "revenue.grants": ("thu viện trợ", "thu viện trợ không hoàn lại"),
    "revenue.contributions": ("các khoản huy động, đóng góp", "thu từ các khoản huy động, đóng góp"),
    "revenue.transfers": (
        "thu bổ sung từ ngân sách trung ương", "thu bổ sung từ NSTW", "thu bổ sung từ ngân sách cấp trên", "bổ sung từ ngân sách trung ương",
    ),
    "revenue.carryover": ("thu chuyển nguồn", "thu chuyển nguồn từ năm trước chuyển sang", "thu chuyển nguồn từ năm trước"),
    "revenue.surplus": ("thu kết dư", "thu kết dư ngân sách"),
    "expenditure.total": ("tổng chi ngân sách địa phương", "tổng chi NSĐP", "tổng chi ngân sách"),
    "expenditure.balance": (
        "chi cân đối ngân sách địa phương", "chi cân đối NSĐP", "tổng chi cân đối ngân sách địa phương", "tổng chi cân đối NSĐP",
    ),
    "expenditure.investment": ("chi đầu tư phát triển", "chi ĐTPT"),
    "expenditure.recurrent": ("chi thường xuyên",),
    "expenditure.interest": ("chi trả nợ lãi", "chi trả nợ lãi các khoản do chính quyền địa phương vay", "chi trả lãi vay"),
    "expenditure.reserve_fund": ("chi bổ sung quỹ dự trữ tài chính",),
    "expenditure.contingency": ("dự phòng ngân sách", "chi dự phòng ngân sách", "chi dự phòng"),
    "expenditure.programmes": ("chi chương trình mục tiêu", "chi các chương trình mục tiêu", "chi từ nguồn bổ sung có mục tiêu từ NSTW cho NSĐP", "chi chương trình mục tiêu quốc gia"),
    "expenditure.carryover": ("chi chuyển nguồn", "chi chuyển nguồn sang năm sau", "chi chuyển nguồn ngân sách năm sau"),
    "disbursement": ("giải ngân vốn đầu tư công", "tổng vốn đầu tư công", "vốn đầu tư công", "tổng kế hoạch vốn đầu tư công"),
    "disbursement.central": ("vốn ngân sách trung ương", "vốn NSTW"),
    "disbursement.local": ("vốn ngân sách địa phương", "vốn NSĐP", "vốn cân đối ngân sách địa phương"),
    "disbursement.foreign": ("vốn nước ngoài", "vốn nước ngoài (ODA)", "vốn ODA"),
    "disbursement.programmes": ("vốn chương trình mục tiêu quốc gia", "chương trình mục tiêu quốc gia", "vốn CTMTQG"),
    "investment.projects": ("số dự án được chấp thuận chủ trương đầu tư", "số dự án"),
    "investment.capital": ("tổng vốn đăng ký", "vốn đăng ký"),
}  # fmt: skip

#: the key of a label → its metric
LABELS = {written_out(label): metric for metric, labels in _LABELS.items() for label in labels}

#: rows that open a list of parts and hold no figure of their own
HEADINGS = frozenset(("trong đó", "trong đó:", "gồm", "gồm:", "bao gồm", "bao gồm:", "tổng số", "tổng cộng"))


def metric_of(label: str) -> str | None:
    """Return the metric a row is labelled with, or `None`; the label comes without its outline marker."""
    return LABELS.get(written_out(label.rstrip(" :.;*")))
