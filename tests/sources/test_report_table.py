"""The wide tables of reports, in the layouts they have."""

from __future__ import annotations

import pytest

from sonla_cli.core.numeral import Mark
from sonla_cli.core.problem import Code
from sonla_cli.sources import tables
from sonla_cli.sources.mapping import Mapping
from tests.sources.files import workbook

FORM_60 = [
    ["UBND TỈNH SƠN LA", None, None, None, "Biểu số 60/CK-NSNN", None],
    ["ƯỚC THỰC HIỆN THU NGÂN SÁCH NHÀ NƯỚC 6 THÁNG ĐẦU NĂM 2025"],
    ["(Kèm theo Báo cáo số 123/BC-STC ngày 05/7/2025 của Sở Tài chính)"],
    [None, None, None, None, "Đơn vị: Triệu đồng"],
    ["STT", "NỘI DUNG", "DỰ TOÁN NĂM", "ƯỚC THỰC HIỆN 6 THÁNG", "SO SÁNH ƯỚC THỰC HIỆN VỚI (%)", None],
    [None, None, None, None, "DỰ TOÁN NĂM", "CÙNG KỲ NĂM TRƯỚC"],
    ["A", "B", "1", "2", "3=2/1", "4"],
    ["A", "TỔNG THU NSNN TRÊN ĐỊA BÀN", 4500000, 2432000, 54.04, 173.34],
    ["I", "Thu nội địa", 4400000, 2400000, 54.55, "-"],
    ["1", "Thu từ khu vực DNNN do trung ương quản lý", 900000, 450000, 50, None],
    ["2", "Thu tiền sử dụng đất", 500000, 0, 0, None],
    ["II", "Thu từ dầu thô", None, None, None, None],
    ["III", "Thu từ hoạt động xuất, nhập khẩu", 100000, 32000, 32, "…"],
    ["B", "THU NSĐP ĐƯỢC HƯỞNG THEO PHÂN CẤP", None, 2300000, None, None],
    [None, "Sơn La, ngày 05 tháng 7 năm 2025"],
]
MERGED = ("A5:A6", "B5:B6", "C5:C6", "D5:D6", "E5:F5")


def read(tmp_path, rows, *, merged=(), formats=None, mapping=None):
    path = workbook(tmp_path / "a.xlsx", {"Biểu": rows}, merged=merged, formats=formats)
    return tables.read([str(path)], mapping=mapping)


def figures(result):
    return {
        (each.metric, each.measure, each.basis, each.period): (each.value, each.unit)
        for each in result.observations
    }


def codes(result):
    return [(each.code, each.place.line) for each in result.problems]


@pytest.mark.parametrize("merged", [MERGED, ()])
def test_form_60_with_its_title_block_header_and_states(tmp_path, merged):
    found = read(tmp_path, FORM_60, merged=merged)
    assert not found.errors
    data = figures(found)
    assert {each.area for each in found.observations} == {"Sơn La"}
    assert {each.status for each in found.observations if each.measure == "actual"} == {"estimate"}
    assert data["revenue.local", "actual", "", "2025-6M"] == ("2432000", "triệu đồng")
    assert data["revenue.local", "plan", "unspecified", "2025"] == ("4500000", "triệu đồng")
    assert data["revenue.local", "attainment", "unspecified", "2025-6M"] == ("54.04", "%")
    assert data["revenue.local", "index", "same_period_last_year", "2025-6M"] == ("173.34", "%")
    assert data["revenue.retained", "actual", "", "2025-6M"] == ("2300000", "triệu đồng")
    # zero is a figure, a blank and a dash are none
    assert data["revenue.land", "actual", "", "2025-6M"] == ("0", "triệu đồng")
    assert not any(metric == "revenue.crude_oil" for metric, *_ in data)
    assert ("revenue.domestic", "index", "same_period_last_year", "2025-6M") not in data
    table = found.inspections[0]
    assert (table.form, table.unit, table.period) == ("60 (circular-343)", "triệu đồng", "2025-6M")
    assert (table.nil, table.zero, table.blank) == (1, 2, 2 + 1 + 4 + 3 - 1)
    # what was not understood is named
    assert codes(found) == [(Code.NOT_UNDERSTOOD_ROW, 10)]
    kinds = {row.line: (row.kind, row.taken_for) for row in table.rows}
    assert kinds[10] == ("not understood", "")
    assert kinds[12] == ("heading", "revenue.crude_oil")
    assert kinds[15] == ("text", "")


def test_each_figure_says_where_it_stood(tmp_path):
    found = read(tmp_path, FORM_60, merged=MERGED)
    at = {each.note: each.value for each in found.observations}
    assert at["Biểu!D8"] == "2432000"
    assert at["Biểu!F8"] == "173.34"


def test_the_header_is_reported_column_by_column(tmp_path):
    columns = {
        each.column: (each.heading, each.taken_for)
        for each in read(tmp_path, FORM_60, merged=MERGED).inspections[0].columns
    }
    assert columns == {
        "A": ("STT", "outline"),
        "B": ("NỘI DUNG", "label"),
        "C": ("DỰ TOÁN NĂM", "plan:unspecified"),
        "D": ("ƯỚC THỰC HIỆN 6 THÁNG", "actual"),
        "E": ("SO SÁNH ƯỚC THỰC HIỆN VỚI (%) > DỰ TOÁN NĂM", "attainment:unspecified"),
        "F": ("SO SÁNH ƯỚC THỰC HIỆN VỚI (%) > CÙNG KỲ NĂM TRƯỚC", "index:same_period_last_year"),
    }


def with_title(
    *title,
    header=("STT", "Nội dung", "Dự toán năm", "Thực hiện 10 tháng"),
    row=("I", "Thu nội địa", 4000, 3900),
):
    return [*([line] for line in title), list(header), list(row)]


SON_LA = ("UBND TỈNH SƠN LA", "BÁO CÁO 10 THÁNG NĂM 2025", "Đơn vị tính: tỷ đồng")


@pytest.mark.parametrize(
    ("number", "year", "taken", "told"),
    [
        ("59", 2024, "59 (circular-343)", []),
        ("61", 2025, "61 (circular-343)", []),
        ("54", 2026, "54 (circular-26)", []),
        ("56.1", 2026, "56 (circular-26)", []),
        ("60", 2026, "", [Code.FORM_YEAR]),
        ("54", 2025, "54 (circular-343)", [Code.FORM_YEAR]),
        ("12", 2025, "", []),
    ],
)
def test_a_form_is_the_one_of_its_budget_year(tmp_path, number, year, taken, told):
    title = ("TỈNH SƠN LA", f"Biểu số {number} /CK-NSNN", f"10 THÁNG NĂM {year}", "Đơn vị tính: tỷ đồng")
    found = read(tmp_path, with_title(*title))
    assert found.inspections[0].form == taken
    assert [each.code for each in found.problems] == told


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("Đơn vị tính: triệu đồng", "triệu đồng"),
        ("ĐVT: Triệu đồng", "triệu đồng"),
        ("(Đơn vị: Tỷ đồng)", "tỷ đồng"),
        ("Đơn vị tính: 1.000.000 đồng", "1.000.000 đồng"),
        ("Đơn vị tính: 1.000 đồng", "1.000 đồng"),
        ("Đơn vị tính: Triệu đồng, %", "triệu đồng"),
        ("Đơn vị tính : Tr đồng", "triệu đồng"),
        ("Đơn vị tính: Triệu dồng", "triệu đồng"),
        ("Đơn vị tính: tỉ đồng", "tỷ đồng"),
        ("Đơn vị tính: đồng", "đồng"),
    ],
)
def test_the_line_of_the_unit(tmp_path, line, unit):
    found = read(tmp_path, with_title(*SON_LA[:2], line))
    assert {each.unit for each in found.observations} == {unit}


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("10 THÁNG NĂM 2025", "2025-10M"),
        ("6 THÁNG ĐẦU NĂM 2025", "2025-6M"),
        ("CHÍN THÁNG NĂM 2025", "2025-9M"),
        ("QUÝ I NĂM 2025", "2025-3M"),
        ("LŨY KẾ ĐẾN THÁNG 10 NĂM 2025", "2025-10M"),
        ("LUỸ KẾ ĐẾN HẾT THÁNG 10/2025", "2025-10M"),
        ("TÍNH ĐẾN NGÀY 13/11/2025", "2025-11-13"),
        ("ĐẾN HẾT NGÀY 31 THÁNG 10 NĂM 2025", "2025-10-31"),
        ("NĂM 2025", "2025"),
        ("12 THÁNG NĂM 2025", "2025"),
    ],
)
def test_the_period_of_a_title(tmp_path, title, period):
    rows = with_title(
        SON_LA[0],
        f"BÁO CÁO THU NGÂN SÁCH {title}",
        SON_LA[2],
        header=("TT", "Chỉ tiêu", "Dự toán", "Thực hiện"),
    )
    found = read(tmp_path, rows)
    assert {each.period for each in found.observations if each.measure == "actual"} == {period}
    assert {each.period for each in found.observations if each.measure == "plan"} == {"2025"}


def test_the_day_a_report_was_signed_is_no_period(tmp_path):
    rows = with_title(*SON_LA[:1], "Sơn La, ngày 05 tháng 11 năm 2025", *SON_LA[1:])
    assert read(tmp_path, rows).inspections[0].period == "2025-10M"


@pytest.mark.parametrize(
    ("heading", "measure", "basis", "period"),
    [
        ("Dự toán TW giao", "plan", "central", "2025"),
        ("Dự toán năm 2025 do Bộ Tài chính giao", "", "", ""),
        ("Dự toán BTC giao", "plan", "central", "2025"),
        ("DT Thủ tướng Chính phủ giao", "plan", "central", "2025"),
        ("Dự toán HĐND tỉnh giao năm 2025", "plan", "council", "2025"),
        ("Dự toán năm 2025 HĐND tỉnh quyết định", "plan", "council", "2025"),
        ("Dự toán UBND tỉnh giao", "plan", "province", "2025"),
        ("Dự toán phấn đấu", "plan", "striving", "2025"),
        ("Thực hiện tháng 10", "actual", "", "2025-10"),
        ("Lũy kế 10 tháng", "actual", "", "2025-10M"),
        ("Luỹ kế đến tháng 10", "actual", "", "2025-10M"),
        ("Thực hiện cùng kỳ năm trước", "actual", "", "2024-10M"),
        ("Thực hiện cùng kỳ năm 2024", "actual", "", "2024-10M"),
        ("Thực hiện 10 tháng năm 2024", "actual", "", "2024-10M"),
        ("Thực hiện năm 2024", "actual", "", "2024"),
        ("Thực hiện quý III", "", "", "?"),
        ("So sánh TH/DT TW giao (%)", "", "", ""),
        ("TH/DT TW giao (%)", "attainment", "central", "2025-10M"),
        ("So với dự toán HĐND tỉnh (%)", "attainment", "council", "2025-10M"),
        ("Tỷ lệ thực hiện so với dự toán (%)", "attainment", "unspecified", "2025-10M"),
        ("So với cùng kỳ (%)", "index", "same_period_last_year", "2025-10M"),
        ("Tăng, giảm so với cùng kỳ (%)", "growth", "same_period_last_year", "2025-10M"),
        # a comparison without % may be a difference of amounts
        ("So sánh với dự toán", "", "", ""),
        ("Dự đoán năm", "", "", ""),
    ],
)
def test_a_heading(tmp_path, heading, measure, basis, period):
    rows = with_title(
        *SON_LA,
        header=("STT", "Nội dung", "Thực hiện 10 tháng", heading),
        row=("I", "Thu nội địa", 3900, 101),
    )
    found = read(tmp_path, rows)
    made = [each for each in found.observations if each.note == "Biểu!D5"]
    if not measure:
        assert made == []
        expected = Code.AMBIGUOUS_PERIOD if period else Code.NOT_UNDERSTOOD_COLUMN
        assert [each.code for each in found.problems] == [expected]
        assert found.problems[0].place.cell == "D4"
    else:
        assert [(each.measure, each.basis, each.period) for each in made] == [(measure, basis, period)]
        assert made[0].unit == ("%" if measure in ("attainment", "index", "growth") else "tỷ đồng")


@pytest.mark.parametrize(
    ("label", "metric"),
    [
        ("Tổng thu NSNN trên địa bàn", "revenue.local"),
        ("I. Thu nội địa", "revenue.domestic"),
        ("1.1 Thu tiền sử dụng đất", "revenue.land"),
        ("a) Thu từ dầu thô", "revenue.crude_oil"),
        ("- Chi thường xuyên", "expenditure.recurrent"),
        ("TỔNG NGUỒN THU NSĐP", "budget.sources"),
        ("Thu bổ sung từ NSTW", "revenue.transfers"),
        ("Thu từ hoạt động XNK", "revenue.customs"),
        ("Chi ĐTPT:", "expenditure.investment"),
        ("Thu ngân sách", ""),
        ("Thu noi dia", ""),
        ("Thu nội địa khác", ""),
    ],
)
def test_a_label(tmp_path, label, metric):
    found = read(tmp_path, with_title(*SON_LA, row=("", label, 4000, 3900)))
    assert {each.metric for each in found.observations} == ({metric} if metric else set())
    assert [each.code for each in found.problems if each.code is not Code.NO_ROWS] == (
        [] if metric else [Code.NOT_UNDERSTOOD_ROW]
    )


def test_numbers_written_as_text_prove_their_convention_across_the_table(tmp_path):
    header = ("STT", "Nội dung", "Dự toán năm", "Thực hiện 10 tháng", "So sánh với dự toán (%)")
    rows = with_title(*SON_LA, header=header, row=("I", "Thu nội địa", "4.000", "3.900", "97,5%"))
    assert [each.value for each in read(tmp_path, rows).observations] == ["4000", "3900", "97.5"]
    rows[-1][4] = "97.5"
    assert codes(read(tmp_path, rows)) == []
    assert [each.value for each in read(tmp_path, rows).observations] == ["4.000", "3.900", "97.5"]
    rows[-1][4] = "97"
    assert [each.code for each in read(tmp_path, rows).errors] == [Code.AMBIGUOUS_NUMBER] * 2
    found = read(tmp_path, rows, mapping=Mapping(decimal=Mark.COMMA))
    assert [each.value for each in found.observations] == ["4000", "3900", "97"]


def test_a_percent_column_shown_by_the_format_of_its_cells(tmp_path):
    header = ("STT", "Nội dung", "Dự toán năm", "Thực hiện 10 tháng", "So sánh với dự toán (%)")
    rows = with_title(*SON_LA, header=header, row=("I", "Thu nội địa", 4000, 3900, 0.975))
    assert figures(read(tmp_path, rows, formats={"E5": "0.0%"}))[
        "revenue.domestic", "attainment", "unspecified", "2025-10M"
    ] == ("97.5", "%")
    assert figures(read(tmp_path, rows))["revenue.domestic", "attainment", "unspecified", "2025-10M"] == (
        "0.975",
        "%",
    )


def test_fractions_in_a_format_that_does_not_say_how_they_are_shown(tmp_path):
    import xlwt

    header = ("STT", "Nội dung", "Dự toán năm", "Thực hiện 10 tháng", "So sánh với dự toán (%)")
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    for line, row in enumerate(
        with_title(*SON_LA, header=header, row=("I", "Thu nội địa", 4000, 3900, 0.975))
    ):
        for place, cell in enumerate(row):
            sheet.write(line, place, cell)
    path = tmp_path / "a.xls"
    book.save(str(path))
    assert [each.code for each in tables.read([str(path)]).errors] == [Code.PERCENT_UNKNOWN]
    for percent, value in (("fraction", "97.5"), ("percent", "0.975")):
        found = tables.load([str(path)], mapping=Mapping(percent=percent))
        assert [each.value for each in found.observations if each.measure == "attainment"] == [value]


def test_counts_do_not_take_the_unit_of_money(tmp_path):
    header = ("TT", "Chỉ tiêu", "Đơn vị tính", "Thực hiện 10 tháng")
    rows = [
        *([line] for line in SON_LA),
        list(header),
        ["1", "Số dự án", "dự án", 30],
        ["2", "Vốn đăng ký", "Tỷ đồng", 12660.5],
    ]
    assert figures(read(tmp_path, rows)) == {
        ("investment.projects", "actual", "", "2025-10M"): ("30", "dự án"),
        ("investment.capital", "actual", "", "2025-10M"): ("12660.5", "tỷ đồng"),
    }
    rows = with_title(*SON_LA, row=("1", "Số dự án", None, 30))
    assert figures(read(tmp_path, rows)) == {
        ("investment.projects", "actual", "", "2025-10M"): ("30", "project")
    }


def test_rows_of_areas(tmp_path):
    rows = [
        ["GIẢI NGÂN VỐN ĐẦU TƯ CÔNG ĐẾN NGÀY 31/10/2025"], ["Đơn vị tính: tỷ đồng"],
        ["STT", "Địa phương", "Kế hoạch vốn Thủ tướng Chính phủ giao", "Lũy kế giải ngân", "Tỷ lệ giải ngân so với kế hoạch Thủ tướng Chính phủ giao (%)"],
        ["1", "Sơn La", 7450, 3200, 42.9], ["2", "tỉnh Lai Châu", 5000, 2500, 50], ["3", "Tây Bắc", 1, 1, 1],
    ]  # fmt: skip
    found = read(tmp_path, rows, mapping=Mapping(metric="disbursement"))
    assert [(each.area, each.measure, each.value) for each in found.observations if each.measure != "plan"] == [
        ("Sơn La", "actual", "3200"), ("Sơn La", "attainment", "42.9"),
        ("Lai Châu", "actual", "2500"), ("Lai Châu", "attainment", "50"),
    ]  # fmt: skip
    # a capital plan moves during the year, so it belongs to its date
    assert {(each.period, each.basis) for each in found.observations if each.measure == "plan"} == {
        ("2025-10-31", "prime_minister")
    }
    assert codes(found) == [(Code.NOT_UNDERSTOOD_ROW, 6)]


def test_month_and_year_so_far_side_by_side(tmp_path):
    header = ("STT", "Nội dung", "Ước thực hiện tháng 10", "Lũy kế 10 tháng")
    found = read(
        tmp_path,
        with_title(
            SON_LA[0],
            "THU NGÂN SÁCH THÁNG 10 NĂM 2025",
            SON_LA[2],
            header=header,
            row=("", "Thu nội địa", 420, 3900),
        ),
    )
    assert figures(found) == {
        ("revenue.domestic", "actual", "", "2025-10"): ("420", "tỷ đồng"),
        ("revenue.domestic", "actual", "", "2025-10M"): ("3900", "tỷ đồng"),
    }


def test_a_csv_of_a_report(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "UBND TỈNH SƠN LA;;;;\nBÁO CÁO 10 THÁNG NĂM 2025;;;;\nĐơn vị tính: tỷ đồng;;;;\n"
        "STT;Nội dung;Dự toán năm 2025;;Thực hiện 10 tháng\n;;TW giao;HĐND tỉnh giao;\nA;B;1;2;3\n"
        "I;Thu nội địa;4.149,5;4.500;4.564\n",
        encoding="utf-8",
    )
    found = tables.read([str(path)])
    assert figures(found) == {
        ("revenue.domestic", "plan", "central", "2025"): ("4149.5", "tỷ đồng"),
        ("revenue.domestic", "plan", "council", "2025"): ("4500", "tỷ đồng"),
        ("revenue.domestic", "actual", "", "2025-10M"): ("4564", "tỷ đồng"),
    }


def test_an_area_named_twice_or_by_an_authority(tmp_path):
    rows = with_title("UBND TỈNH SƠN LA", "SỞ TÀI CHÍNH TỈNH SƠN LA", *SON_LA[1:])
    assert read(tmp_path, rows).inspections[0].area == "Sơn La"
    rows = with_title("ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG", *SON_LA[1:])
    assert read(tmp_path, rows).inspections[0].area == "Hải Phòng"
    rows = with_title("Ban quản lý dự án Sơn Lá", *SON_LA[1:])
    assert read(tmp_path, rows).inspections[0].area == ""
