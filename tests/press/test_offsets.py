"""Whatever the text is made of, offsets point at what was printed."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sonla_cli.press import read, read_lines

TEXTS = [
    json.loads(line)["text"]
    for line in Path(__file__).with_name("corpus.jsonl").read_text(encoding="utf-8").splitlines()
]
INVISIBLE = ("\u00ad", "\u200b", "\ufeff", "\u2060")
PUBLISHED = date(2025, 11, 18)


def told(text):
    """What is read, apart from where it stands."""
    return [
        (m.metric, m.measure, m.basis, m.period, m.value, m.unit, m.hedge, m.status, m.area, m.flags)
        for m in read(text, published_on=PUBLISHED, area="Sơn La")
    ]


def plain(text):
    cleaned = "".join(char for char in text if char not in INVISIBLE)
    return unicodedata.normalize("NFC", cleaned)


def printed(text):
    return [text[m.start : m.end] for m in read(text, published_on=PUBLISHED, area="Sơn La")]


@pytest.mark.parametrize("text", TEXTS)
def test_decomposed_text_is_read_alike(text):
    decomposed = unicodedata.normalize("NFD", text)
    assert told(decomposed) == told(text)
    assert [plain(each) for each in printed(decomposed)] == printed(text)


@given(st.sampled_from(TEXTS), st.data())
@settings(max_examples=60)
def test_invisible_characters_change_nothing(text, data):
    places = data.draw(st.lists(st.integers(1, len(text) - 1), max_size=6))
    broken = text
    for place in sorted(places, reverse=True):
        broken = broken[:place] + data.draw(st.sampled_from(INVISIBLE)) + broken[place:]
    assert told(broken) == told(text)
    assert [plain(each) for each in printed(broken)] == printed(text)


@pytest.mark.parametrize("text", TEXTS)
def test_spaces_of_typesetters_change_nothing(text):
    for figure in read(text, published_on=PUBLISHED, area="Sơn La"):
        spaced = figure.start + text[figure.start : figure.end].find(" ")
        if text[spaced] == " " and not text[spaced + 1].isdigit() and spaced < figure.end:
            changed = f"{text[:spaced]}\u00a0{text[spaced + 1 :]}"
            assert told(changed) == told(text)


@pytest.mark.parametrize("text", [text for text in TEXTS if text != text.upper()])
def test_lines_and_columns_count_from_the_start_of_the_text(text):
    front = "Mở đầu.\n\n\tDòng thứ ba. "
    whole = f"{front}{text}\nHết."
    alone = list(read(text, published_on=PUBLISHED, area="Sơn La"))
    found = list(read(whole, published_on=PUBLISHED, area="Sơn La"))
    assert [(m.value, m.start - len(front), m.line) for m in found] == [(m.value, m.start, 3) for m in alone]
    lines = whole.split("\n")
    for mention in found:
        assert lines[mention.line - 1][mention.column - 1 :].startswith(whole[mention.start : mention.end])
        assert mention.sentence_start <= mention.start < mention.end <= mention.sentence_end


@pytest.mark.parametrize("text", TEXTS)
def test_what_decided_stands_in_the_sentence(text):
    for mention in read(text, published_on=PUBLISHED, area="Sơn La"):
        sentence = text[mention.sentence_start : mention.sentence_end]
        assert all(words in sentence for words in mention.why)


@given(st.text(max_size=300))
@settings(max_examples=150)
def test_any_text_is_read_without_error(text):
    for mention in read(text):
        assert 0 <= mention.start < mention.end <= len(text)
        mention.observations()


PIECES = st.sampled_from([
    "thu ngân sách", "giải ngân", "25.188", "tỷ", "đồng", "%", "138,07%", "dự toán", "so với", "cùng kỳ", "tăng", "giảm", "từ", "lên",
    "gấp", "đôi", "một nửa", "3/4", "13/11/2025", "năm", "2025", "tháng", "10", "quý III", "(", ")", ",", ";", ".", "\n", "và", "lần lượt",
    "Sơn La", "hơn", "gần", "Trung ương", "HĐND tỉnh", "giao", "kế hoạch vốn", "-", "–", "đến", "dự án", "lần", "triệu", "rưỡi", "ước đạt", "2026-2030",
])  # fmt: skip


@given(st.lists(PIECES, max_size=40))
@settings(max_examples=300)
def test_any_order_of_the_words_of_the_field_is_read_without_error(pieces):
    text = " ".join(pieces)
    for mention in read(text, published_on=PUBLISHED, area="Sơn La"):
        assert text[mention.start : mention.end].strip()
        for observation in mention.observations():
            assert observation.figure.interval() is not None
            assert observation.window.text == observation.period


def test_a_text_read_line_by_line_gives_the_same():
    text = "\n".join(TEXTS)
    whole = list(read(text, published_on=PUBLISHED, area="Sơn La"))
    assert list(read_lines(text.splitlines(keepends=True), published_on=PUBLISHED, area="Sơn La")) == whole
    assert len(whole) > 200


def test_a_mark_of_order_counts_as_a_character_and_takes_no_column():
    plain = "Thu nội địa năm 2024 đạt 4.050 tỷ đồng.\nGiải ngân đạt 92%."
    marked = f"\ufeff{plain}"
    places = [(m.start, m.end, m.line, m.column) for m in read(plain)]
    assert [(m.start - 1, m.end - 1, m.line, m.column) for m in read(marked)] == places
    assert [marked[m.start : m.end] for m in read(marked)] == ["4.050 tỷ đồng", "92%"]
