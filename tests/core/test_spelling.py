from __future__ import annotations

import unicodedata

import pytest

from sonla_cli.core.spelling import clean, key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Luỹ kế", "lũy kế"),
        ("Uỷ ban", "ỦY BAN"),
        ("Hoà Bình", "Hòa Bình"),
        ("tỉ đồng", "tỷ đồng"),
        ("tỷ\u00a0lệ", "tỷ lệ"),
        ("110％", "110%"),
        ("T\u1ec9 l\u1ec7", unicodedata.normalize("NFD", "tỷ lệ")),
        ("đồng\u200b", "đồng"),
        ("  Thu   nội địa ", "thu nội địa"),
    ],
)
def test_spellings_of_one_word_have_one_key(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("đồng", "dòng"),
        ("đồng", "đóng"),
        ("đồng", "động"),
        ("dự án", "du an"),
        ("Bắc Giang", "Bac Giang"),
        ("tỉnh", "tỷnh"),
        ("thu", "thú"),
    ],
)
def test_diacritics_are_never_folded(one, other):
    assert key(one) != key(other)


def test_a_mark_inside_a_closed_syllable_and_the_word_quý_stay():
    assert key("hoàn thành quý I") == "hoàn thành quý i"
    assert key("tỉnh") == "tỉnh"


def test_cleaning_changes_nothing_a_reader_would_see():
    assert clean("\ufeffLuỹ kế\u00a0Tỉ đồng m² ") == "Luỹ kế Tỉ đồng m²"
