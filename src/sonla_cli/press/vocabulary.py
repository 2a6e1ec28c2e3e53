"""The words of the field: what each phrase means, as tables.

The one convention: `(a|b)` is a choice, `[a]` may be left out, `;` separates phrases; the longest phrase found
at a place wins. Both placements of tone marks (`hòa`, `hoà`) and both of `tỷ` and `tỉ` are understood without
being listed.
"""

from __future__ import annotations

from sonla_cli.press.marks import Kind

_NS = "(ngân sách nhà nước|ngân sách|nsnn)"
_LOCAL_BUDGET = "(ngân sách địa phương|nsđp|ngân sách tỉnh|ngân sách thành phố)"
_CENTRAL_BUDGET = "(ngân sách trung ương|nstw|ngân sách tw|ngân sách cấp trên)"
_PROGRAMMES = "[ba|các|3|03] (chương trình mục tiêu quốc gia|chương trình mtqg|ctmtqg)"
_TOTAL = "[tổng|tổng số|số|nguồn|tổng nguồn|kết quả]"

#: lines of the budget that the catalogue does not name
UNCATALOGUED = (
    "[thu] [từ] khu vực (doanh nghiệp|kinh tế|ngoài quốc doanh|công thương nghiệp|fdi|có vốn đầu tư nước ngoài); [thu] [từ] (dnnn|doanh nghiệp nhà nước|doanh nghiệp có vốn đầu tư nước ngoài); "
    "[thu] [từ] [tiền] thuê đất; [thu] [tiền] cho thuê đất[, thuê mặt nước]; [thu] lệ phí trước bạ; [thu] phí, lệ phí; [thu] phí và lệ phí; thu khác [ngân sách]; "
    "[thu] [từ] thuế (giá trị gia tăng|gtgt|vat|thu nhập cá nhân|thu nhập doanh nghiệp|tncn|tndn|tài nguyên|tiêu thụ đặc biệt|môn bài); [thu] [tiền] cấp quyền khai thác khoáng sản; thu phạt; "
    "nợ (chính phủ|chính quyền địa phương); [nguồn] vốn [đầu tư] trong nước; vay (bù đắp|nợ|để)"
)  # fmt: skip

METRICS = {
    "revenue.total": f"{_TOTAL} thu {_NS}; {_TOTAL} thu {_LOCAL_BUDGET}; tổng nguồn thu; tổng thu; tổng nguồn {_LOCAL_BUDGET}; số thu {_NS}; thu cho {_NS}; thu, nộp {_NS}; thu nộp {_NS}; số nộp {_NS}",
    "revenue.local": (
        f"{_TOTAL} thu [cân đối] {_NS} trên địa bàn; {_TOTAL} thu trên địa bàn; {_TOTAL} thu cân đối {_NS} nhà nước trên địa bàn; "
        f"{_TOTAL} thu {_NS} tại địa bàn; {_TOTAL} thu {_NS} phát sinh trên địa bàn"
    ),
    "revenue.retained": (
        "[tổng] (thu|số thu|phần thu) [ngân sách địa phương|nsđp|ngân sách] [được|tỉnh được|địa phương được] hưởng [theo phân cấp]; "
        "thu [ngân sách địa phương|nsđp] theo phân cấp; [phần] [ngân sách địa phương|nsđp] được hưởng [theo phân cấp]"
    ),
    "revenue.domestic": "[tổng|số|tổng số] thu [ngân sách|nsnn|cân đối] [từ] nội địa; khoản thu nội địa; phần nội địa",
    "revenue.taxes_fees": (
        "[số] thu [từ] [các khoản] (thuế, phí|thuế và phí|thuế phí) [,|và|-] [lệ phí]; [thu] thuế, phí [[,|và] lệ phí]; "
        "thu [từ] thuế, phí và lệ phí; thu thuế và phí; thu thuế phí; các khoản thuế, phí; thuế và phí"
    ),
    "revenue.land": "[thu] [từ] (tiền sử dụng đất|tiền đất|nguồn đất|đấu giá đất|đấu giá quyền sử dụng đất); thu (từ|tiền) đất; thu [từ] [tiền] đất đai",
    "revenue.lottery": "[thu] [từ] [hoạt động] xổ số [kiến thiết]",
    "revenue.environment": "[thu] [thuế|phí] bảo vệ môi trường",
    "revenue.dividends": "[thu] [từ] cổ tức [và lợi nhuận|, lợi nhuận] [còn lại|sau thuế]; thu hồi vốn, cổ tức",
    "revenue.customs": (
        f"[số|tổng|tổng số] thu [cân đối] [{_NS}] [từ] [thuế] [hoạt động] (xuất nhập khẩu|xuất, nhập khẩu|xuất khẩu, nhập khẩu|xnk|hải quan); "
        "(thuế xuất khẩu, nhập khẩu|thuế xuất nhập khẩu); [ngành|cục|chi cục|cơ quan] hải quan"
    ),
    "revenue.crude_oil": "[thu] [từ] [xuất khẩu] dầu thô",
    "revenue.grants": "[thu] [từ] [nguồn] viện trợ [không hoàn lại]",
    "revenue.balance": f"[tổng] thu cân đối [{_NS}|{_LOCAL_BUDGET}]",
    "revenue.contributions": "[thu] [các khoản] (huy động, đóng góp|huy động đóng góp)",
    "revenue.transfers": (
        f"[thu] [số] bổ sung [cân đối|có mục tiêu|cân đối và bổ sung có mục tiêu] [từ] {_CENTRAL_BUDGET}; [thu] bổ sung (cân đối|có mục tiêu); "
        f"[thu] trợ cấp [từ] {_CENTRAL_BUDGET}; trung ương (bổ sung|trợ cấp); thu bổ sung; "
        f"[thu] bổ sung [cân đối|có mục tiêu] từ trung ương"
    ),
    "revenue.carryover": "thu chuyển nguồn [từ năm trước] [sang|chuyển sang]; nguồn năm trước chuyển sang",
    "revenue.surplus": "[thu] kết dư [ngân sách] [năm trước]",
    "budget.sources": "tổng nguồn (lực|vốn) ngân sách",
    "revenue": "thu; số thu",
    "expenditure": "chi; số chi",
    "?": UNCATALOGUED,
    "budget.deficit": "[mức] bội chi [ngân sách] [địa phương|nhà nước|nsđp|nsnn]",
    "expenditure.total": f"[tổng|tổng số|số|nhiệm vụ] chi [từ] ({_NS}|{_LOCAL_BUDGET}) [nhà nước|địa phương]; tổng chi; tổng (số|nhiệm vụ) chi",
    "expenditure.balance": f"[tổng] chi [trong] cân đối [{_NS}|{_LOCAL_BUDGET}]",
    "expenditure.investment": "[tổng|số] chi [cho] (đầu tư phát triển|đtpt|đầu tư công|đầu tư xây dựng cơ bản|xdcb|đầu tư)",
    "expenditure.recurrent": "[tổng|số] chi [cho] [hoạt động] (thường xuyên|tx); ctx",
    "expenditure.interest": "[số] chi trả [nợ] lãi; chi trả [nợ] [gốc và] lãi [vay]; trả nợ lãi",
    "expenditure.reserve_fund": "[chi] bổ sung quỹ dự trữ tài chính",
    "expenditure.contingency": "[chi] dự phòng [ngân sách]; chi dự phòng",
    "expenditure.programmes": f"chi [cho|thực hiện] ({_PROGRAMMES}|[các] chương trình mục tiêu)",
    "expenditure.carryover": "chi chuyển nguồn [sang|sang năm sau]",
    "disbursement": (
        "[tỷ lệ|kết quả|tiến độ|số|tổng số|việc|công tác] giải ngân [thanh toán] [toàn bộ|được] [[kế hoạch|nguồn|số|toàn bộ] vốn (đầu tư công|đầu tư)]; "
        "[vốn|nguồn vốn|[tổng] [số] vốn] đầu tư công [được|đã] [giải ngân]; [tổng] [số] vốn [được|đã] [được] (giải ngân|thanh toán) [được]"
    ),
    "disbursement.incl_carryover": "giải ngân [vốn đầu tư công|vốn] (bao gồm|gồm|kể) cả vốn kéo dài",
    "allocation": (
        "[đã|được] [được] phân bổ [chi tiết|vốn|kế hoạch vốn|xong|hết|và giao] [vốn|kế hoạch vốn|chi tiết] [đầu tư công]; giao chi tiết; "
        "[đã] phân khai [chi tiết]"
    ),
    "allocation.unallocated": "(chưa|còn chưa|chưa được) (phân bổ|giao) [chi tiết|hết]; [số] vốn (chưa phân bổ|chưa được phân bổ) [chi tiết]",
    "carryover": "[kế hoạch] [nguồn] [số] vốn (kéo dài|chuyển nguồn) [[từ] [các] năm trước] [chuyển] [sang]; vốn [năm trước] chuyển sang",
    "additions.central": "vốn bổ sung từ (ngân sách trung ương|trung ương|nstw)",
    "investment.projects": (
        "[tổng|về|tổng số] số [lượng] dự án [mới|đầu tư] [được cấp mới|được chấp thuận|được phê duyệt|[được] thu hút [đầu tư|được]]; lượng dự án"
    ),
    "investment.capital": (
        "[tổng] [số] vốn đăng ký [đầu tư|mới|cấp mới]; về [số|lượng|quy mô] vốn [đầu tư]; [tổng] [số] vốn đầu tư [đăng ký] [mới]; tổng vốn [đầu tư] [đăng ký]; số vốn [đăng ký]; "
        "[tổng] vốn cam kết [đầu tư]; thu hút [được] [vốn] đầu tư"
    ),
    "investment.projects_adjusted": "[số] dự án [được] điều chỉnh [tăng vốn|vốn]",
    "investment.capital_added": "[tổng] [số] vốn (tăng thêm|điều chỉnh|điều chỉnh tăng|điều chỉnh tăng thêm|tăng vốn|bổ sung thêm); tăng thêm vốn",
    "investment.fdi_projects": "[số] dự án (fdi|đầu tư trực tiếp nước ngoài|có vốn [đầu tư] [trực tiếp] nước ngoài)",
    "investment.fdi_capital": "[thu hút] [tổng|số] [vốn|nguồn vốn|dòng vốn] (fdi|đầu tư trực tiếp nước ngoài); thu hút đầu tư nước ngoài; [tổng] [vốn] đầu tư nước ngoài",
    "investment.mou_capital": "(biên bản|bản) ghi nhớ",
    "investment.social_total": "[tổng] [số] vốn đầu tư [thực hiện] toàn xã hội; [tổng] đầu tư toàn xã hội; [tổng] vốn đầu tư phát triển [toàn xã hội]",
    "investment.project_total": "[tổng|quy mô] (mức|vốn) đầu tư [của] dự án; tổng mức đầu tư; tổng mức vốn đầu tư; tổng kinh phí đầu tư",
    "enterprises": "về số [lượng] doanh nghiệp [thành lập mới]; [số] doanh nghiệp [đăng ký] (thành lập mới|mới thành lập|thành lập|đăng ký mới); thành lập mới doanh nghiệp; [số] doanh nghiệp đăng ký",
    "grdp.growth": (
        "[tốc độ|mức|tỷ lệ] tăng trưởng [kinh tế|tổng sản phẩm] [của tỉnh] (grdp|gdp|kinh tế|tổng sản phẩm); tốc độ tăng (grdp|gdp|tổng sản phẩm|trưởng kinh tế|trưởng); "
        "(grdp|gdp) [của tỉnh|toàn tỉnh] tăng trưởng; mức tăng trưởng; (mục tiêu|chỉ tiêu|kịch bản) tăng trưởng [kinh tế|grdp]"
    ),
    "grdp.current": "quy mô [của] (grdp|gdp|tổng sản phẩm [trên địa bàn|trên địa bàn tỉnh]|nền kinh tế|kinh tế)",
    "grdp": "grdp; gdp; tổng sản phẩm [trên địa bàn|trên địa bàn tỉnh|trong tỉnh|trong nước]",
    "economy": "[tăng trưởng] kinh tế [của] [tỉnh|địa phương]",
    "grdp.per_capita": "(grdp|gdp|tổng sản phẩm|thu nhập) bình quân [đầu] người",
    "prices.consumer": "(cpi|chỉ số giá tiêu dùng|chỉ số giá|lạm phát) [(cpi)] [bình quân]",
    "exports": "[tổng] [giá trị|kim ngạch] [hàng hóa] xuất khẩu [hàng hóa]; kim ngạch xuất khẩu; giá trị [hàng hóa] tham gia xuất khẩu",
}  # fmt: skip

#: parts of public investment capital; the family (disbursed, allocated, planned) comes from the context
CAPITAL = {
    "central": f"[nguồn] vốn [từ] ({_CENTRAL_BUDGET}|trung ương|tw) [trong nước|hỗ trợ|giao|đầu tư|bổ sung]; nguồn {_CENTRAL_BUDGET}",
    "local": (
        f"[nguồn] vốn [đầu tư] [từ] [cân đối] ({_LOCAL_BUDGET}|địa phương|tỉnh) [quản lý]; [nguồn] vốn cân đối ({_LOCAL_BUDGET}|địa phương); nguồn {_LOCAL_BUDGET}; "
        "vốn xdcb tập trung; vốn xây dựng cơ bản tập trung"
    ),
    "foreign": "[nguồn] vốn (nước ngoài|oda|oda và vay ưu đãi|vay nước ngoài|vay oda); nguồn oda",
    "programmes": f"[nguồn] [vốn] [thực hiện] [thuộc] {_PROGRAMMES}; chương trình (1719|giảm nghèo bền vững|nông thôn mới|xây dựng nông thôn mới)",
    "ministries": "[các|khối] bộ, (cơ quan|ngành) [ngang bộ] [và] [cơ quan] [trung ương]; các (cơ quan|bộ) trung ương; khối trung ương; các bộ, ngành",
    "localities": "(các|khối|nhóm) địa phương; địa phương (đạt|giải ngân)",
    "programmes.recurrent": "[nguồn] (vốn|kinh phí) sự nghiệp [thực hiện ctmtqg]",
    "programmes.investment": "vốn đầu tư phát triển [thuộc|của|thực hiện] (chương trình|các chương trình|ctmtqg)",
}  # fmt: skip

#: subjects outside the catalogue: their numbers belong to no metric here
FOREIGN_SUBJECTS = (
    "[hộ] gia đình (anh|chị|ông|bà|em|tôi); gia đình; hợp tác xã; htx; nhà vườn; trang trại; hộ (anh|chị|ông|bà); nông hộ; "
    "lãi suất [cho vay|huy động]; thuế suất; dư nợ; nợ (xấu|thuế|đọng|công); tổng dư nợ; huy động vốn; tiền gửi; doanh thu; lợi nhuận; sản lượng; "
    "[tỷ lệ] hộ (nghèo|cận nghèo); tỷ lệ (nghèo|che phủ|lao động|đô thị hóa|thất nghiệp|bao phủ|dân số|hộ|trẻ em|người|học sinh|xã|thôn|phiếu|tán thành|tham gia); "
    "[tỷ lệ] (che phủ rừng|độ che phủ|độ che phủ rừng); dân số; diện tích; năng suất; khách [du lịch] [quốc tế|nội địa]; lượt khách; "
    "chỉ số [sản xuất] (công nghiệp|iip|pci|par index|papi); iip; tổng mức bán lẻ; bán lẻ [hàng hóa]; nông nghiệp; công nghiệp [chế biến|- xây dựng]; "
    "dịch vụ; khu vực (nông|công|dịch|i|ii|iii) [lâm|nghiệp|vụ] [nghiệp|thủy sản]; sản xuất công nghiệp; ngành (điện|xây dựng|chế biến|du lịch); "
    "giá (xăng|dầu|vàng|điện|đất|thuê|bán|trị sản xuất|trị gia tăng|vật liệu); tiền lương; lương; học phí; mức (hỗ trợ|phạt|đóng|lương|giảm trừ); "
    "thu (hồi|mua|gom|phí|giữ|dọn); chi (bộ|nhánh|phí|tiết|hội|cục|trả); mùa thu; vụ thu; bảo hiểm; tín dụng; vốn điều lệ; giá vé; (miễn|giảm|giãn|hoãn|gia hạn) thuế và phí; học sinh; thu nhập; thu hoạch; tỷ trọng (nông|công|dịch|ngành|khu vực); nhập khẩu; độ ẩm; "
    "phiếu; tỷ lệ tín nhiệm; công suất; tiến độ thi công; khối lượng [thi công|xây lắp]; mặt bằng; diện tích mặt bằng; tỷ giá; cổ phiếu; cổ phần"
)  # fmt: skip

#: nouns that turn the number before them into no fiscal figure
NOT_FIGURES = (
    "[dân tộc] thiểu số; [phát triển] kinh tế - xã hội; [phát triển] kinh tế xã hội; phát triển kinh tế; khu kinh tế; đại biểu; hộ [dân|gia đình]; dân số; người [dân|lao động]; số (xã|hộ|thôn|bản|phiếu|người|đại biểu|trường|đơn vị|học sinh|ý kiến|dân|cán bộ|cơ sở|phường); "
    "(xã|phường|bản|thôn|huyện|trường|học sinh|phiếu|cán bộ|công chức|ý kiến|đảng viên|thành viên|cử tri|cơ quan|cơ sở|đơn vị|trạm|diện tích|hồ sơ|thủ tục|lao động|sản phẩm|nhà máy|"
    "dân cư|tuyến|khối lượng|đảng bộ|chi bộ|văn bản|khu dân cư|lượt|giáo viên|trẻ em|phụ nữ|công suất|tài sản|cổ phần|tín nhiệm|cơ bản|hàng|nguyên liệu|nội dung|công việc|các (thôn|bản|hộ|trường|đại biểu)|"
    "tổng số (hộ|xã|đại biểu|phiếu|dân))"
)  # fmt: skip

RELATIONS = {
    "up": (
        "tăng [thêm|tới|đến|mạnh|nhẹ|khá|ròng|cao|vọt|bình quân|trưởng dương]; tăng trưởng; cao hơn; nhiều hơn; lớn hơn; nhỉnh hơn; cải thiện; "
        "tăng trưởng [đạt]; mức tăng; tốc độ tăng; nhích; tăng [thêm] được"
    ),
    "exceed": "vượt [thu|chi|tới|thu ngân sách]; vượt so với; (hoàn thành|đạt) vượt [mức]; tăng thu so với; vượt thu",
    "down": "giảm [tới|đến|mạnh|nhẹ|sâu|bớt]; thấp hơn; ít hơn; nhỏ hơn; kém [hơn]; cắt giảm [, tiết kiệm]; tiết kiệm; sụt [giảm]; tăng trưởng âm; âm; suy giảm; mức giảm; giảm sút; chậm hơn",
    "short": "hụt [thu|chi|so với]; thiếu [hụt]; hụt thu [ngân sách]; mất cân đối",
    "equal": (
        "bằng; đạt [được|mức|tỷ lệ|con số|tổng số]; tương đương [với]; tương ứng [với|bằng|đạt]; hoàn thành; thực hiện [được|đạt]; là; ở mức; đã (thu|chi|nộp) được; "
        "(chỉ|mới|chỉ mới) (đạt|bằng); cán mốc; chạm [mốc|ngưỡng]; xấp xỉ bằng; bằng với; nộp [ngân sách]; thu được; thu về; tròn"
    ),
    "share": "chiếm [tỷ trọng|tỷ lệ|tới|đến]; tỷ trọng; cơ cấu [thu|chi|nguồn vốn]; đóng góp [tới]; tỷ phần; đóng góp vào; đáp ứng [được]",
    "times": "gấp [tới|đến|lên]; tăng gấp; cao gấp; lớn gấp; nhiều gấp; gấp trên; tăng lên gấp; nhân",
    "remaining": (
        "còn phải (thu|chi|giải ngân|thực hiện|nộp); chưa (giải ngân|thu|thực hiện|thanh toán) [hết|được|xong]; còn [lại] (phải|chưa|cần) [phải] (giải ngân|thu|thực hiện) [hết]; "
        "còn (thiếu|lại); [số|phần|số vốn] (còn lại|chưa giải ngân) [là|chưa giải ngân|phải giải ngân]; chưa được (giải ngân|thanh toán); "
        "(cần|phải|cần phải) (giải ngân|thu) (thêm|tiếp|nốt)"
    ),
}  # fmt: skip

#: "none" keeps a phrase that merely looks like a relation from being one
NO_RELATION = "tăng (trưởng kép|ca); không (tăng|giảm|đạt|bằng); (không|chưa) hoàn thành; chưa đạt; chưa bằng; gia tăng; giảm nghèo; được; tăng cường; tăng tốc; giảm thiểu; tăng ca; bằng cách; bằng tiền; tăng (giảm)"

REACH = "lên [tới|đến|mức|thành|còn]; xuống [còn|mức|dưới mức|chỉ còn]; chỉ còn; còn; lên tới mức; nâng [tổng] [số] lên; đưa [tổng] [số]"

#: phrases that read as a whole what a plan, a base or an assigner is
PLANS = {
    #: a goal where it stands before its number, a striving plan where it follows a percentage
    "goal": "[đặt|đề ra|đưa ra|với] mục tiêu [năm|cả năm|đề ra|đến|là|đạt|phấn đấu|đặt ra]",
    #: a resolution measures, but does not make a plan of the next number
    "resolution": "nghị quyết",
    "unspecified": (
        "[tổng] dự toán [năm|cả năm|được giao|pháp định|giao đầu năm|hằng năm|giao]; dt [năm]; [tổng] kế hoạch [năm|cả năm|vốn năm|vốn] [được giao|đã giao|đề ra|giao] [đầu năm|từ đầu năm]; "
        "kh [năm|vốn]; khv [năm]; [tổng] kế hoạch vốn [năm|được giao|đầu tư công|đã giao|đầu tư|giao]; chỉ tiêu [năm|cả năm|được giao|đề ra|giao|kế hoạch|nghị quyết|thu|pháp lệnh được giao]; "
        "[tổng|số] vốn (được giao|đã giao|kế hoạch|giao); vốn đầu tư công được giao; nhiệm vụ [năm] [thu] [được giao]; [tổng] số vốn (được giao|đã giao|giao)"
    ),
    "central": "(dự toán|chỉ tiêu|kế hoạch|dt|mức) pháp lệnh [năm|được giao]; pháp lệnh",
    "striving": (
        "(chỉ tiêu|mục tiêu|mức|dự toán|kế hoạch|dt) phấn đấu [năm|của tỉnh]; kịch bản [tăng trưởng|thu|phấn đấu|điều hành]; "
        "[số] phấn đấu của [tỉnh|thành phố]"
    ),
    "council": "(dự toán|chỉ tiêu|kế hoạch|mục tiêu) nghị quyết (hđnd|hội đồng nhân dân) [tỉnh|thành phố]; nghị quyết [của] (hđnd|hội đồng nhân dân) [tỉnh|thành phố]",
    "allocated": (
        "[tổng] [số] [kế hoạch] vốn [kế hoạch] [đã|được|đã được] (phân bổ|giao chi tiết|phân khai) [chi tiết]; kế hoạch [vốn] [đã|được|đã được] (phân bổ|giao chi tiết|phân khai) [chi tiết]; "
        "số [đã] phân bổ [chi tiết]; số vốn phân bổ; mức đã phân bổ"
    ),
    "total": (
        "tổng nguồn vốn [đầu tư công|được giao|năm]; tổng kế hoạch [vốn] (bao gồm|gồm|kể|tính) [cả] [vốn] kéo dài; tổng kế hoạch vốn bao gồm kéo dài; "
        "(tổng [số] vốn|kế hoạch [vốn]) [năm] (gồm|bao gồm|tính|kể) cả [vốn|phần|nguồn] (kéo dài|chuyển nguồn); toàn bộ nguồn vốn"
    ),
}  # fmt: skip

CARRYOVER = (
    "([nếu|khi] (tính|kể|cộng|gồm|bao gồm) [cả] [nguồn|phần|số|thêm|kế hoạch] [vốn] (kéo dài|chuyển nguồn) [từ năm trước]); "
    "cả [phần|nguồn|số] [vốn] kéo dài; gồm vốn kéo dài; bao gồm vốn kéo dài; cộng vốn kéo dài"
)  # fmt: skip

ASSIGNERS = {
    "central": "[chính phủ] trung ương; tw; bộ tài chính; btc; bộ [tc]; chính phủ; cấp trên; quốc hội; ngân sách trung ương giao",
    "prime_minister": "thủ tướng [chính phủ]; ttg; ttcp; thủ tướng cp",
    "council": "(hđnd|hội đồng nhân dân) [tỉnh|thành phố|các cấp|tp|cùng cấp|địa phương]; (tỉnh|thành phố) thông qua tại (hđnd|hội đồng nhân dân)",
    "province": "(ubnd|ủy ban nhân dân) [tỉnh|thành phố|tp]; tỉnh; thành phố; địa phương; tỉnh ủy",
}  # fmt: skip

ASSIGNS = (
    "[đã|được] (giao|quyết nghị|quyết định|thông qua|phê chuẩn|ban hành|ấn định) [đầu năm|từ đầu năm|chi tiết]; giao cho [tỉnh|thành phố|địa phương]; "
    "được [phân] giao; đề ra; giao phấn đấu; xây dựng"
)

CHANGE_BASES = {
    "same_period_last_year": (
        "[mức|số] [của] cùng kỳ [năm trước|năm ngoái|năm 2 trước|trước|năm liền trước]; svck; cùng thời điểm [năm trước|năm ngoái]; "
        "cùng thời gian [này] [năm trước|năm ngoái]; cùng giai đoạn năm trước; thời điểm này năm (trước|ngoái); ck [năm trước]; cùng tháng năm trước; một năm trước"
    ),
    "previous_year": (
        "[mức|số] [thực hiện|ước thực hiện|quyết toán] năm (trước|ngoái) [đó|liền kề]; [mức] thực hiện năm trước; năm liền trước; năm liền kề; năm trước đó"
    ),
    "previous_month": "tháng (trước|liền trước) [đó]",
    "previous_quarter": "quý (trước|liền trước)",
    "national_average": (
        "[mức|tỷ lệ|mức trung] [bình quân|trung bình] [chung] [của] (cả nước|toàn quốc); [mức] (bình quân|trung bình) chung; mức chung [của] (cả nước|toàn quốc); "
        "[mức] (bình quân|trung bình) [giải ngân] [chung] [của] (cả nước|toàn quốc); mặt bằng chung [cả nước|của cả nước]"
    ),
    "start_of_year": "tháng (12|mười hai|chạp) năm (trước|ngoái); đầu năm; cuối năm (trước|ngoái); thời điểm đầu năm",
}  # fmt: skip

#: what follows is no longer a goal
CONTRASTS = ", (nhưng|song|tuy nhiên|trong khi [đó]); tuy nhiên; trong khi đó"

#: words of the field inside other words
COMPOUNDS = (
    "giao (thông|dịch|đất|rừng|lưu|ban|khoán|hàng|nhận|thoa|diện|thương|mùa); bàn giao; chuyển giao; ngoại giao; "
    "từ (chối|thiện|điển|bỏ); (tiến|mức|tốc|cường|mật|trình|chế|nhiệt|cấp|thái|hạn) độ"
)

AGAINST = (
    "[nếu] so với [mức|số]; so sánh với; đối chiếu với; so [với]; trên (tổng|số); [nếu] tính (trên|theo)"
)

HEDGES = {
    "over": (
        "trên; hơn; quá; không dưới; tối thiểu; ít nhất; không thấp hơn; không ít hơn; [vượt] mốc; vượt (mốc|ngưỡng|con số|mức); lớn hơn hoặc bằng; >; ≥; từ trên; "
        "cao hơn mức; không kém; đạt từ"
    ),
    "under": "gần; (chưa|không) (đến|đầy|tới) [mức]; dưới; không quá; tối đa; suýt; suýt soát; <; ≤; sát; ngót; ngót nghét; không vượt [quá]; cận; tiệm cận; chưa vượt; gần như; gần tới; gần đến; gần bằng",
    "about": "khoảng; xấp xỉ; chừng; độ; tầm; cỡ; ~; ≈; trên dưới; vào khoảng; khoảng chừng; ước khoảng; áng chừng; quãng; khoảng độ; trong khoảng",
}  # fmt: skip

STATUSES = {
    "estimate": "ước [đạt|tính|thực hiện|tính đạt]; dự (ước|kiến); ưth; uth; ước đạt được; số ước; dự ước",
    "preliminary": "sơ bộ; số liệu sơ bộ",
    "final": "quyết toán; số liệu chính thức; số chính thức",
}  # fmt: skip

GOALS = (
    "phấn đấu [đạt|hoàn thành|cao nhất]; quyết tâm [đạt|hoàn thành]; cam kết [đạt]; "
    "yêu cầu [các|phải]; (cần|phải) hoàn thành; [cần] phải thu; đặt chỉ tiêu; (phải|cần) đạt; chỉ tiêu đặt ra; kỳ vọng; hướng tới"
)
#: what is still to be done, and names what
DUES = "(phải|cần|cần phải) giải ngân [hết|xong|toàn bộ]"
REQUESTS = "(đề nghị|kiến nghị|đề xuất|xin|mong) [trung ương|thủ tướng|chính phủ|thủ tướng chính phủ|bộ tài chính|quốc hội]; nhu cầu vốn; (hỗ trợ|bố trí|bổ sung) cho tỉnh"
INSIDE = "trong (đó|số đó|số này); gồm [có]; bao gồm; riêng; cụ thể [là]; (trong|ở) đó có; tính riêng"
OUTSIDE = "ngoài ra; bên cạnh đó; đồng thời; cùng với đó; mặt khác; nhìn chung"
RESPECTIVELY = "lần lượt [là|đạt|bằng|ở mức]; (đạt|bằng|tăng|giảm|là) lần lượt; [theo] thứ tự [là]; tương ứng [là|đạt|bằng]; tương ứng lần lượt"
EXCEPT_LATE = "(loại trừ|không tính|không kể|trừ|không bao gồm) [đi] [số|phần] vốn [mới] [được] (bổ sung|giao bổ sung|mới bổ sung) [mới]"
EXCEPT = "không (kể|tính|bao gồm|gồm); (chưa|không) (kể|tính|gồm|bao gồm) [cả]; (loại trừ|sau khi trừ|trừ đi|loại bỏ|trừ); ngoại trừ"
ATTRACTS = (
    "thu hút [đầu tư] [được|thêm|mới]; chấp thuận [chủ trương] [đầu tư] [cho|mới]; quyết định chủ trương [đầu tư]; phê duyệt [chủ trương] [đầu tư]; cấp [mới] [giấy] [chứng nhận|phép] [đăng ký] [đầu tư] [cho]; "
    "cấp mới; cấp phép [mới|cho]; đăng ký [mới|đầu tư]; ngoài ngân sách; chủ trương đầu tư; nhà đầu tư; được cấp; xúc tiến đầu tư; trao (quyết định|giấy chứng nhận)"
)
ADJUSTS = "điều chỉnh [tăng vốn|tăng|vốn|bổ sung vốn|quy mô|tăng thêm|chủ trương]; (tăng|bổ sung) vốn [cho]"
CUMULATIVE = "lũy kế [từ đầu năm] [đến|tới]; cộng dồn [đến]; tính chung; [kể] từ đầu năm [đến nay|tới nay]"
PRICES = {
    "constant": "[theo] giá so sánh [năm 2010|2010]; (theo) giá cố định",
    "current": "[theo] giá (hiện hành|thực tế)",
}
TERRITORY = "trên địa bàn [tỉnh|thành phố|toàn tỉnh]"
UPWARDS = "trở lên; hoặc cao hơn; trở lên"
AVERAGE = "bình quân; trung bình; bình quân [mỗi] năm; mỗi (tháng|quý|tuần|ngày)"
PER_YEAR = "/ năm; mỗi năm; một năm; hằng năm; / 1 năm"
PLACES = (
    "cao tốc; tuyến [đường] [bộ] [cao tốc]; đường [bộ|sắt|cao tốc|nối|tỉnh]; quốc lộ; cảng; sân bay; sông; hồ; cầu; đèo; thủy điện; nhà máy; đại học; trường (đại học|cao đẳng|trung cấp|chính trị|thpt|thcs|tiểu học|mầm non|phổ thông|dân tộc); bệnh viện; "
    "báo; đài; công ty [cổ phần|tnhh]; ngân hàng; khu công nghiệp; vườn quốc gia; dự án [đường|cao tốc|cầu]; đường cao tốc; hướng; chi nhánh; tập đoàn; tổng công ty; trung tâm; học viện; viện; công trình"
)
ENTITIES = "xã; phường; thị trấn; thị xã; huyện; đặc khu; quận"
#: who spends for the province; their names hold words of plans and places, which mean nothing there
OFFICES = (
    "sở tài chính; (sở|bộ) (xây dựng|nông nghiệp và môi trường|y tế|giáo dục và đào tạo|nội vụ|công thương|văn hóa, thể thao và du lịch|khoa học và công nghệ|dân tộc và tôn giáo|ngoại vụ|tư pháp|"
    "kế hoạch và đầu tư|giao thông vận tải|tài nguyên và môi trường|nông nghiệp và phát triển nông thôn|thông tin và truyền thông|lao động - thương binh và xã hội|lao động, thương binh và xã hội); "
    "công an tỉnh; bộ chỉ huy quân sự tỉnh; ban qlda [đtxd] [tỉnh|khu vực]; ban quản lý (dự án|các dự án|khu kinh tế|khu công nghiệp|các khu công nghiệp) [đầu tư xây dựng] [các công trình] [giao thông|dân dụng|nông nghiệp] [tỉnh]"
)

#: (kind, value, phrases) of everything above but areas
TABLES: tuple[tuple[int, dict[str, str]], ...] = (
    (Kind.METRIC, METRICS),
    (Kind.SOURCE_OF_CAPITAL, CAPITAL),
    (Kind.METRIC, {"": FOREIGN_SUBJECTS}),
    (Kind.ENTITY, {"": ENTITIES, "office": OFFICES}),
    (Kind.NOT_FIGURE, {"": NOT_FIGURES}),
    (Kind.RELATION, {**RELATIONS, "none": NO_RELATION}),
    (Kind.REACH, {"": REACH}),
    (Kind.PLAN, PLANS),
    (Kind.CARRYOVER, {"": CARRYOVER}),
    (Kind.ASSIGNER, ASSIGNERS),
    (Kind.ASSIGNS, {"": ASSIGNS}),
    (Kind.CHANGE_BASE, CHANGE_BASES),
    (Kind.AGAINST, {"": AGAINST}),
    (Kind.HEDGE, HEDGES),
    (Kind.STATUS, STATUSES),
    (Kind.GOAL, {"": GOALS, "due": DUES}),
    (Kind.REQUEST, {"": REQUESTS}),
    (Kind.INSIDE, {"": INSIDE}),
    (Kind.OUTSIDE, {"": OUTSIDE}),
    (Kind.RESPECTIVELY, {"": RESPECTIVELY}),
    (Kind.EXCEPT, {"": EXCEPT, "late": EXCEPT_LATE}),
    (Kind.ATTRACTS, {"": ATTRACTS}),
    (Kind.ADJUSTS, {"": ADJUSTS}),
    (Kind.CUMULATIVE, {"": CUMULATIVE}),
    (Kind.PRICES, PRICES),
    (Kind.TERRITORY, {"": TERRITORY}),
    (Kind.UPWARDS, {"": UPWARDS}),
    (Kind.AVERAGE, {"": AVERAGE}),
    (Kind.PER_YEAR, {"": PER_YEAR}),
    (Kind.PLACE, {"": PLACES}),
    (Kind.JOIN, {"": "và; cùng [với]; cũng như; &; hay; với"}),
    (Kind.FROM, {"": "từ [mức|chỗ]"}),
    (Kind.COMMA, {"": "thì"}),
    (Kind.BREAK, {"": CONTRASTS}),
    (Kind.COMPOUND, {"": COMPOUNDS}),
)
