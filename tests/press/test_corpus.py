"""The rates of the grammar on the project's own sentences, on the half it was tuned on and on the other."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sonla_cli.press import Mention, read

CORPUS = Path(__file__).with_name("corpus.jsonl")
PUBLISHED = date(2025, 11, 18)
#: least share of the figures that must be right, of each half
LEAST = {"amount": 0.95, "statement": 0.90, "window": 0.90, "hedge": 0.90}

Sentence = dict[str, Any]


def sentences(half: str) -> list[Sentence]:
    lines = CORPUS.read_text(encoding="utf-8").splitlines()
    return [sentence for line in lines if (sentence := json.loads(line))["half"] == half]


def mentions(sentence: Sentence) -> list[Mention]:
    return list(read(sentence["text"], published_on=PUBLISHED, area="Sơn La"))


def judge(sentence: Sentence) -> tuple[Counter[str], list[str]]:
    """Count what is right; a figure is found by its printed text."""
    found = mentions(sentence)
    text = sentence["text"]
    right: Counter[str] = Counter()
    wrong = []
    for expected in sentence["expect"]:
        right["figures"] += 1
        match = next((m for m in found if (m.value, m.unit) == (expected["value"], expected["unit"])), None)
        if match is None or text[match.start : match.end] != expected["printed"]:
            wrong.append(
                f"{expected['printed']}: not found among {[(m.value, m.unit, text[m.start : m.end]) for m in found]}"
            )
            continue
        found.remove(match)
        checks = {
            "amount": (match.low, match.high) == (expected.get("low"), expected.get("high")),
            "statement": (match.metric, match.measure, match.basis)
            == (expected["metric"], expected["measure"], expected["basis"]),
            "window": match.period == expected["period"],
            "hedge": match.hedge == expected["hedge"],
            "area": match.area == expected.get("area", "Sơn La")
            and match.entity == expected.get("entity", ""),
            "status": match.status == expected.get("status", ""),
            "flags": set(expected.get("flags", ())) <= set(match.flags),
        }
        right.update(name for name, is_right in checks.items() if is_right)
        failed = [name for name, is_right in checks.items() if not is_right]
        if failed:
            wrong.append(f"{expected['printed']}: {failed} {match}")
    right["superfluous"] += len(found)
    wrong.extend(f"superfluous: {m}" for m in found)
    return right, wrong


@pytest.mark.parametrize("half", ["tune", "held_out"])
def test_rates(half: str) -> None:
    total: Counter[str] = Counter()
    wrong = []
    for sentence in sentences(half):
        right, mistakes = judge(sentence)
        total.update(right)
        wrong.extend(f"{sentence['text']}\n    {mistake}" for mistake in mistakes)
    rates = {
        name: total[name] / total["figures"]
        for name in ("amount", "statement", "window", "hedge", "area", "status", "flags")
    }
    print(
        f"\n{half}: {total['figures']} figures, {total['superfluous']} superfluous, "
        + ", ".join(f"{k} {v:.1%}" for k, v in rates.items())
    )
    for name, least in LEAST.items():
        assert rates[name] >= least, "\n".join(wrong)
    assert total["superfluous"] <= 0.02 * total["figures"], "\n".join(wrong)


@pytest.mark.parametrize("half", ["tune", "held_out"])
def test_nothing_is_read_from_sentences_without_a_figure(half: str) -> None:
    without = [sentence for sentence in sentences(half) if not sentence["expect"]]
    assert len(without) >= 12
    for sentence in without:
        assert mentions(sentence) == [], sentence["text"]
