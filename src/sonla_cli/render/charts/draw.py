"""Pictures as SVG and PNG, with Altair and vl-convert: no browser, no network, the same bytes every time.

Colours are those of Okabe and Ito, which colour-blind readers tell apart; nothing rests on colour alone. All
colours are in `PALETTE`, so that a page can exchange them for its dark style. Numbers and dates come as text
in the reader's language; nothing is left to the locale of a chart library.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from textwrap import wrap
from typing import Any

from sonla_cli.core.problem import Code, Problem, SonlaError
from sonla_cli.language import _
from sonla_cli.render import people
from sonla_cli.render.charts.picture import Line, Panel, Picture

PALETTE = {
    "ink": "#1f2933", "faint": "#5f6b7a", "grid": "#d9dee5", "bar": "#0072b2", "band": "#9fcbe8",
    "other": "#8894a3", "other_band": "#cfd6de", "second": "#009e73", "target": "#d55e00",
}  # fmt: skip
FONT = "Sonla Sans, Liberation Sans, Arial, Helvetica, sans-serif"
FONTS = Path(__file__).parent / "fonts"
#: the two widths at which a picture is drawn: for a page, and for a telephone
WIDTH, NARROW = 560, 290
#: heights: of a bar, of a bar with its name, and of the second line of a name
BAR, STEP, NOTE_STEP = 13, 42, 14
#: dots to an inch on paper: PNG pictures are drawn this many times larger than on a screen
SCALE = 3


def svg(picture: Picture, *, width: int = WIDTH, alone: bool = False) -> str:
    """Return the picture as one SVG element with its text alternative; `alone`, with its title drawn above it."""
    text: str = _converter().vegalite_to_svg(spec(picture, width=width, alone=alone))
    return _described(text, picture, "" if width == WIDTH else f"-{width}")


def png(picture: Picture, *, width: int = WIDTH, scale: int = SCALE, alone: bool = False) -> bytes:
    """Return the picture as PNG; `alone`, with its title drawn above it."""
    described = spec(picture, width=width, background="white", alone=alone)
    data: bytes = _converter().vegalite_to_png(described, scale=scale)
    return data


@cache
def _converter() -> Any:
    """Return vl-convert with the font that has every Vietnamese letter; its own have not."""
    found = _library("vl_convert")
    found.register_font_directory(str(FONTS))
    return found


def _library(name: str) -> Any:
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError:
        raise missing_extra(name) from None


def missing_extra(name: str) -> SonlaError:
    """Return the error that a library of the extra `report` is not installed."""
    return SonlaError(
        [Problem(Code.MISSING_LIBRARY, values={"package": name.replace("_", "-"), "extra": "report"})]
    )


def spec(
    picture: Picture, *, width: int = WIDTH, background: str = "transparent", alone: bool = False
) -> dict[str, Any]:
    """Return the picture as a Vega-Lite specification; `alone`, with the title a page would give it."""
    alt = _library("altair")
    chart = _course(alt, picture, width) if picture.kind == "course" else _panels(alt, picture, width)
    if alone:
        chart = alt.vconcat(chart).properties(title=_title(alt, picture, width))
    text = {
        "labelFont": FONT,
        "titleFont": FONT,
        "labelColor": PALETTE["ink"],
        "titleColor": PALETTE["faint"],
    }
    configured = (
        chart.configure(font=FONT, background=background, padding=4)
        .configure_view(stroke=None)
        .configure_axis(
            **text, labelFontSize=12, titleFontSize=12, titleFontWeight="normal", gridColor=PALETTE["grid"],
            domainColor=PALETTE["faint"], tickColor=PALETTE["faint"],
        )
        .configure_title(font=FONT, fontSize=13, color=PALETTE["ink"], anchor="start", fontWeight="bold")
        .configure_legend(**text, labelFontSize=12)
    )  # fmt: skip
    found: dict[str, Any] = configured.to_dict(validate=False)
    return found


def _title(alt: Any, picture: Picture, width: int) -> Any:
    """Return the title and the note below it, broken into lines that fit the picture."""
    title, note = (wrap(text, width // letter) for text, letter in ((picture.title, 7), (picture.note, 5)))
    return alt.TitleParams(
        title, subtitle=note, fontSize=15, subtitleFont=FONT, subtitleFontSize=11, subtitleColor=PALETTE["faint"],
        offset=14,
    )  # fmt: skip


def _panels(alt: Any, picture: Picture, width: int) -> Any:
    drawn = [_bars(alt, picture, panel, width, place) for place, panel in enumerate(picture.panels)]
    return drawn[0] if len(drawn) == 1 else alt.vconcat(*drawn, spacing=10)


def _bars(alt: Any, picture: Picture, panel: Panel, width: int, place: int) -> Any:
    """Return bars with their names above them, so that a narrow picture keeps whole words."""
    step = STEP + (NOTE_STEP if any(mark.note for mark in panel.marks) else 0)
    rows: list[dict[str, Any]] = [
        {
            "top": mark.at * step, "middle": (mark.at + 1) * step - BAR // 2 - 8, "label": mark.label, "note": mark.note,
            "low": float(mark.low), "high": float(mark.high), "zero": 0.0, "text": mark.text,
            "value": float(mark.row.value) if mark.row.value is not None else None,
            "open": mark.is_open, "own": mark.strong or not any(each.strong for each in panel.marks),
        }
        for mark in panel.marks
    ]  # fmt: skip
    levels = [float(line.level) for line in picture.lines if line.level is not None]
    most = max([each["high"] for each in rows] + levels) or 1.0
    least = min([each["low"] for each in rows] + [0.0])
    height = step * len(rows)
    scale = alt.Scale(domain=[least * 1.02, most * 1.02], nice=False)
    axis = alt.Axis(title=picture.axis or panel.unit, tickCount=5, labelExpr=_label_expr(), grid=False)
    x, x_value = alt.X("low:Q", scale=scale, axis=axis), alt.X("value:Q", scale=scale)
    y_scale = alt.Scale(domain=[0, height], range=[0, height], nice=False)
    y = alt.Y("middle:Q", scale=y_scale, axis=None)
    y_top = alt.Y("top:Q", scale=y_scale, axis=None)
    base = alt.Chart(alt.Data(values=rows, name=f"panel{place}"))
    layers = []
    for own, solid, band in ((True, "bar", "band"), (False, "other", "other_band")):
        those = base.transform_filter(f"datum.own == {str(own).lower()}")
        layers += [
            those.mark_bar(size=BAR, color=PALETTE[solid]).encode(x=x, x2="zero:Q", y=y),
            those.mark_bar(size=BAR, color=PALETTE[band]).encode(x=x, x2="high:Q", y=y),
        ]
    text = {"baseline": "top", "dy": 4, "font": FONT, "color": PALETTE["ink"]}
    layers += [
        _upright(base.mark_tick, 2, PALETTE["ink"], BAR + 2).encode(x=x_value, y=y),
        base.transform_filter("datum.open").mark_point(
            shape="triangle-right", size=60, filled=True, color=PALETTE["ink"], opacity=1, xOffset=7
        ).encode(x=alt.X("high:Q", scale=scale), y=y),
        base.mark_text(align="left", fontSize=13, **text).encode(x=alt.value(0), y=y_top, text="label:N"),
        base.mark_text(align="right", fontSize=13, fontWeight="bold", **text).encode(x=alt.value(width), y=y_top, text="text:N"),
        base.mark_text(align="left", fontSize=11, font=FONT, baseline="top", dy=21, color=PALETTE["faint"]).encode(
            x=alt.value(0), y=y_top, text="note:N"
        ),
    ]  # fmt: skip
    places = [{"middle": each["middle"]} for each in rows]
    for number, line in enumerate(each for each in picture.lines if each.level is not None):
        layers += _level(alt, line, places, scale, y, number)
    drawn = alt.layer(*layers).properties(width=width, height=height)
    return drawn.properties(title=panel.title) if panel.title else drawn


def _upright(mark_tick: Any, thickness: float, colour: str, size: int) -> Any:
    return mark_tick(orient="vertical", thickness=thickness, color=colour, size=size, opacity=1)


def _level(alt: Any, line: Line, places: list[dict[str, Any]], scale: Any, y: Any, number: int) -> list[Any]:
    """Return a mark on every bar at the level of a line, and its name above the picture."""
    level = float(line.level or 0)
    x = alt.X("level:Q", scale=scale)
    marks = alt.Chart(alt.Data(values=[{**each, "level": level} for each in places], name=f"level{number}"))
    name = alt.Chart(alt.Data(values=[{"level": level, "name": line.label}], name=f"name{number}"))
    colour = PALETTE["ink"] if line.strong else PALETTE["target"]
    words = name.mark_text(
        align="right", dx=4, fontSize=11, font=FONT, color=colour, baseline="bottom", dy=-4 - 15 * number
    )
    return [
        _upright(marks.mark_tick, 2, colour, BAR + 6).encode(x=x, y=y),
        words.encode(x=x, y=alt.value(0), text="name:N"),
    ]


def _label_expr() -> str:
    """Return the Vega expression that writes an axis number with the marks of the language."""
    from babel.numbers import get_decimal_symbol, get_group_symbol

    group, point = get_group_symbol(people.locale()), get_decimal_symbol(people.locale())
    plain = (
        "replace(replace(replace(format(datum.value, ',~f'), /,/g, '_'), '.', '{point}'), /_/g, '{group}')"
    )
    return plain.format(group=group, point=point)


def _course(alt: Any, picture: Picture, width: int) -> Any:
    order = {name: place for place, name in enumerate(picture.series)}
    colours, shapes = _series_styles(picture)
    rows = [
        {
            "day": mark.at, "low": float(mark.low), "high": float(mark.high),
            "value": float(mark.row.value if mark.row.value is not None else mark.low), "series": mark.series,
            "line": mark.row.indicator != "target", "open": mark.is_open, "text": mark.text,
            "last": mark.strong and mark is [each for each in picture.marks if each.series == mark.series][-1]
            and mark.row.indicator != "target",
        }
        for mark in picture.marks
    ]  # fmt: skip
    x_scale = alt.Scale(domain=[1, 396], nice=False)
    names = ", ".join(f"'{day}': '{name.partition('/')[0]}'" for day, name in picture.months)
    x_axis = alt.Axis(title=_("month of the budget year, to 31 January"), values=[day for day, _name in picture.months],
                      labelExpr=f"({{{names}}})[datum.value]", grid=False)  # fmt: skip
    x = alt.X("day:Q", scale=x_scale, axis=x_axis)
    y_scale = alt.Scale(domain=[0, 108], nice=False)
    y = alt.Y(
        "value:Q",
        scale=y_scale,
        axis=alt.Axis(
            title=picture.axis,
            values=[0, 20, 40, 60, 80, 100],
            labelExpr="datum.value + '" + people.with_unit("", "%") + "'",
        ),
    )
    names_shown = sorted(order, key=order.__getitem__)
    legend = alt.Legend(
        title=None,
        orient="top",
        columns=2 if width > 400 else 1,
        labelLimit=400,
        symbolSize=80,
        symbolOpacity=1,
        rowPadding=3,
    )
    colour = alt.Color(
        "series:N",
        scale=alt.Scale(domain=names_shown, range=[colours[each] for each in names_shown]),
        legend=legend,
    )
    shape = alt.Shape(
        "series:N",
        scale=alt.Scale(domain=names_shown, range=[shapes[each] for each in names_shown]),
        legend=legend,
    )
    data = alt.Data(values=rows, name="course")
    base = alt.Chart(data)
    layers = [*_straight(alt, picture, x_scale, y_scale, 120 if width > 400 else 250)]
    layers += [
        base.transform_filter("datum.line").mark_line(strokeWidth=2).encode(x=x, y=y, color=colour),
        *(
            base.transform_filter(alt.datum.series == name)
            .mark_rule(strokeWidth=6, opacity=0.4, color=colours[name])
            .encode(x=x, y=alt.Y("low:Q", scale=y_scale), y2="high:Q")
            for name in names_shown
        ),
        base.transform_filter("datum.open")
        .mark_point(
            shape="triangle-up", size=40, filled=True, yOffset=-10, color=PALETTE["target"], opacity=1
        )
        .encode(x=x, y=y),
        base.mark_point(size=55, filled=True, opacity=1).encode(x=x, y=y, color=colour, shape=shape),
        base.transform_filter("datum.last")
        .mark_text(align="left", dx=8, dy=10, fontSize=12, fontWeight="bold", font=FONT, color=PALETTE["ink"])
        .encode(x=x, y=y, text="text:N"),
    ]
    return alt.layer(*layers).properties(width=width, height=max(240, round(width * 0.52)))


def _straight(alt: Any, picture: Picture, x_scale: Any, y_scale: Any, named: int) -> list[Any]:
    """Return the straight lines of a course, named to the left of the day `named`."""
    found = []
    for number, line in enumerate(each for each in picture.lines if each.ends):
        ends = [{"day": day, "value": float(level), "name": line.label} for day, level in line.ends or ()]
        drawn = alt.Chart(alt.Data(values=ends, name=f"straight{number}"))
        words = alt.Chart(
            alt.Data(
                values=[{"day": named, "value": named / 396 * 100, "name": line.label}], name=f"words{number}"
            )
        )
        x, y = alt.X("day:Q", scale=x_scale), alt.Y("value:Q", scale=y_scale)
        found += [
            drawn.mark_line(color=PALETTE["faint"], strokeDash=[5, 4], strokeWidth=1.3).encode(x=x, y=y),
            words.mark_text(
                align="right", dx=-8, dy=-6, fontSize=11, font=FONT, color=PALETTE["faint"]
            ).encode(x=x, y=y, text="name:N"),
        ]
    return found


def _series_styles(picture: Picture) -> tuple[dict[str, str], dict[str, str]]:
    own = [(PALETTE["bar"], "circle"), (PALETTE["second"], "square")]
    other = [(PALETTE["other"], "diamond")]
    colours: dict[str, str] = {}
    shapes: dict[str, str] = {}
    for mark in picture.marks:
        if mark.series in colours:
            continue
        is_target = mark.row.indicator == "target"
        pool = own if mark.strong else other
        colour, shape = (
            (PALETTE["target"], "cross")
            if is_target
            else pool.pop(0)
            if pool
            else (PALETTE["faint"], "circle")
        )
        colours[mark.series], shapes[mark.series] = colour, shape
    return colours, shapes


#: what Vega says to assistive technology part by part; the picture as a whole has one text instead
_PARTS = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_SIZE = re.compile(r'<svg [^>]*width="([\d.]+)" height="([\d.]+)"[^>]*>')


def _described(text: str, picture: Picture, suffix: str) -> str:
    from html import escape

    plain = _PARTS.sub("", text)
    found = _SIZE.search(plain)
    if found is None:
        raise ValueError("not an SVG picture")
    width, height = found.groups()
    name, words = f"{picture.id}-title{suffix}", f"{picture.id}-words{suffix}"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{name} {words}" '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<title id="{name}">{escape(picture.title)}</title><desc id="{words}">{escape(picture.alt)}</desc>'
    )
    return head + plain[found.end() :]
