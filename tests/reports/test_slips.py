"""Each kind of slip is recognised by the figures around it, and only where they are close enough."""

from __future__ import annotations

import pytest

from sonla_cli.models.observation import Dataset, Observation, Source
from sonla_cli.reports.check import check
from sonla_cli.reports.query import Query

PLAN = "revenue.local plan council 2025 4500 tỷ"
ACTUAL = "revenue.local actual - 2025-10M {value} {unit}"
RATE = "revenue.local attainment council 2025-10M {rate} %"


def observations(text: str, source: str = "s") -> tuple[Observation, ...]:
    found = []
    for line in text.strip().splitlines():
        metric, measure, basis, period, value, *unit = line.split()
        found.append(
            Observation(
                area="Sơn La", metric=metric, measure=measure, basis=basis.strip("-"), period=period, value=value,
                unit=" ".join(unit), source=source,
            )
        )  # fmt: skip
    return tuple(found)


def hints(text: str, **more: str) -> set[tuple[str, str]]:
    sources = tuple(Source(id=each, kind="press") for each in ("s", *more))
    rows = observations(text) + tuple(row for name, each in more.items() for row in observations(each, name))
    report = check(Query(Dataset(observations=rows, sources=sources)))
    found = [hint for each in report.contradictions for hint in each.hints]
    found += [hint for each in report.revisions for hint in each.hints] + list(report.hints)
    return {(hint.kind, hint.instead) for hint in found}


def rated(value: str, rate: str, unit: str = "tỷ đồng") -> set[tuple[str, str]]:
    return hints("\n".join((PLAN, ACTUAL.format(value=value, unit=unit), RATE.format(rate=rate))))


@pytest.mark.parametrize(
    ("value", "unit", "rate", "expected"),
    [
        ("4564", "nghìn tỷ đồng", "101.4", ("unit", "4564 tỷ đồng")),
        ("4564", "triệu đồng", "101.4", ("unit", "4564 tỷ đồng")),
        ("4564123", "tỷ đồng", "101.4", ("decimal_comma", "4564.123")),
        ("4546", "tỷ đồng", "101.42", ("digits_transposed", "4564")),
        ("45564", "tỷ đồng", "101.42", ("digit_doubled", "4564")),
        ("4864", "tỷ đồng", "101.42", ("digit_wrong", "4564")),
        ("464", "tỷ đồng", "101.42", ("digit_missing", "4564")),
    ],
)
def test_a_slip_in_an_amount_is_recognised(value, unit, rate, expected):
    assert expected in rated(value, rate, unit)


def test_an_increase_that_is_a_ratio():
    earlier = "revenue.local actual - 2024-10M 3698 tỷ"
    now = ACTUAL.format(value="4564", unit="tỷ")
    up = "revenue.local growth same_period_last_year 2025-10M 123.4 %"
    to = "revenue.local index same_period_last_year 2025-10M 23.4 %"
    assert ("growth_for_index", "23.4 %") in hints("\n".join((earlier, now, up)))
    assert ("index_for_growth", "123.4 %") in hints("\n".join((earlier, now, to)))


def test_an_excess_that_is_an_attainment():
    over = "revenue.local growth council_plan 2025-10M 101.4 %"
    assert ("excess_for_attainment", "1.4 %") in hints(
        "\n".join((PLAN, ACTUAL.format(value="4564", unit="tỷ"), over))
    )


def test_a_fall_printed_as_a_rise():
    text = """
    grdp.constant actual - 2024 36000 tỷ
    grdp.constant actual - 2025 35100 tỷ
    grdp.growth growth previous_year 2025 2.5 %
    """
    assert ("sign", "-2.5") in hints(text)


def test_a_percentage_of_another_basis():
    text = f"{PLAN}\n{ACTUAL.format(value='4564', unit='tỷ')}\n{RATE.format(rate='84.7')}"
    text += "\nrevenue.local index same_period_last_year 2025-10M 84.7 %"
    assert ("other_basis", "") in hints(text)


def test_two_items_exchanged():
    text = """
    revenue.local plan council 2025 4500 tỷ
    revenue.local attainment council 2025-10M 50.0 %
    revenue.local actual - 2025-10M 700 tỷ
    revenue.domestic plan council 2025 1000 tỷ
    revenue.domestic attainment council 2025-10M 70.0 %
    revenue.domestic actual - 2025-10M 2250 tỷ
    """
    assert ("swapped", "") in hints(text)


def test_a_total_in_the_place_of_an_item():
    text = """
    revenue.total actual - 2025-10M 4564 tỷ
    revenue.local actual - 2025-10M 4564 tỷ
    revenue.local plan council 2025 4500 tỷ
    revenue.local attainment council 2025-10M 20.1 %
    """
    assert ("total_for_item", "") in hints(text)


def test_one_figure_under_two_dates():
    text = "disbursement actual - 2025-06-13 1297 tỷ\ndisbursement actual - 2025-06-20 1297 tỷ"
    assert ("two_dates", "") in hints(text)
    assert not hints(text.replace("06-20 1297", "06-20 1399"))


def test_a_table_printed_for_two_years():
    lines = [f"{metric} plan council {{year}} {value} tỷ" for metric, value in (
        ("expenditure.total", "13734.324"), ("expenditure.investment", "1621.820"), ("expenditure.recurrent", "9469.925"),
    )]  # fmt: skip
    both = "\n".join(line.format(year=year) for year in (2018, 2019) for line in lines)
    assert ("duplicate", "") in hints(both)
    assert not hints("\n".join(both.splitlines()[:5]))


def test_an_amount_beyond_any_province():
    assert ("magnitude", "") in hints("disbursement plan total 2025-10-16 6295 nghìn tỷ đồng")
    assert not hints("disbursement plan total 2025-10-16 6295 tỷ đồng")


def test_parts_that_nearly_make_up_their_whole():
    text = """
    revenue.local actual - 2025 1877 tỷ
    revenue.domestic actual - 2025 1000 tỷ
    revenue.customs actual - 2025 867 tỷ
    """
    assert ("parts", "") in hints(text)
    assert ("parts", "") not in hints(text.replace("867", "877"))


def test_two_publications_one_digit_apart():
    first = "disbursement actual - 2025-07-31 338.3 nghìn tỷ đồng"
    second = "disbursement actual - 2025-07-31 388301 tỷ đồng"
    assert "digit_wrong" in {kind for kind, _ in hints(first, other=second)}
    assert "digit_wrong" not in {kind for kind, _ in hints(first, other=second.replace("388301", "338290"))}


def test_digits_are_not_guessed_where_the_others_leave_much_room():
    kinds = {
        kind
        for kind, _ in hints("revenue.local actual - 2025-10M 900 tỷ\nrevenue.total actual - 2025-10M 300 tỷ")
    }
    assert not kinds & {"digit_wrong", "digit_missing", "digits_transposed"}
