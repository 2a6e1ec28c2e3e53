from __future__ import annotations

from decimal import Decimal

import hypothesis
import pytest
from hypothesis import strategies as st

from sonla_cli.core.numeral import Mark, from_float, given, plain, proof, read
from sonla_cli.core.problem import SonlaError


@pytest.mark.parametrize(
    ("text", "proves", "digits"),
    [
        ("4564", None, "4564"),
        ("12.660,5", Mark.COMMA, "12660.5"),
        ("4,820.5", Mark.POINT, "4820.5"),
        ("1.234.567", Mark.COMMA, "1234567"),
        ("1,234,567", Mark.POINT, "1234567"),
        ("138,07", Mark.COMMA, "138.07"),
        ("9.10", Mark.POINT, "9.10"),
        ("0.123", Mark.POINT, "0.123"),
        ("6599.735", Mark.POINT, "6599.735"),
        ("28.810,445", Mark.COMMA, "28810.445"),
        ("25\u00a0188", None, "25188"),
        ("25\u202f188,5", Mark.COMMA, "25188.5"),
        ("-5", None, "-5"),
        ("\u22125,5", Mark.COMMA, "-5.5"),
        ("+5", None, "5"),
    ],
)
def test_what_a_form_proves(text, proves, digits):
    numeral = read(text)
    assert numeral.proves is proves
    assert not numeral.is_ambiguous
    assert numeral.digits(None) == digits


@pytest.mark.parametrize("text", ["25.188", "25,188", "1.186", "108,987", "-1.000"])
def test_a_mark_with_three_digits_after_it_is_read_only_when_the_convention_is_known(text):
    numeral = read(text)
    assert numeral.is_ambiguous
    assert numeral.digits(None) is None
    mark = Mark.POINT if "." in text else Mark.COMMA
    assert Decimal(numeral.digits(mark.other)) == 1000 * Decimal(numeral.digits(mark))


@hypothesis.given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(Mark), st.sampled_from(["", "-"]))
def test_each_reading_of_an_ambiguous_number_can_be_given_alone(whole, rest, mark, sign):
    text = f"{sign}{whole}{mark.sign}{rest:03}"
    numeral = read(text)
    large, small = map(given, numeral.readings())
    assert (large, small) == (Decimal(numeral.digits(mark.other)), Decimal(numeral.digits(mark)))
    with pytest.raises(SonlaError, match="ambiguous_number"):
        given(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "–5–6",
        "1.2.3",
        "1.234,567,8",
        "1,23.4",
        "tháng 9",
        "9 450",
        "1e5",
        "NaN",
        "Infinity",
        ",5",
        "5.",
        "٣",
        "1_000",
        "0x10",
        "12.34.567",
    ],
)
def test_anything_else_is_no_number(text):
    assert read(text) is None
    assert given(text) is None


@pytest.mark.parametrize(("text", "mark"), [("12.660,5", Mark.POINT), ("0.5", Mark.COMMA)])
def test_a_form_that_contradicts_the_convention_is_not_read(text, mark):
    assert read(text).digits(mark) is None


def written(digits: str, mark: Mark, *, grouped: bool) -> str:
    whole, _, decimals = digits.partition(".")
    if grouped:
        whole = f"{int(whole):,}".replace(",", mark.other.sign)
    return f"{whole}{mark.sign}{decimals}" if decimals else whole


NUMBERS = st.builds(
    lambda whole, decimals: f"{whole}.{decimals}" if decimals else str(whole),
    st.integers(0, 10**12),
    st.text("0123456789", max_size=6),
)


@hypothesis.given(NUMBERS, st.sampled_from(Mark), st.booleans())
def test_a_number_is_read_as_it_was_written_or_not_at_all(digits, mark, grouped):
    numeral = read(written(digits, mark, grouped=grouped))
    assert numeral.digits(mark) == digits
    assert numeral.digits(None) in (digits, None)
    if numeral.proves is not None:
        assert numeral.proves is mark
        assert numeral.digits(mark.other) is None


@hypothesis.given(st.lists(st.tuples(NUMBERS, st.booleans()), min_size=1, max_size=8), st.sampled_from(Mark))
def test_a_column_written_under_one_convention_never_proves_the_other(numbers, mark):
    proved, _ = proof(written(digits, mark, grouped=grouped) for digits, grouped in numbers)
    assert mark.other not in proved


@hypothesis.given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=3)
)
def test_a_spreadsheet_gives_back_the_digits_that_were_typed(number):
    typed = f"{number.normalize():f}" if number else "0"
    assert Decimal(from_float(float(typed))) == Decimal(typed)


@pytest.mark.parametrize(
    ("value", "digits"),
    [(25188.0, "25188"), (138.07, "138.07"), (0.1 + 0.2, "0.3"), (1e22, "10000000000000000000000"), (1e-7, "0.0000001"),
     (float("nan"), None), (float("inf"), None), (1e300, None)],
)  # fmt: skip
def test_the_number_of_a_cell(value, digits):
    assert from_float(value) == digits


def test_a_percentage_is_shifted_without_a_digit_more():
    assert plain("1.3807", shift=2) == "138.07"
    assert plain("9.10") == "9.10"
    assert plain("1E+3") == "1000"


def test_a_number_keeps_all_its_digits_without_an_exponent():
    long = "12345678901234567890123456789012345"
    assert plain(long) == long
    assert plain(long, shift=2) == long + "00"
    assert plain(f"0.{long}") == f"0.{long}"
    assert plain("1e40") == "1" + "0" * 40
    assert plain("1e41") is None
    assert from_float(123456789012345.6) == "123456789012346"


def test_a_line_break_is_no_part_of_a_number():
    assert read("5\n") is None
    assert read(" 5\t") is not None


def test_where_a_convention_is_first_proved_and_what_proves_nothing():
    texts = ["", "1.234", "12,5", "x", "1,234", "7", "1.234,5", "0.5", "12,75"]
    assert proof(texts) == ({Mark.COMMA: 2, Mark.POINT: 7}, [1, 4])


@pytest.mark.parametrize("text", ["1234.567,5", "1.23,4.5", "1,2,3", "1,234,56.7", "1.2.3,4", "1,234.5,6"])
def test_marks_that_fit_no_convention_are_no_number(text):
    assert read(text) is None
