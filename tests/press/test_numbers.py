"""Numerals by their decision rule, number words by their inverse."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sonla_cli.core import unit as units
from sonla_cli.core.figure import Figure
from sonla_cli.press.numbers import AMBIGUOUS, ENGLISH, numeral
from sonla_cli.press.quantities import quantity_at
from sonla_cli.press.tokens import tokenise
from sonla_cli.press.words import LARGEST_SPELLED, parse, spell


def grouped(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


@given(st.integers(0, LARGEST_SPELLED))
@example(0)
@example(15)
@example(21)
@example(205)
@example(1_001)
@example(10**9 + 5)
@example(10**18)
def test_number_words_are_read_as_they_are_said(number):
    assert parse(spell(number)) == number


@given(st.text("0123456789.,/²٣-% \u00a0\u202fx", min_size=1, max_size=12))
@example(".5")
@example("²")
@example("٣")
def test_any_token_is_a_number_or_none(token):
    found = numeral(token)
    if found is not None:
        assert Decimal(found.digits) == abs(Decimal(found.digits))
        assert token[0] in "0123456789"
        assert token[-1] in "0123456789"


@given(st.integers(0, LARGEST_SPELLED))
def test_number_words_of_the_south_and_in_capitals(number):
    said = (
        spell(number).replace("nghìn", "ngàn").replace("linh", "lẻ").replace("tỷ", "tỉ").replace("bảy", "bẩy")
    )
    assert parse(said.upper()) == number


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("một nghìn rưỡi", 1500),
        ("hai vạn", 20_000),
        ("ba chục", 30),
        ("bốn mươi tư", 44),
        ("hai mốt", 21),
        ("trăm triệu", 10**8),
        ("hai tỷ rưỡi", 2_500_000_000),
        ("một nghìn tỷ", 10**12),
        ("mười hai nghìn ba trăm linh năm tỷ", 12_305 * 10**9),
    ],
)
def test_said_amounts(said, value):
    assert parse(said) == value


@pytest.mark.parametrize(
    "said", ["", "mốt", "linh năm", "tỷ", "mươi", "hai ba", "năm trăm linh", "phẩy ba", "rưỡi"]
)
def test_what_is_no_number(said):
    assert parse(said) is None


@given(st.integers(1, 10**12), st.integers(0, 999_999), st.integers(0, 6))
def test_every_convention_of_grouping_gives_the_same_digits(whole, decimals, places):
    tail = f"{decimals:06}"[:places]
    digits = f"{whole}.{tail}" if tail else str(whole)
    for mark in (".", "\u00a0", "\u202f", "\u2009"):
        printed = grouped(whole, mark) + (f",{tail}" if tail else "")
        assert numeral(printed).digits == digits
    if whole > 999:
        english = grouped(whole, ",") + (f".{tail}" if tail else "")
        found = numeral(english)
        if tail or whole > 999_999:
            assert (found.digits, found.flags) == (digits, (ENGLISH,))
        else:  # one comma is a decimal comma, whatever the number of digits
            assert found.digits == english.replace(",", ".")
    assert numeral(f"{whole}" + (f",{tail}" if tail else "")).digits == digits


@pytest.mark.parametrize(
    "printed", ["1.23.456", "1,2,3", "12.3456.789", "01", "007", "1.234,567.8", "1234.567", "1" * 31]
)
def test_rejected_numerals(printed):
    assert numeral(printed) is None


def quantity(text: str):
    return quantity_at(tokenise(text), 0)


@given(st.integers(1, 10**6), st.integers(1, 999))
def test_two_parts_are_one_amount(billions, millions):
    found = quantity(f"{grouped(billions, '.')} tỷ {millions} triệu đồng")
    assert Decimal(found.value) == billions + Decimal(millions) / 1000
    assert found.unit == "tỷ đồng"


@given(
    st.integers(1_000, 10**6),
    st.sampled_from(
        [
            "đồng",
            "triệu đồng",
            "tỷ đồng",
            "tỷ",
            "tỉ đồng",
            "nghìn tỷ đồng",
            "ngàn tỉ",
            "triệu tỷ",
            "triệu USD",
            "tỷ đô la Mỹ",
            "%",
            "phần trăm",
            "lần",
            "dự án",
            "điểm phần trăm",
            "triệu đồng/người",
        ]
    ),
)
def test_unit_and_digits_are_understood_by_the_core(value, unit):
    found = quantity(f"{grouped(value, '.')} {unit}".lower())
    assert Decimal(found.value) == value
    assert Figure(found.value, units.parse(found.unit)).value == value * units.parse(found.unit).factor


@pytest.mark.parametrize(
    ("text", "value", "unit", "flags"),
    [
        ("3 nghìn 600 tỷ đồng", "3600", "tỷ đồng", ("two_parts",)),
        ("một nghìn tỷ đồng", "1", "nghìn tỷ đồng", ()),
        ("hai nghìn ba trăm tỷ", "2300", "tỷ", ()),
        ("1.186%", "1186", "%", (AMBIGUOUS,)),
        ("103.2%", "103.2", "%", (ENGLISH,)),
        ("4,397,962 billion vnd", "4397962", "tỷ đồng", (ENGLISH, AMBIGUOUS)),
        ("hai phẩy bảy mươi lăm phần trăm", "2.75", "phần trăm", ()),
    ],
)
def test_amounts(text, value, unit, flags):
    found = quantity(text)
    assert (found.value, found.unit, found.flags) == (value, unit, flags)


@pytest.mark.parametrize(
    "text", ["32,3 km", "4g", "500 triệu lượt", "12 nghìn đồng/kg", "3/34", "2025", "7 xã", "250 mm"]
)
def test_no_quantities(text):
    assert quantity(text) is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5-6%", "5", "6"),
        ("5 – 6%", "5", "6"),
        ("10,5-11%", "10.5", "11"),
        ("4.500-4.800 tỷ đồng", "4500", "4800"),
    ],
)
def test_ranges(text, low, high):
    found = quantity(text)
    assert (found.low, found.high) == (low, high)


def test_a_falling_pair_is_no_range():
    assert quantity("6-5%") is None
