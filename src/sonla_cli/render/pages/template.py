"""An office's own layout: a page (`.html.j2`, `.md.j2`, `.txt.j2`) or a Word document (`.docx`) with names to fill in.

A template sees `document` (the view of the report), `figure(id)` (one number by the id of `sonla explain`) and
`_` (a message in the reader's language), and nothing of the machine: Jinja's sandbox bars the rest. A name that
does not exist is an error, never an empty place.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sonla_cli.core.problem import Code, Place, Problem, SonlaError, near
from sonla_cli.render.charts.draw import missing_extra
from sonla_cli.render.pages import html
from sonla_cli.render.pages.cells import Cell
from sonla_cli.render.pages.view import Document
from sonla_cli.render.pages.zipped import timeless

#: how a template's name ends → what it makes
KINDS = {".docx": "docx", ".html.j2": "html", ".md.j2": "md", ".txt.j2": "txt"}


def kind(path: str) -> str | None:
    """Return what the template at `path` makes, by its name, or `None`."""
    return next((made for ending, made in KINDS.items() if path.lower().endswith(ending)), None)


def render(document: Document, path: str) -> str | bytes:
    """Return the template at `path` filled with the report; raise `SonlaError` if it cannot be."""
    try:
        return _word(document, path) if kind(path) == "docx" else _text(document, path)
    except OSError as error:
        values = {"why": error.strerror or str(error)}
        raise SonlaError([Problem(Code.UNREADABLE, place=Place(path), values=values)]) from error


def figures(document: Document) -> dict[str, Cell]:
    """Return every number of the report by its id."""
    found: dict[str, Cell] = {}
    for cell in _cells(document):
        found.setdefault(cell.row.id, cell)
    return found


def _cells(document: Document) -> Iterator[Cell]:
    for part in document.parts:
        for line in part.every.lines if part.every else ():
            yield from (cell for cell in line.cells if isinstance(cell, Cell))


def _figure(document: Document) -> Callable[[str], Cell]:
    known = figures(document)

    def figure(name: str) -> Cell:
        if name not in known:
            close = ", ".join(near(name, list(known)))
            raise LookupError(f"no figure `{name}`" + (f"; near: {close}" if close else ""))
        return known[name]

    return figure


def _text(document: Document, path: str) -> str:
    source = Path(path).read_text(encoding="utf-8")
    with _Guard(path):
        environment = _environment(escaped=kind(path) == "html")
        names = {**html.names(document), "figure": _figure(document)}
        return str(environment.from_string(source).render(names))


def _word(document: Document, path: str) -> bytes:
    try:
        import docxtpl
    except ImportError:
        raise missing_extra("docxtpl") from None
    data = Path(path).read_bytes()
    out = io.BytesIO()
    with _Guard(path):
        template = docxtpl.DocxTemplate(io.BytesIO(data))
        shown = html.names(document)
        names = {name: shown[name] for name in ("document", "_", "unit", "bounds")}
        template.render(
            {**names, "figure": _figure(document)}, jinja_env=_environment(escaped=True), autoescape=True
        )
        template.save(out)
    return timeless(out.getvalue())


def _environment(*, escaped: bool) -> Any:
    try:
        from jinja2 import StrictUndefined
        from jinja2.sandbox import ImmutableSandboxedEnvironment
    except ImportError:
        raise missing_extra("jinja2") from None
    return ImmutableSandboxedEnvironment(
        autoescape=escaped, undefined=StrictUndefined, keep_trailing_newline=True, finalize=html.harmless
    )


class _Guard:
    """Turns what is wrong with a template into a problem with its place."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _kind: object, error: BaseException | None, trace: object) -> None:
        if error is None or not isinstance(error, Exception) or isinstance(error, SonlaError):
            return
        from jinja2 import TemplateError

        known = (TemplateError, LookupError, TypeError, AttributeError, ValueError, zipfile.BadZipFile)
        if isinstance(error, known):
            place = Place(self.path, _line(error, trace))
            why = str(error).strip('"') or type(error).__name__
            raise SonlaError([Problem(Code.TEMPLATE, place=place, values={"why": why})]) from error


def _line(error: Exception, trace: Any) -> int | None:
    """Return the line of the template at which it failed, if it says so."""
    found = getattr(error, "lineno", None)
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            found = trace.tb_lineno
        trace = trace.tb_next
    return found if isinstance(found, int) else None
