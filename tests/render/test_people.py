"""What people call plans, periods and percentages, in both languages."""

from __future__ import annotations

import pytest

from sonla_cli import language
from sonla_cli.catalogue.bases import PLAN_BASES
from sonla_cli.catalogue.metrics import METRICS
from sonla_cli.render import people
from sonla_cli.reports.dossier import dossier
from sonla_cli.reports.query import Query
from sonla_cli.sources import load


@pytest.fixture(autouse=True)
def english():
    yield
    language.use("en")


@pytest.mark.parametrize(
    ("metric", "basis", "english", "vietnamese"),
    [
        ("revenue.local", "council", "budget plan set by the People's Council", "dự toán HĐND tỉnh giao"),
        ("expenditure.total", "unspecified", "budget plan assigned by an unnamed body", "dự toán không nêu cấp giao"),
        ("disbursement", "prime_minister", "capital plan assigned by the Prime Minister", "kế hoạch vốn Thủ tướng Chính phủ giao"),
        ("disbursement", "total", "total, carry-over included", "tổng kế hoạch, gồm cả vốn kéo dài"),
        ("grdp.growth", "province", "plan set by the province", "kế hoạch tỉnh giao"),
    ],
)  # fmt: skip
def test_a_plan_is_of_the_budget_or_of_capital(metric, basis, english, vietnamese):
    language.use("en")
    assert people.plan(basis, metric) == english
    language.use("vi")
    assert people.plan(basis, metric) == vietnamese


def test_no_plan_is_called_by_two_words():
    language.use("vi")
    for metric in METRICS:
        for basis in PLAN_BASES:
            said = people.plan(basis, metric)
            assert ("dự toán" in said) != ("kế hoạch" in said)


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2025-10M", "10 tháng đầu năm 2025"),
        ("2025-6M", "6 tháng đầu năm 2025"),
        ("2025-12M", "12 tháng năm 2025"),
    ],
)
def test_the_first_months_of_a_year(period, said):
    language.use("vi")
    assert people.period(period) == said
    assert people.period("2025-H1") == "6 tháng đầu năm 2025"


def test_a_percentage_has_a_blank_in_english_only():
    language.use("en")
    assert people.with_unit("47.8", "%", " ") == "47.8 %"
    language.use("vi")
    assert people.with_unit("47,8", "%", " ") == "47,8%"
    assert people.with_unit("37", "lần", " ") == "37 lần"
    assert people.with_unit("1", "") == "1"


def test_the_first_page_speaks_in_sentences():
    from sonla_cli.render.pages import markdown
    from sonla_cli.render.pages.view import document

    language.use("vi")
    text = markdown.render(document(dossier(Query(load()), ["revenue", "disbursement", "investment"])))
    assert "gấp trên 37 lần so với cùng kỳ năm trước" in text
    assert "so với cùng kỳ năm trước" in text.partition("bằng 123,4%")[2].partition(";")[0]
    assert "kế hoạch vốn Thủ tướng Chính phủ giao" in text.partition("bằng 47,8%")[2].partition(";")[0]
