from __future__ import annotations

import re

import pytest

from sonla_cli.core.problem import Code, SonlaError
from sonla_cli.sources import tables
from sonla_cli.sources.mapping import read
from tests.console import ROOT
from tests.sources.files import workbook

SETTLED = """
area = "tỉnh Sơn La"
period = "2025-9M"
unit = "Tr đồng"
source = "stc"
status = "estimate"
[columns]
"Số đầu năm" = "plan:council"
"D" = "actual"
"E" = "attainment:council@2025-9M"
"Phòng theo dõi" = "ignore"
[rows]
"I Thu từ khu vực kinh tế" = "revenue.taxes_fees"
"Thu khác" = "ignore"
"""


def test_a_mapping_settles_what_a_table_says_in_words_of_its_own(tmp_path):
    (tmp_path / "m.toml").write_text(SETTLED, encoding="utf-8")
    rows = [
        ["TT", "Nội dung", "Số đầu năm", "Số đến nay", "Đạt", "Phòng theo dõi"],
        ["I", "Thu từ khu vực kinh tế", 100, 90, 90, "x"],
        ["II", "Thu khác", 5, 4, 80, "y"],
    ]
    path = workbook(tmp_path / "a.xlsx", {"S": rows})
    assert tables.read([str(path)]).errors
    found = tables.load([str(path)], mapping=read(str(tmp_path / "m.toml")))
    assert found.problems == []
    assert [
        (each.area, each.metric, each.measure, each.basis, each.period, each.value, each.unit, each.source)
        for each in found.observations
    ] == [
        ("Sơn La", "revenue.taxes_fees", "plan", "council", "2025", "100", "triệu đồng", "stc"),
        ("Sơn La", "revenue.taxes_fees", "actual", "", "2025-9M", "90", "triệu đồng", "stc"),
        ("Sơn La", "revenue.taxes_fees", "attainment", "council", "2025-9M", "90", "%", "stc"),
    ]
    assert [each.kind for each in found.inspections[0].rows] == ["figures", "ignored"]


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ('aria = "Sơn La"', "area"),
        ('area = "Sơn Lá"', "Sơn La"),
        ("area = 3", ""),
        ('period = "2025-13M"', ""),
        ('unit = "vạn quan"', ""),
        ('decimal = "coma"', "comma"),
        ('metric = "disbursment"', "disbursement"),
        ('status = "estimated"', "estimate"),
        ('percent = "fractions"', "fraction"),
        ('[columns]\n"x" = "plan:counsil"', "plan:council"),
        ('[columns]\n"x" = "attainment"', ""),
        ('[columns]\n"x" = "actual@2025-13M"', ""),
        ('[rows]\n"x" = "revenue.locl"', "revenue.local"),
        ('rows = "x"', ""),
        ("columns = 1", ""),
    ],
)
def test_a_wrong_mapping_is_explained(tmp_path, text, suggested):
    (tmp_path / "m.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SonlaError) as caught:
        read(str(tmp_path / "m.toml"))
    (problem,) = caught.value.problems
    assert problem.code is Code.INVALID_MAPPING
    assert not suggested or suggested in problem.suggestions


@pytest.mark.parametrize("content", [b"= broken", b"\xff\xfe"])
def test_a_file_that_is_no_toml_is_a_problem(tmp_path, content):
    (tmp_path / "m.toml").write_bytes(content)
    with pytest.raises(SonlaError) as caught:
        read(str(tmp_path / "m.toml"))
    assert [each.code for each in caught.value.problems] == [Code.UNREADABLE]


def test_the_mapping_of_the_page_on_data_is_one(tmp_path):
    [text] = re.findall(
        r"^```toml\n(.*?)^```$", (ROOT / "docs" / "data-format.md").read_text("utf-8"), re.M | re.S
    )
    path = tmp_path / "page.toml"
    path.write_text(text, encoding="utf-8")
    assert read(str(path)).period == "2025-10M"
