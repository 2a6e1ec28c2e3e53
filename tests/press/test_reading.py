"""The contract of `read`: what a mention says, what goes on to the next sentence, what becomes an observation."""

from __future__ import annotations

import gc
import tracemalloc
from datetime import date
from itertools import islice, repeat

import pytest

from sonla_cli.catalogue import bases, metrics
from sonla_cli.press import read, read_lines
from sonla_cli.press.lexicon import expand
from sonla_cli.press.marks import Kind
from sonla_cli.press.vocabulary import TABLES


def one(text, **options):
    [found] = read(text, **options)
    return found


def test_the_words_that_decided():
    text = "Đến 30/9/2025, tỉnh Sơn La giải ngân hơn 47,8% kế hoạch Thủ tướng Chính phủ giao."
    why = one(text).why
    assert why.metric == "giải ngân"
    assert why.basis == "kế hoạch Thủ tướng Chính phủ giao"
    assert why.period == "30/9/2025"
    assert why.area == "Sơn La"
    assert why.hedge == "hơn"


def test_a_mention_becomes_an_observation():
    found = one("Năm 2025, thu nội địa của Sơn La đạt gần 4.100 tỷ đồng.", source="bao")
    [observation] = found.observations()
    assert (observation.area, observation.metric, observation.measure) == (
        "Sơn La",
        "revenue.domestic",
        "actual",
    )
    assert (observation.value, observation.unit, observation.hedge) == ("4100", "tỷ đồng", "under")
    assert (observation.period, observation.source) == ("2025", "bao")


def test_a_range_becomes_two_bounds():
    found = one("Năm 2026, thu nội địa dự kiến 4.500-4.800 tỷ đồng.", area="Sơn La")
    assert [(each.value, each.hedge) for each in found.observations()] == [
        ("4500", "over"),
        ("4800", "under"),
    ]


def test_without_area_or_period_there_is_no_observation():
    found = one("Thu nội địa đạt 4.100 tỷ đồng.")
    assert not found.is_complete
    assert found.observations() == ()


@pytest.mark.parametrize(
    ("published", "worded", "period"),
    [
        (date(2025, 11, 18), "10 tháng", "2025-10M"),
        (date(2026, 1, 10), "11 tháng", "2025-11M"),
        (date(2025, 11, 18), "Đến 13/11", "2025-11-13"),
        (date(2026, 2, 5), "Đến 31/12", "2025-12-31"),
        (date(2025, 10, 28), "10 tháng", "2025-10M"),
        (None, "10 tháng", ""),
    ],
)
def test_an_unsaid_year_is_the_last_in_which_the_window_can_have_been_reported(published, worded, period):
    assert one(f"{worded}, thu nội địa đạt 4.100 tỷ đồng.", published_on=published).period == period


def test_what_was_said_goes_on_to_the_next_sentence():
    text = "Năm 2024, thu nội địa của Nghệ An đạt 20.000 tỷ đồng. So với dự toán, tăng 8%.\n\nGiải ngân đạt 90% kế hoạch."
    first, second, third = read(text)
    assert (second.area, second.metric, second.period) == ("Nghệ An", "revenue.domestic", "2024")
    assert (second.measure, second.basis) == ("growth", "unspecified_plan")
    assert (third.area, third.metric, third.period) == ("Nghệ An", "disbursement", "2024")
    assert "subject_inherited" in second.flags
    assert "subject_inherited" not in first.flags


def test_the_province_is_the_one_whose_report_it_is_after_a_comparison():
    text = "Cả nước giải ngân đạt 50% kế hoạch năm 2025.\n\nThu nội địa trên địa bàn tỉnh năm 2024 đạt 4.050 tỷ đồng."
    assert [m.area for m in read(text, area="Sơn La")] == ["Việt Nam", "Sơn La"]
    named = "Năm 2024, thu nội địa của Sơn La đạt 4.050 tỷ đồng. Cả nước đạt 1.700.000 tỷ đồng. Chi thường xuyên của tỉnh là 10.900 tỷ đồng."
    assert [m.area for m in read(named)] == ["Sơn La", "Việt Nam", "Sơn La"]


def test_a_sentence_runs_on_over_the_end_of_a_line():
    text = "Mười tháng năm 2025, thu nội địa của tỉnh\nđạt 4.100\ntỷ đồng, bằng 91%\ndự toán."
    amount, rate = read(text, area="Sơn La")
    assert (amount.value, amount.unit, text[amount.start : amount.end]) == (
        "4100",
        "tỷ đồng",
        "4.100\ntỷ đồng",
    )
    assert (rate.measure, rate.line, rate.column) == ("attainment", 3, 15)


def test_items_of_a_list_are_sentences_of_their_own():
    text = "Năm 2024:\n1. Thu nội địa 4.000 tỷ đồng\n2. Thu hải quan 200 tỷ đồng\n"
    assert [(m.metric, m.value, m.period) for m in read(text)] == [
        ("revenue.domestic", "4000", "2024"),
        ("revenue.customs", "200", "2024"),
    ]


def test_a_multiple_that_ends_the_text():
    text = "So với cùng kỳ, số dự án thu hút đầu tư tăng gấp đôi"
    found = one(text)
    assert (found.value, text[found.start : found.end]) == ("2", "đôi")


def test_what_fell_so_many_times_is_a_part_of_what_it_was():
    fell = "Năm 2025, số vốn đăng ký đầu tư giảm {} lần so với năm 2024."
    halved, thirds, never = (one(fell.format(times)) for times in ("2", "2-4", "0"))
    assert (halved.measure, halved.value) == ("multiple", "0.5")
    assert (thirds.low, thirds.high) == ("0.25", "0.5")
    assert never.value == "0"
    assert all("ambiguous_multiple" in found.flags for found in (halved, thirds, never))


def test_an_area_in_the_name_of_a_road_is_none():
    found = one("Năm 2025, tỉnh Sơn La giải ngân 500 tỷ đồng cho cao tốc Hòa Bình - Mộc Châu.")
    assert found.area == "Sơn La"


def test_loose_digits_are_flagged():
    found = one("Thu nội địa năm 2025 đạt 7 8,96% dự toán.")
    assert (found.value, "split_digits" in found.flags) == ("8.96", True)


def test_an_amount_over_its_plan():
    actual, plan = read("Đến 30/9/2025, vốn ngân sách trung ương giải ngân 607,74/1.285,2 tỷ đồng.")
    assert (actual.measure, actual.value, actual.unit) == ("actual", "607.74", "tỷ đồng")
    assert (plan.measure, plan.value, plan.period) == ("plan", "1285.2", "2025-09-30")


def test_memory_does_not_grow_with_the_text():
    line = "Năm 2025, thu nội địa của Sơn La đạt 4.100 tỷ đồng, bằng 91% dự toán HĐND tỉnh giao.\n"

    def peak(lines):
        gc.collect()
        tracemalloc.start()
        for _ in read_lines(islice(repeat(line), lines)):
            pass
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    peak(20)
    assert peak(2_000) < peak(200) + 100_000


def test_every_metric_and_basis_of_the_vocabulary_is_of_the_catalogue():
    placeholders = {"", "?", "revenue", "expenditure", "grdp", "economy"}
    for kind, table in TABLES:
        if kind is Kind.METRIC:
            assert set(table) - placeholders <= set(metrics.METRICS)
        if kind is Kind.CHANGE_BASE:
            assert set(table) <= set(bases.CHANGE_BASES)
        if kind is Kind.ASSIGNER:
            assert set(table) <= set(bases.PLAN_BASES)
        if kind is Kind.PLAN:
            assert set(table) - {"goal", "resolution"} <= set(bases.PLAN_BASES)


def test_patterns_of_the_vocabulary():
    assert set(expand("thu [từ] (đất|nhà)")) == {"thu từ đất", "thu từ nhà", "thu đất", "thu nhà"}
    assert all(
        phrase
        for _, table in TABLES
        for patterns in table.values()
        for pattern in patterns.split(";")
        for phrase in expand(pattern)
    )


@pytest.mark.parametrize(
    "measure",
    ["actual", "plan", "attainment", "growth", "index", "multiple", "change", "remaining", "target"],
)
def test_every_basis_goes_with_its_measure(measure):
    from tests.press.test_corpus import mentions, sentences

    found = [
        m
        for half in ("tune", "held_out")
        for sentence in sentences(half)
        for m in mentions(sentence)
        if m.measure == measure
    ]
    assert found
    assert all(bases.is_known(measure, m.basis) for m in found)


TABLE = """Tình hình thu ngân sách 10 tháng năm 2025 của tỉnh Sơn La
Đơn vị tính: triệu đồng
STT\tNội dung\tDự toán HĐND tỉnh giao\tƯớc thực hiện 10 tháng năm 2025\tSo sánh với dự toán (%)\tSo với cùng kỳ (%)
1\tThu nội địa\t4.300.000\t4.100.500\t95,4\t112,4
2\tThu từ hoạt động xuất, nhập khẩu\t200.000\t-\t\t
"""


def test_the_declared_unit_is_that_of_money_columns_only():
    assert [(m.metric, m.measure, m.basis, m.period, m.value, m.unit, m.status) for m in read(TABLE)] == [
        ("revenue.domestic", "plan", "council", "2025", "4300000", "triệu đồng", ""),
        ("revenue.domestic", "actual", "", "2025-10M", "4100500", "triệu đồng", "estimate"),
        ("revenue.domestic", "attainment", "unspecified", "2025-10M", "95.4", "%", ""),
        ("revenue.domestic", "index", "same_period_last_year", "2025-10M", "112.4", "%", ""),
        ("revenue.customs", "plan", "council", "2025", "200000", "triệu đồng", ""),
    ]
    assert all(TABLE[m.start : m.end].replace(".", "").replace(",", ".") == m.value for m in read(TABLE))


TWO_ROWS = """Đơn vị tính: tỷ đồng
STT\tChỉ tiêu\tDự toán năm 2025\t\tThực hiện 10 tháng năm 2025\tSo sánh (%)\t
\t\tTrung ương giao\tHĐND tỉnh giao\t\tDự toán HĐND tỉnh giao\tCùng kỳ
1\tThu nội địa\t3.900\t4.300\t4.100\t95,3\t112,4
A\tCHI NGÂN SÁCH\t\t\t\t\t
2\tChi thường xuyên\t\t12.100\t-\t\t103
"""


def test_a_head_of_two_rows_is_read_from_above_and_an_empty_cell_is_one_too():
    assert [(m.metric, m.measure, m.basis, m.period, m.value) for m in read(TWO_ROWS)] == [
        ("revenue.domestic", "plan", "central", "2025", "3900"),
        ("revenue.domestic", "plan", "council", "2025", "4300"),
        ("revenue.domestic", "actual", "", "2025-10M", "4100"),
        ("revenue.domestic", "attainment", "council", "2025-10M", "95.3"),
        ("revenue.domestic", "index", "same_period_last_year", "2025-10M", "112.4"),
        ("expenditure.recurrent", "plan", "council", "2025", "12100"),
        ("expenditure.recurrent", "index", "same_period_last_year", "2025-10M", "103"),
    ]


def test_a_table_of_bars_and_dashes():
    table = "Đơn vị tính: tỷ đồng\n| Nội dung | Dự toán năm 2025 | Thực hiện năm 2025 |\n|---|---|---|\n| Thu nội địa | | 4.100 |\n"
    found = one(table)
    assert (found.measure, found.value, table[found.start : found.end]) == ("actual", "4100", "4.100")


AREAS = """Kết quả giải ngân vốn đầu tư công đến ngày 30/9/2025
Đơn vị tính: tỷ đồng
Địa phương\tKế hoạch Thủ tướng giao\tGiải ngân\tTỷ lệ (%)
Sơn La\t7.454\t2.940\t39,4
Tỉnh Điện Biên\t4.100\t1.935\t47,2
"""


def test_rows_that_are_areas_are_of_the_subject_above():
    assert [(m.area, m.metric, m.measure, m.basis, m.period, m.value) for m in read(AREAS)] == [
        (area, "disbursement", measure, basis, period, value)
        for area, values in (("Sơn La", ("7454", "2940", "39.4")), ("Điện Biên", ("4100", "1935", "47.2")))
        for (measure, basis, period), value in zip(
            (
                ("plan", "prime_minister", "2025"),
                ("actual", "", "2025-09-30"),
                ("attainment", "prime_minister", "2025-09-30"),
            ),
            values,
            strict=True,
        )
    ]


@pytest.mark.parametrize(
    "table",
    [
        "| Chỉ tiêu | Dự toán 2024 (tỷ đồng) | Thực hiện năm 2024 (tỷ đồng) |\n|---|---|---|\n| Chi thường xuyên | 10.500 | 10.900 |\n",
        "| Chỉ tiêu | Dự toán 2024 | Năm 2024 |\n|---|---|---|\n| Chi thường xuyên (tỷ đồng) | 10.500 | 10.900 |\n",
        "Đơn vị\u00a0tính: tỷ\u00a0đồng\nChỉ tiêu\tDự toán năm 2024\tThực hiện năm 2024\nChi thường xuyên\t10.500\t10.900\n",
        "Đơn vị tính: tỷ đồng\nChỉ tiêu            Dự toán năm 2024     Thực hiện năm 2024\nChi thường xuyên    10.500               10.900\n",
    ],
)
def test_where_a_table_names_its_unit_and_how_its_cells_are_parted(table):
    assert [(m.metric, m.measure, m.period, m.value, m.unit) for m in read(table)] == [
        ("expenditure.recurrent", "plan", "2024", "10500", "tỷ đồng"),
        ("expenditure.recurrent", "actual", "2024", "10900", "tỷ đồng"),
    ]


def test_a_row_that_white_space_parts_is_read_only_if_no_cell_is_missing():
    table = "Đơn vị tính: tỷ đồng\nChỉ tiêu       Dự toán năm 2024     Thực hiện năm 2024\nThu nội địa                         4.050\n"
    assert list(read(table)) == []


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        (
            "Thu nội địa năm 2024 đạt 4.050 tỷ đồng, bằng 98,8% dự toán\nHĐND tỉnh giao, tăng 4%\nso với năm 2023.",
            ["", "council", "previous_year"],
        ),
        (
            "THU NỘI ĐỊA NĂM 2024 ĐẠT 4.050\nTỶ ĐỒNG, BẰNG 98,8%\nDỰ TOÁN HĐND TỈNH GIAO",
            ["", "council"],
        ),
        ("Năm 2024, thu nội địa của\nSơn La đạt 4.050\n\u200btỷ đồng.", [""]),
    ],
)
def test_a_line_that_cannot_end_there_runs_on_even_into_a_capital(text, bases):
    assert [m.basis for m in read(text, area="Sơn La")] == bases


def test_a_headline_does_not_run_on():
    text = "Sơn La vượt thu ngân sách năm 2024\nTỷ lệ giải ngân năm 2024 đạt 92% kế hoạch."
    assert one(text).value == "92"


@pytest.mark.parametrize("line", ["Đơn vị: Sở Tài chính", "Đơn vị tính: lượt khách", ""])
def test_a_table_without_a_unit_holds_no_figure(line):
    assert list(read(TABLE.replace("Đơn vị tính: triệu đồng", line))) == []
