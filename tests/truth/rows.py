"""Tables of printed rates whose amounts are hidden: judged on an engine and in memory, with the same verdicts."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

from sonla_cli.core.figure import Rounding
from sonla_cli.ledger import checking
from tests.truth import figures
from tests.truth.formulas import exactly
from tests.truth.trials import held

Row = Mapping[str, str | None]


def honest(draw: random.Random, count: int, rounding: Rounding) -> list[Row]:
    """Return rows of true amounts and their rates, printed by one convention."""
    found = []
    for _ in range(count):
        truth = {
            name: Fraction(draw.randint(1, 10 ** draw.randint(1, 12)), 1000) for name in ("actual", "plan", "previous")
        }  # fmt: skip
        rates = {claim.rate: exactly(claim.formula, truth) for claim in CLAIMS}
        # digits that are all there is have to be all there; a rate that has no end is not printed then
        most = 3 if rounding is Rounding.EXACT else draw.choice((0, 1, 3))
        least = most if rounding is Rounding.EXACT else 0
        found.append({
            name: figures.printed(value, draw.randint(least, most), draw.choice(figures.MODES[rounding]))
            for name, value in {**truth, **rates}.items() if value is not None
        })  # fmt: skip
    return found


CLAIMS = checking.claims(("actual", "plan", "previous", *checking.RATES))


def judged(rows: list[Row], rounding: Rounding, *, are_honest: bool) -> Counter[str]:
    """Judge every rate of every row twice and return how often each verdict was given."""
    import ibis
    import pyarrow as pa

    table = ibis.memtable(pa.Table.from_pylist(rows))
    counts: Counter[str] = Counter()
    for claim in CLAIMS:
        told = checking.judged(table, claim, rounding).to_pyarrow().to_pylist()
        held(len(told) == len(rows), "rows", len(told), len(rows))
        for row in told:
            verdict = row["verdict"]
            defined = checking.verdict(claim, row, rounding)
            held(
                verdict in (None, defined),
                "the engine's verdict",
                verdict,
                defined,
                claim.rate,
                rounding,
                row,
            )
            held(
                not are_honest or defined != checking.CONTRADICTORY, "honest rows", claim.rate, rounding, row
            )
            counts[defined if verdict else "left to the definition"] += 1
    return counts


def batch(number: int, count: int) -> Counter[str]:
    """Judge a batch of so many rows: half of them honest, half of them of every kind."""
    from tests.ledger.printed import rows as mixed

    draw = random.Random(number)  # noqa: S311 - the same rows for the same number
    rounding = tuple(Rounding)[number % len(Rounding)]
    found = judged(honest(draw, count // 2, rounding), rounding, are_honest=True)
    return found + judged(mixed(count - count // 2, number), rounding, are_honest=False)
