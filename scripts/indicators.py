"""Writes `docs/indicators.md` from the catalogue, or with `--check` says whether it is current."""

from __future__ import annotations

import sys
from pathlib import Path

from sonla_cli.catalogue import definitions
from sonla_cli.catalogue.metrics import GROUPS, METRICS
from sonla_cli.catalogue.rules import RULES

INTRODUCTION = (
    "What is [computed](#what-is-computed) from the [metrics](#metrics), and the [rules](#rules-of-the-field) that bind",
    "them. `sonla explain ID` shows the same for one id, `sonla indicators --search WORD` finds one. Money is in billion",
    "đồng, rates in percent. Made from the catalogue by `python scripts/indicators.py`.",
)
FILE = Path(__file__).parent.parent / "docs" / "indicators.md"


def page() -> str:
    """Return the page: indicators, metrics and rules."""
    lines = ["# Indicators", "", *INTRODUCTION, "", "## What is computed", ""]
    for word in definitions.indicators():
        lines += [f"### `{word.id}` – {word.label}", ""]
        if word.formula:
            lines += [f"    {word.id} = {word.formula}", ""]
        facts = [f"unit: {word.unit or 'that of the metric'}"]
        if word.inputs:
            given = ", ".join(f"{name} = {value}" for name, value in word.inputs.items())
            facts.append(f"example: {given} gives {word.gives}")
        if word.note:
            facts.append(word.note)
        if word.reference:
            facts.append(", ".join(part for part in (word.reference.title, word.reference.detail) if part))
        lines += [*(f"- {fact}" for fact in facts), ""]
    lines += [
        "## Metrics",
        "",
        "What is measured.",
        "",
        "| metric | what it is | group | unit | part of |",
        "|---|---|---|---|---|",
    ]
    for metric in METRICS.values():
        whole = f"`{metric.part_of}`" if metric.part_of else ""
        lines.append(
            f"| `{metric.id}` | {metric.label} | {GROUPS[metric.group]} | {metric.unit.name} | {whole} |"
        )
    lines += [
        "",
        "## Rules of the field",
        "",
        "What binds published figures.",
        "",
        "| rule | what it says | reference |",
        "|---|---|---|",
    ]
    lines += [f"| `{rule.id}` | {rule.label} | {rule.reference.title} |" for rule in RULES.values()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(FILE.read_text(encoding="utf-8") != page())
    FILE.write_text(page(), encoding="utf-8")
