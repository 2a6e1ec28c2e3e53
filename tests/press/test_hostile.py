"""Time grows with the length of the text alone, whatever the text is.

Work is counted in function calls and not timed, so that a slow machine proves nothing: four times the text may
ask for little more than four times the calls. What happens inside the regular expressions is held by their
possessive repetitions, and by a generous bound on the ratio of two times.
"""

from __future__ import annotations

import sys
import time

import pytest

from sonla_cli.press import read
from sonla_cli.press.tokens import TOKEN

HOSTILE = {
    "digits": "1234567890",
    "grouped digits": "123.",
    "commas": "1,",
    "slashes": "1/",
    "slashes and dots": "12/34.",
    "thin spaces": "123\u202f",
    "billions": "tỷ ",
    "number words": "hai mươi ",
    "thousands": "nghìn ",
    "brackets": "(",
    "closed brackets": "()",
    "dashes": "5-",
    "ranges": "5-6% ",
    "figures": "5 tỷ đồng, ",
    "percentages": "tăng 5% so với cùng kỳ, ",
    "bases": "so với dự toán Trung ương giao ",
    "areas": "Sơn La, ",
    "respectively": "lần lượt 5% và 6%, ",
    "lists without a unit": "lần lượt đạt 5, 6 và 7% ",
    "two and two": "A và B đạt 5% và 6% ",
    "unknown parts": "trong đó x 5 tỷ đồng ",
    "bare words": "thu x ",
    "communes": "các xã An, Bình và Cam, ",
    "firms": "công ty An ",
    "quarters in a list": "quý I, II, ",
    "levels": "cao hơn mức 5% cùng kỳ ",
    "columns of white space": "x   5   ",
    "lines cut in a plan": "dự toán\nHĐND ",
    "months": "tháng 10/",
    "marks on a letter": "e\u0323\u0302",
    "marks alone": "\u0302\u0323",
    "soft hyphens": "\u00ad",
    "full stops": ". ",
    "capitals after stops": "A. ",
    "new lines": "\n",
    "running lines": "a\n",
    "spaces": " ",
    "quotation marks": '."',
    "capital İ": "İ",
}


def calls(text: str) -> int:
    """Count the calls of Python functions that reading `text` makes."""
    count = 0

    def counted(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        for _ in read(text):
            pass
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_work_grows_with_the_length_alone(piece):
    small, large = 2_000 // len(piece), 8_000 // len(piece)
    list(read(piece * 20))  # tables are built on first use
    assert calls(piece * large) <= 4.6 * calls(piece * small) + 400


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_a_long_hostile_text_is_read_at_the_pace_of_a_short_one(piece):
    def seconds(length):
        text = piece * (length // len(piece))
        begin = time.process_time()
        for _ in read(text):
            pass
        return time.process_time() - begin

    short = max(min(seconds(5_000) for _ in range(3)), 0.005)
    # a quadratic step needs 256 times as long for 16 times the text; the bound is far from both
    assert min(seconds(80_000) for _ in range(2)) < 100 * short


@pytest.mark.parametrize(
    "text",
    ["1" * 1_000_000, "1/" * 500_000, "1.111" * 200_000, "1/" + "1" * 1_000_000 + ".5", "a" * 1_000_000],
)
def test_tokens_never_retrace_their_steps(text):
    begin = time.process_time()
    count = sum(1 for _ in TOKEN.finditer(text))
    assert count
    assert time.process_time() - begin < 20  # a quadratic pattern would take hours


def test_a_megabyte_of_digits_holds_no_figure():
    assert list(read("9" * 1_000_000 + " tỷ đồng")) == []
