"""What was measured on ledgers, as a document, as the short table of the guide, and as a picture."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from typing import Any

from ledger_runs import WHOLE, Result

OURS, SQL = "sonla", "DuckDB SQL"
ALARMS = "the same, each alarm looked at in Decimal"
BEGIN, END = "<!-- figures of benchmarks/ledger.py -->", "<!-- end of figures -->"
#: vouchers of a national year and of ten
YEAR, TEN_YEARS = 50_000_000, 500_000_000
#: from here on a time is more than its fixed part
LARGE = 10_000_000
DOCUMENT = """\
# Ledgers, measured

This page is written by `benchmarks/run`, or alone by
`python benchmarks/ledger.py --markdown benchmarks/LEDGER.md --scale docs/scale.md --picture docs/pictures/ledger.svg`.

{where}.

Every tool runs in a process of its own; its start, its imports and one run before are not counted, but for tools
whose run takes seconds anyway. All gave the same sums. `DuckDB SQL` is the grouping written by hand: it is given the
areas, metrics, months and signs that a mapping says. `sonla` besides reads the mapping, counts what nobody can read
and what is left out, spreads each group over its months and metrics, checks the answer whole and makes CSV of it.

![Time against rows]({picture})

{rollups}

## A million honestly rounded rates

An `actual`, a `plan` and an `attainment` rounded half up to one decimal, so that no row is wrong. The first {whole} give
each row one of the four verdicts and agree on all of them; the others only say which rows they hold to be wrong.
The doubles of the second decide a row only where their error cannot reach a boundary, and the definition in Decimal
decides the rest: without that, doubles are no answer.

{checks}

## What the figures say

{words}
"""


def document(found: Sequence[Result], where: str) -> str:
    """Return everything that was measured as Markdown."""
    return DOCUMENT.format(
        where=where, picture="../docs/pictures/ledger.svg", rollups="\n\n".join(_rollups(found)), whole=len(WHOLE),
        checks=_table(["check", "median", "best", "rows called wrong"], [_check(each) for each in _job(found, "check")]),
        words="\n".join(f"- {line}" for line in _words(found)),
    )  # fmt: skip


def filled(text: str, found: Sequence[Result]) -> str:
    """Return a guide with the short table and what follows from it between its marks."""
    before, _begin, rest = text.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    ours = [each for each in _job(found, "rollup") if each.tool == OURS]
    rows = [
        [f"{each.rows:,}", _mebibytes(each.data), _seconds(each.median), _mebibytes(each.peak)]
        for each in ours
    ]
    table = _table(["rows", "Parquet", "time", "peak memory"], rows)
    return f"{before}{BEGIN}\n\n{table}\n\n{_on_paper(ours)}\n\n{END}{after}"


def _job(found: Sequence[Result], job: str) -> list[Result]:
    return [each for each in found if each.job == job]


def _table(names: list[str], rows: list[list[str]]) -> str:
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _seconds(time: float) -> str:
    return f"{time:.2f} s" if time < 10 else f"{time:.0f} s"


def _mebibytes(size: int) -> str:
    return f"{size / 2**20:,.0f} MiB"


def _rollups(found: Sequence[Result]) -> list[str]:
    parts = []
    for rows in dict.fromkeys(each.rows for each in _job(found, "rollup")):
        those = [each for each in _job(found, "rollup") if each.rows == rows]
        base = next(each.median for each in those if each.tool == SQL)
        lines = [
            [each.tool, f"failed: {each.error[:90]}", "", "", ""] if each.error
            else [each.tool, f"{each.median:.3f} s", f"{min(each.times):.3f} s", _mebibytes(each.peak), f"{each.median / base:.2f}"]
            for each in those
        ]  # fmt: skip
        title = f"## {rows:,} rows, {_mebibytes(max(each.data for each in those))} of Parquet"
        parts.append(f"{title}\n\n{_table(['tool', 'median', 'best', 'peak memory', f'× {SQL}'], lines)}")
    return parts


def _check(each: Result) -> list[str]:
    if each.error:
        return [each.tool, f"failed: {each.error[:90]}", "", ""]
    wrong = each.answer.get("contradictory", 0)
    return [each.tool, f"{each.median:.3f} s", f"{min(each.times):.3f} s", f"{wrong:,}"]


def slope(points: Sequence[tuple[int, float]]) -> float:
    """Return how time grows with rows: the slope of the line through the logarithms."""
    xs, ys = [math.log10(rows) for rows, _ in points], [math.log10(time) for _, time in points]
    x, y = statistics.mean(xs), statistics.mean(ys)
    over = sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True))
    return over / sum((a - x) ** 2 for a in xs)


def _points(ours: Sequence[Result]) -> list[tuple[int, float]]:
    return [(each.rows, each.median) for each in ours]


def _large(ours: Sequence[Result]) -> list[tuple[int, float]]:
    """Return the points at which the fixed part no longer counts, all if there are not two."""
    large = [(rows, time) for rows, time in _points(ours) if rows >= LARGE]
    return large if len(large) > 1 else _points(ours)


def _on_paper(ours: Sequence[Result]) -> str:
    points = _large(ours)
    rows, time = points[-1]
    steep = slope(points)

    def at(wanted: int) -> str:
        if wanted in dict(points):
            return _seconds(dict(points)[wanted])
        low, high = sorted((time * (wanted / rows) ** steep, time * wanted / rows))
        return f"{_seconds(low)} to {_seconds(high)}"

    return (
        f"Time grows with rows to the power {slope(_points(ours)):.2f}, from {points[0][0]:,} rows on {steep:.2f}. On paper: a national year of"
        f" {YEAR:,} vouchers takes {at(YEAR)} on such a machine, ten years {at(TEN_YEARS)}: by that power and in proportion,"
        f" from the {_seconds(time)} of {rows:,} rows."
    )


def _words(found: Sequence[Result]) -> list[str]:
    rollups = [each for each in _job(found, "rollup") if not each.error]
    ours = [each for each in rollups if each.tool == OURS]
    times = {(each.rows, each.tool): each.median for each in rollups}
    ratios = ", ".join(
        f"{times[each.rows, OURS] / times[each.rows, SQL]:.2f} at {each.rows:,} rows" for each in ours
    )
    lines = [f"**Against the SQL written by hand**, in times of it: {ratios}."]
    for rows in dict.fromkeys(each.rows for each in ours):
        those = [each for each in rollups if each.rows == rows and each.tool not in (OURS, SQL)]
        others = [f"{each.tool} {each.median / times[rows, OURS]:.2f}" for each in those]
        if others:
            lines.append(f"**Others at {rows:,} rows**, in times of sonla: {', '.join(others)}.")
    lines.append(
        f"**Peak memory**: {_mebibytes(ours[0].peak)} at {ours[0].rows:,} rows, {_mebibytes(ours[-1].peak)} at {ours[-1].rows:,}."
    )
    lines.append(f"**Growth**. {_on_paper(ours)}")
    check = {each.tool: each.median for each in _job(found, "check") if not each.error}
    if OURS in check and WHOLE[1] in check:
        ratio = check[OURS] / check[WHOLE[1]]
        lines.append(
            f"**A million rates** take {check[OURS]:.3f} s, {ratio:.2f} times what doubles with their error and a look at the rest take."
        )
        lines += [_of_alarms(check)]
    return lines


def _of_alarms(check: dict[str, float]) -> str:
    """Return how a check compares with one that only looks again at what doubles call wrong."""
    looked = check[ALARMS]
    return (
        f"**Not faster than the simplest query.** Who asks only whether any row is wrong gets that from doubles, each alarm"
        f" looked at in Decimal, in {looked:.3f} s: sonla takes {check[OURS] / looked:.1f} times that. The target of being faster"
        " than such a query is not met for a yes or no; what the time buys are four verdicts that are right for every row."
    )


def picture(found: Sequence[Result]) -> str:
    """Return time against rows on logarithmic axes, and the line of slope 1, as SVG."""
    import altair as alt

    from sonla_cli.render.charts import draw

    rollups = [each for each in _job(found, "rollup") if not each.error and "Spark" not in each.tool]
    points = [{"rows": each.rows, "time": each.median, "tool": each.tool} for each in rollups]
    ours = [each for each in rollups if each.tool == OURS]
    last = {each.tool: {"rows": each.rows, "time": each.median, "tool": each.tool} for each in rollups}
    rows = [min(each.rows for each in ours), max(each.rows for each in ours)]
    # from where the line of slope 1 through our last point leaves the picture
    least = max(rows[0], rows[1] * min(each.median for each in rollups) / ours[-1].median)
    straight = [{"rows": each, "time": ours[-1].median * each / rows[1]} for each in (least, rows[1])]
    palette = draw.PALETTE
    colours = {OURS: palette["bar"], SQL: palette["ink"], "Polars": palette["second"], "pandas": palette["target"], "Miller": palette["other"]}  # fmt: skip
    tools = [tool for tool in colours if tool in last]
    axis: dict[str, Any] = {"grid": True, "labelFont": draw.FONT, "titleFont": draw.FONT}
    decades = [10**each for each in range(len(str(rows[0])) - 1, len(str(rows[1])))]
    x = alt.X(
        "rows:Q", scale=alt.Scale(type="log", domain=[rows[0] * 0.8, rows[1] * 6], nice=False),
        axis=alt.Axis(title="rows", values=decades, format=",d", **axis),
    )  # fmt: skip
    y = alt.Y(
        "time:Q", scale=alt.Scale(type="log"),
        axis=alt.Axis(title="seconds", values=[0.01, 0.1, 1, 10, 100], format="~g", **axis),
    )  # fmt: skip
    colour = alt.Color(
        "tool:N", scale=alt.Scale(domain=tools, range=[colours[tool] for tool in tools]), legend=None
    )
    shape = alt.Shape("tool:N", scale=alt.Scale(domain=tools), legend=None)
    label = f"{OURS}, slope {slope(_large(ours)):.2f}"
    names = [{**each, "text": label if tool == OURS else tool} for tool, each in last.items()]
    # the two that end at the same rows, one above the other
    upper, lower = sorted((OURS, SQL), key=lambda tool: -last[tool]["time"])
    apart = {upper: -7, lower: 9}
    written = [
        alt.Chart(alt.Data(values=[each]))
        .mark_text(align="left", dx=8, dy=apart.get(each["tool"], 0), fontSize=12, font=draw.FONT)
        .encode(x=x, y=y, text="text:N", color=colour)
        for each in names
    ]
    chart = alt.layer(
        alt.Chart(alt.Data(values=straight)).mark_line(strokeDash=[4, 4], color=palette["faint"]).encode(x=x, y=y),
        alt.Chart(alt.Data(values=points)).mark_line(strokeWidth=2).encode(x=x, y=y, color=colour),
        alt.Chart(alt.Data(values=points)).mark_point(size=50, filled=True, opacity=1).encode(x=x, y=y, color=colour, shape=shape),
        *written,
        alt.Chart(alt.Data(values=straight[:1])).mark_text(align="left", dx=12, dy=2, fontSize=11, font=draw.FONT, color=palette["faint"])
        .encode(x=x, y=y, text=alt.value("slope 1")),
    ).properties(width=draw.WIDTH, height=340).configure(font=draw.FONT, background="white", padding=6).configure_view(stroke=None)  # fmt: skip
    text: str = draw._converter().vegalite_to_svg(chart.to_dict(validate=False))
    return text
