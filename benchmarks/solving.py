"""How fast relations are solved: beside mpmath.iv and plain decimals, and as networks grow.

A relation is solved for each of its names, in bounds: what `actual ÷ plan × 100 = attainment` makes of each of
the three where the others are given. Networks are honest tables (tests/honest.py), so that the run is also a
test: nothing may contradict.
"""

from __future__ import annotations

import gc
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from decimal import Context, Decimal, setcontext

from measure import ROOT, best, child, main, megabytes, slope, table

sys.path.insert(0, str(ROOT))

#: figures that one entity prints, about
EACH = 25
#: how far ahead of mpmath.iv, and how close to plain decimals, the project wants to be
AHEAD, WITHIN, SLOPE = 10, 4, 1.05

#: what is known of each name: a low and a high end; of the last one nothing but that it is not below zero
GIVEN = {
    "attainment": {"actual": ("4563.5", "4564.5"), "attainment": ("101.35", "101.45"), "plan": ("0", "Infinity")},
    "growth": {"actual": ("4563.5", "4564.5"), "growth": ("23.35", "23.45"), "previous": ("0", "Infinity")},
    "multiple": {"actual": ("29.5", "30.5"), "multiple": ("2.95", "3.05"), "previous": ("0", "Infinity")},
    "left": {"actual": ("4563.5", "4564.5"), "left": ("-63.5", "-62.5"), "plan": ("0", "Infinity")},
}  # fmt: skip
#: the same formulas solved for every name, for numbers and intervals alike: of the three, in the order of `GIVEN`
BY_HAND: dict[str, Callable[..., tuple[object, object, object]]] = {
    "attainment": lambda a, t, p, h, _: (t * p / h, a / p * h, a / t * h),
    "growth": lambda a, g, b, h, o: ((g / h + o) * b, (a / b - o) * h, a / (g / h + o)),
    "multiple": lambda a, m, b, _, __: (m * b, a / b, a / m),
    "left": lambda a, r, p, _, __: (p - r, p - a, a + r),
}


def relations() -> str:
    """Return the table of relations a second."""
    from sonla_cli.core.interval import PRECISION

    rows = []
    for name in GIVEN:
        formula, us, them, bare = race(name)
        speeds = [f"{1 / each:,.0f}" for each in (us, them, bare)]
        rows.append([f"{formula} = {name}", *speeds, f"{them / us:.1f}", f"{us / bare:.1f}"])
    heads = ["relation", "sonla /s", "mpmath.iv /s", "decimals /s", "ahead of mpmath.iv", "÷ decimals"]
    return (
        f"## Solving\n\nOne relation solved for each of its names, at {PRECISION} digits: sonla and mpmath.iv in bounds "
        f"and cut with what is known, plain decimals at one point (wanted: {AHEAD} × ahead, within {WITHIN} ×). "
        "Processor time of one process.\n\n" + table(heads, rows)
    )


def race(name: str) -> tuple[str, float, float, float]:
    """Return an indicator's formula and the seconds a relation takes sonla, mpmath.iv and plain decimals."""
    from mpmath import iv

    from sonla_cli.catalogue.indicators import INDICATORS
    from sonla_cli.core.formula import Name, compile_program
    from sonla_cli.core.interval import PRECISION, ZERO

    given, formula, by_hand = GIVEN[name], INDICATORS[name].formula, BY_HAND[name]
    if formula is None:
        raise LookupError(name)
    program = compile_program(formula - Name(name))
    lows, highs = ([Decimal(given[each][end]) for each in program.names] for end in (0, 1))

    def ours() -> dict[str, tuple[Decimal, Decimal]]:
        low, high = lows[:], highs[:]
        program.contract(low, high, ZERO, ZERO)
        return dict(zip(program.names, zip(low, high, strict=True), strict=True))

    solved_by_us = ours()
    ends = [solved_by_us[each] for each in given]
    setcontext(Context(prec=PRECISION))
    points, hundred, one = [(low + high) / 2 for low, high in ends], Decimal(100), Decimal(1)
    iv.dps = PRECISION
    spans, hundred_iv, one_iv = [iv.mpf([str(low), str(high)]) for low, high in ends], iv.mpf(100), iv.mpf(1)

    def theirs() -> None:
        for span, found in zip(spans, by_hand(*spans, hundred_iv, one_iv), strict=True):
            iv.mpf([max(span.a, found.a), min(span.b, found.b)])

    return (
        formula.symbols(),
        best(lambda: program.contract(lows[:], highs[:], ZERO, ZERO)),
        best(theirs),
        best(lambda: by_hand(*points, hundred, one)),
    )


def solved(count: str) -> dict[str, float]:
    """Build and solve the networks of so many figures."""
    from sonla_cli.core.solve import solve
    from sonla_cli.reports.evidence import Evidence
    from tests.honest import dataset

    data = dataset(1, max(1, int(count) // EACH))
    by_entity = defaultdict(list)
    for each in data.observations:
        by_entity[each.entity].append(each)

    def run() -> tuple[float, float]:
        begun = time.process_time()
        networks = [
            Evidence(data, each[0].area, entity=each[0].entity, observations=each).network
            for each in by_entity.values()
        ]
        between = time.process_time()
        for network in networks:
            if solve(network).conflict is not None:
                raise SystemExit("an honest table contradicts itself")
        return between - begun, time.process_time() - between

    quiet()
    built, solving = min(run() for _ in range(5 if int(count) < 10**5 else 1))
    return {"figures": len(data.observations), "build": built, "solve": solving}


def quiet() -> None:
    """Collect as seldom as the command line does."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def checked(count: str) -> dict[str, float]:
    """Check so many figures."""
    from sonla_cli.reports.check import check
    from sonla_cli.reports.query import Query
    from tests.honest import dataset

    data = dataset(1, int(count) // EACH)
    quiet()
    begun = time.process_time()
    found = check(Query(data, area=""))
    took = time.process_time() - begun
    if found.contradictions:
        raise SystemExit("an honest table contradicts itself")
    return {"figures": len(data.observations), "check": took}


def growing(quick: bool) -> str:
    """Return the tables of networks from a hundred figures up."""
    sizes = [10**power for power in range(2, 5 if quick else 7)]
    rows, points = [], {}
    for size in sizes:
        took, peak = child(__file__, "--child", "solved", size)
        total = took["build"] + took["solve"]
        points[took["figures"]] = total
        rows.append(
            [
                f"{took['figures']:,}",
                f"{took['build']:.3f}",
                f"{took['solve']:.3f}",
                f"{1e6 * total / took['figures']:.1f}",
                megabytes(peak),
            ]
        )
    text = (
        "\n## Networks as they grow\n\nFigures into networks, and every network solved; seconds of processor time.\n\n"
        + table(["figures", "build", "solve", "µs a figure", "MB"], rows)
        + f"\nSlope of a log-log fit: {slope(points):.3f} (at most {SLOPE})\n"
    )
    rows, points = [], {}
    for size in sizes[:-1]:
        took, peak = child(__file__, "--child", "checked", size)
        points[took["figures"]] = took["check"]
        each = f"{1e6 * took['check'] / took['figures']:.0f}"
        rows.append([f"{took['figures']:,}", f"{took['check']:.2f}", each, megabytes(peak)])
    text += (
        "\n`check`: verdicts, conflicts and likely slips of the same figures.\n\n"
        + table(["figures", "seconds", "µs a figure", "MB"], rows)
        + f"\nSlope of a log-log fit: {slope(points):.3f}\n"
    )
    return text


if __name__ == "__main__":
    main(lambda quick: relations() + growing(quick), solved, checked)
