"""The report as one page that needs nothing else: no network, no script but its own, readable on paper and telephone.

The Content-Security-Policy allows the page's own style and script by their hashes and nothing else; everything a
reader or a source wrote is escaped by the template engine.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from sonla_cli.core.text import N_
from sonla_cli.language import _, current
from sonla_cli.models.report import Report
from sonla_cli.render import people
from sonla_cli.render.charts import draw
from sonla_cli.render.charts.picture import Picture
from sonla_cli.render.notes import notes
from sonla_cli.render.pages import tables
from sonla_cli.render.pages.cells import Table
from sonla_cli.render.pages.view import Document, Part, method, reference
from sonla_cli.render.problems import printable

#: the words of `report.html.j2`, kept here so that the catalogue of messages has them
WORDS = (
    N_("Between"), N_("Every figure"), N_("Every figure: {title}"), N_("Formula"), N_("How"), N_("Sections"),
    N_("Source"), N_("Sources"), N_("To the figures"),
)  # fmt: skip
FOLDER = Path(__file__).parent / "templates"


def render(document: Document) -> str:
    """Return the page."""
    environment = _environment()
    template = environment.from_string((FOLDER / "report.html.j2").read_text(encoding="utf-8"))
    return str(template.render(names(document))) + "\n"


def render_picture(picture: Picture, report: Report) -> str:
    """Return a page with one picture and the numbers it is drawn from."""
    numbers = {each.id: number for number, each in enumerate(report.sources, 1)}
    part = Part(
        picture.id,
        "",
        "",
        (picture,),
        every=tables.every(picture.id, report, numbers),
        notes=tuple(notes(report)),
    )
    sources = tuple(reference(number, each) for number, each in enumerate(report.sources, 1))
    period = " / ".join(map(people.period, report.period.split()))
    return render(Document(current(), report.area, picture.title, period, (), (part,), sources, method()))


def names(document: Document) -> dict[str, Any]:
    """Return what a template of a page can use."""
    from markupsafe import Markup

    css, js = (_source(name) for name in ("report.css", "report.js"))

    def svg(picture: Picture, *, narrow: bool = False) -> Markup:
        # Vega and our own head are the only authors of this text, and both escape what they are given
        return Markup(draw.svg(picture, width=draw.NARROW if narrow else draw.WIDTH))  # noqa: S704  # nosec B704

    return {
        "document": document,
        "_": _,
        "css": Markup(css),  # noqa: S704 - our own files  # nosec B704
        "js": Markup(js),  # noqa: S704  # nosec B704
        "policy": policy(css, js),
        "svg": svg,
        "unit": people.unit,
        "bounds": people.bounds,
        "after": lambda unit: people.with_unit("", unit),
        "is_words": is_words,
        "next_id": _counter("figure"),
    }


def policy(css: str, js: str) -> str:
    """Return the Content-Security-Policy that allows this style and this script only."""
    return (
        f"default-src 'none'; style-src '{_hash(css)}'; script-src '{_hash(js)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def is_words(table: Table, place: int) -> bool:
    """Whether a column of a table holds words."""
    return all(isinstance(line.cells[place], str) for line in table.lines)


def _counter(prefix: str) -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"{prefix}-{next(numbers)}"


def _source(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _environment() -> Any:
    try:
        import jinja2
    except ImportError:
        raise draw.missing_extra("jinja2") from None
    return jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=False, finalize=harmless
    )


def harmless(value: Any) -> Any:
    """Return what a template shows, a plain text with control and bidirectional characters as escapes."""
    return printable(value, lines=True) if type(value) is str else value
