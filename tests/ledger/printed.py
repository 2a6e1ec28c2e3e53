"""Rows of printed figures: honest, slightly wrong, grossly wrong, negative, empty, and no numbers at all."""

from __future__ import annotations

import random
from decimal import Decimal

ODD = [
    "",
    "1e5",
    "x",
    "1,2",
    "12345678901234567.5",
    "0" * 20 + "7",
    "5\n",
    "5\r",
    "5\u2028",
    " 5",
    "+7.0",
    "-0",
    "٣",
]


def _number(rng: random.Random, high: int, places: list[int]) -> str:
    k = rng.choice(places)
    digits = str(rng.randint(0, high * 10**k)).rjust(k + 1, "0")
    sign = "-" if rng.random() < 0.08 else ""
    return sign + (f"{digits[:-k]}.{digits[-k:]}" if k else digits)


def _rate(rng: random.Random, exact: Decimal) -> str | None:
    if rng.random() < 0.01:
        return rng.choice(ODD)
    if rng.random() < 0.02:
        return None
    places = rng.choice([0, 1, 2])
    off = Decimal(rng.choice([0, 0, 1, -1])).scaleb(-rng.choice([0, 1, 2]))
    return f"{round(exact, places) + off:f}"


#: hedges as people write them, and one nobody knows
HEDGES = ["", "exact", "about", "khoảng", "over", "hơn", "trên", "under", "gần", "dưới", "tầm"]


def hedged(count: int, seed: int) -> list[dict[str, str | None]]:
    """Rows some of whose numbers are hedged, whole hundreds among them."""
    rng = random.Random(seed)  # noqa: S311 - figures, not keys
    found = rows(count, seed)
    for row in found:
        for name in list(row):
            row[f"{name}_hedge"] = rng.choice(HEDGES) if rng.random() < 0.2 else rng.choice(["", None])
        if rng.random() < 0.3:
            row["actual"], row["plan"] = str(rng.randint(-9, 99) * 100), str(rng.randint(1, 99) * 100)
            row["attainment"] = str(round(Decimal(row["actual"]) * 10 / Decimal(row["plan"])) * 10)
    return found


def rows(count: int, seed: int) -> list[dict[str, str | None]]:
    rng = random.Random(seed)  # noqa: S311 - figures, not keys
    found = []
    for _ in range(count):
        actual = _number(rng, rng.choice([3, 50, 10**6, 10**14]), [0, 0, 1, 3])
        plan = _number(rng, rng.choice([2, 50, 10**6, 10**14]), [0, 0, 1])
        previous = _number(rng, rng.choice([2, 50, 10**6]), [0, 0, 1])
        ratio = Decimal(actual) / (Decimal(plan) or 1)
        change = Decimal(actual) / (Decimal(previous) or 1)
        found.append({
            "actual": actual, "plan": plan, "previous": previous, "attainment": _rate(rng, ratio * 100),
            "growth": _rate(rng, (change - 1) * 100), "index": _rate(rng, change * 100), "multiple": _rate(rng, change),
        })  # fmt: skip
    return found


def text_of(value: object) -> str | None:
    return None if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
