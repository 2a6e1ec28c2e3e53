"""Makes `monthly-report.xlsx`: a report workbook in the layout provincial finance departments use.

Every figure is a published one: Sơn La's ten months of 2025 and its public investment to 13 November 2025
(VietnamPlus, 18 November 2025; the council's plan: Kinh tế & Đô thị). What was not printed stays blank.

Run: python examples/make_monthly_report.py [FILE]
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

HERE = Path(__file__).parent

REVENUE_HEADER = [
    ("STT", None),
    ("Nội dung", None),
    ("Dự toán năm 2025", ("TW giao", "HĐND tỉnh giao")),
    ("Thực hiện 10 tháng năm 2025", None),
    ("So sánh (%)", ("Dự toán", "Dự toán TW giao", "Dự toán HĐND tỉnh giao")),
    ("Ghi chú", None),
]
REVENUE = [
    (
        "A",
        "TỔNG THU NGÂN SÁCH NHÀ NƯỚC",
        None,
        21532,
        25188,
        138.07,
        None,
        None,
        "so với dự toán không nêu cấp giao",
    ),
    ("I", "Thu NSNN trên địa bàn", None, 4500, 4564, None, 110, 101.4, ""),
    ("", "Trong đó:", None, None, None, None, None, None, ""),
    ("1", "Thu nội địa", None, None, None, None, None, None, "chưa công bố"),
    ("2", "Thu từ dầu thô", "-", "-", "-", "-", "-", "-", ""),
]
INVESTMENT_HEADER = [
    ("TT", None),
    ("Nguồn vốn", None),
    ("Lũy kế giải ngân đến ngày 13/11/2025", None),
    ("Tỷ lệ giải ngân so với kế hoạch Thủ tướng Chính phủ giao (%)", None),
]
INVESTMENT = [("1", "Vốn đầu tư công", 3563, 47.8)]


def main(path: Path) -> None:
    """Write the workbook."""
    workbook = xlsxwriter.Workbook(path)
    workbook.set_properties({"created": datetime(2025, 1, 1)})  # noqa: DTZ001 - a fixed day, not a moment
    formats = {
        "title": workbook.add_format({"bold": True, "align": "center"}),
        "head": workbook.add_format(
            {"bold": True, "align": "center", "valign": "vcenter", "border": 1, "text_wrap": True}
        ),
        "text": workbook.add_format({"border": 1}),
        "number": workbook.add_format({"border": 1, "num_format": "#,##0"}),
        "rate": workbook.add_format({"border": 1, "num_format": "0.00"}),
        "right": workbook.add_format({"italic": True, "align": "right"}),
    }
    _sheet(
        workbook, formats, "Thu ngân sách", REVENUE_HEADER, REVENUE,
        ["UBND TỈNH SƠN LA", "SỞ TÀI CHÍNH", "BÁO CÁO THU NGÂN SÁCH NHÀ NƯỚC 10 THÁNG NĂM 2025"], rates=range(5, 8),
    )  # fmt: skip
    _sheet(
        workbook, formats, "Đầu tư công", INVESTMENT_HEADER, INVESTMENT,
        ["UBND TỈNH SƠN LA", "SỞ TÀI CHÍNH", "TÌNH HÌNH GIẢI NGÂN VỐN ĐẦU TƯ CÔNG NĂM 2025"], rates=range(3, 4),
    )  # fmt: skip
    workbook.close()


def _sheet(
    workbook: Any,
    formats: dict[str, Any],
    name: str,
    header: Any,
    rows: Any,
    title: list[str],
    *,
    rates: range,
) -> None:
    sheet = workbook.add_worksheet(name)
    width = sum(len(parts) if parts else 1 for _, parts in header)
    for line, text in enumerate(title):
        sheet.merge_range(line, 0, line, width - 1, text, formats["title"])
    sheet.merge_range(len(title), 0, len(title), width - 1, "Đơn vị tính: Tỷ đồng", formats["right"])
    top, column = len(title) + 1, 0
    is_split = any(parts for _, parts in header)
    for text, parts in header:
        if parts:
            sheet.merge_range(top, column, top, column + len(parts) - 1, text, formats["head"])
            for place, part in enumerate(parts):
                sheet.write_string(top + 1, column + place, part, formats["head"])
            column += len(parts)
            continue
        if is_split:
            sheet.merge_range(top, column, top + 1, column, text, formats["head"])
        else:
            sheet.write_string(top, column, text, formats["head"])
        column += 1
    body = top + 1 + is_split
    for place in range(width):
        sheet.write_string(body, place, ["A", "B"][place] if place < 2 else str(place - 1), formats["head"])
    sheet.set_column(1, 1, 44)
    sheet.set_column(2, width - 1, 16)
    for line, row in enumerate(rows, body + 1):
        for place, value in enumerate(row):
            if isinstance(value, int | float):
                sheet.write_number(line, place, value, formats["rate" if place in rates else "number"])
            elif value is None:
                sheet.write_blank(line, place, None, formats["text"])
            else:
                sheet.write_string(line, place, value, formats["text"])


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "monthly-report.xlsx")
