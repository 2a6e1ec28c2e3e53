"""`sonla indicators --search` and `sonla help`: what is found by a word, in either language and without accents."""

from __future__ import annotations

import json

import pytest

from tests.console import run


def found(text: str, **more: str) -> set[str]:
    done = run(f"sonla indicators --search '{text}' --json", **more)
    assert done.returncode == 0
    return {each["id"] for each in json.loads(done.stdout)["definitions"]}


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("disburse", {"attainment", "disbursement"}),
        ("giải ngân", {"attainment", "disbursement"}),
        ("giai ngan", {"attainment", "disbursement"}),
        ("GIẢI NGÂN", {"attainment", "disbursement"}),
        ("thu noi dia", {"revenue.domestic"}),
        ("capital left", {"left"}),
        ("pace", {"pace", "pace_needed"}),
    ],
)
def test_names_of_every_kind_are_searched_in_both_languages(text, ids):
    assert ids <= found(text)
    assert found(text) == found(text, SONLA_LANG="vi")


def test_nothing_found_is_said():
    done = run("sonla indicators --search zzz")
    assert (done.returncode, done.stdout.strip()) == (0, "")
    assert done.stderr == "note: no indicator and no metric has `zzz` in its name\n"


def test_the_whole_catalogue_has_no_metric():
    kinds = {each["kind"] for each in json.loads(run("sonla indicators --json").stdout)["definitions"]}
    assert kinds == {"indicator"}


def test_help_has_the_page_of_a_part_of_a_command_and_of_one_that_is_a_topic_too():
    assert run("sonla help data show").stdout == run("sonla data show --help").stdout
    both = run("sonla help data").stdout
    assert "--no-embedded" in both
    assert both.endswith(run("sonla data --help").stdout)
    wrong = run("sonla help data shwo")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "no help on `data shwo`" in wrong.stderr
    assert "did you mean `show`?" in wrong.stderr
    assert run("sonla help budget show").returncode == 2
