"""`sonla report`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

import click

from sonla_cli.cli import Usage, quoted
from sonla_cli.commands.elements import Command, option
from sonla_cli.commands.options import source_options
from sonla_cli.core.text import N_
from sonla_cli.language import LANGUAGES, _, current, use

if TYPE_CHECKING:
    from sonla_cli.models.dossier import Dossier
    from sonla_cli.reports.query import Query

#: how a file's name ends → the kind of file, which is the module of `render.pages` that makes it
KINDS = {".html": "html", ".htm": "html", ".docx": "docx", ".xlsx": "xlsx", ".pdf": "pdf", ".md": "markdown"}
BINARY = ("docx", "xlsx", "pdf")
SECTIONS = ("revenue", "expenditure", "disbursement", "investment", "comparison", "check")


@click.command(
    "report",
    cls=Command,
    help=N_("Write the whole picture of an area as a page, a Word document, a workbook, a PDF or Markdown."),
    examples=(
        ("sonla report --to report.html", N_("one page, for a browser")),
        ("sonla report --to report.docx --lang vi", N_("in the layout of official documents")),
        ("sonla report --to report.xlsx --section revenue", N_("one section, with live formulas")),
        (
            "sonla report --to brief.docx --template examples/templates/brief.docx",
            N_("in the layout of an office"),
        ),
    ),
)
@option(
    "--to",
    default="-",
    metavar="FILE",
    help=N_("The file; its ending says the kind: .html, .docx, .xlsx, .pdf, .md; `-` is stdout."),
)
@option(
    "--as",
    "form",
    type=click.Choice(tuple(dict.fromkeys(KINDS.values()))),
    help=N_("The kind of file, where the name does not say it."),
)
@option(
    "--section",
    "sections",
    multiple=True,
    type=click.Choice(SECTIONS),
    help=N_("Only this section; repeatable."),
)
@option(
    "--template",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help=N_("Your own layout: .docx, .html.j2, .md.j2 or .txt.j2."),
)
@source_options
@option("--force", is_flag=True, help=N_("Overwrite an existing file."))
@option("-q", "--quiet", is_flag=True, help=N_("Show no progress."))
def command(
    query: Query,
    to: str,
    form: str | None,
    sections: tuple[str, ...],
    template: str | None,
    force: bool,
    quiet: bool,
) -> None:
    """Write a report."""
    from sonla_cli.render.output import write
    from sonla_cli.render.progress import Progress
    from sonla_cli.reports.dossier import dossier

    made = form or _kind(to, template)
    _check(to, made, template)
    with Progress(quiet=quiet) as progress:
        wanted = [name for name in SECTIONS if not sections or name in sections]
        found = dossier(query, wanted, lambda name: progress.step(_("reading: {name}").format(name=name)))
        progress.step(_("writing: {name}").format(name=to))
        content = _content(found, made, template)
    write(content, to, force=force, form=made)


def report(
    query: Query, to: str = "", *, kind: str = "", sections: Sequence[str] = (), template: str = "", lang: str = "en",
    force: bool = False,
) -> str | bytes:  # fmt: skip
    """Return the whole report on an area as a file of that kind holds it; where `to` names a file, write it there.

    `kind` is html, docx, xlsx, pdf or markdown, as `to` ends unless given; `sections` are all unless named.
    Raises `ValueError` for a kind, a section, a template or a language that there is not, `SonlaError` for the rest.
    """
    from sonla_cli.render.output import write
    from sonla_cli.reports.dossier import dossier

    unknown = [each for each in sections if each not in SECTIONS]
    if unknown or lang not in LANGUAGES or (kind and kind not in KINDS.values()):
        raise ValueError(f"no section, language or kind {(*unknown, lang, kind)!r}")
    before = current()
    use(lang)
    try:
        made = kind or _kind(to or "-", template or None)
        _check(to, made, template or None)
        wanted = [name for name in SECTIONS if not sections or name in sections]
        content = _content(dossier(query, wanted), made, template or None)
        if to:
            write(content, to, force=force, form=made)
    except Usage as error:
        raise ValueError(error.message) from error
    finally:
        use(before)
    return content


def _content(found: Dossier, made: str, template: str | None) -> str | bytes:
    from sonla_cli.render.pages.view import document

    view = document(found)
    if template is None:
        content: str | bytes = import_module(f"sonla_cli.render.pages.{made}").render(view)
        return content
    from sonla_cli.render.pages import pdf
    from sonla_cli.render.pages.template import render

    filled = render(view, template)
    return pdf.printed(filled, view.dated) if made == "pdf" and isinstance(filled, bytes) else filled


def _kind(to: str, template: str | None) -> str:
    if to == "-":
        return _made(template) if template else "markdown"
    ending = "." + to.rpartition(".")[2].lower() if "." in to else ""
    if ending in KINDS:
        return KINDS[ending]
    if template and _made(template) == "txt":
        return "txt"
    raise Usage(
        _("`{name}` does not say what kind of file to write").format(name=to),
        hint=_("end the name in {endings}, or add `--as`").format(endings=quoted(tuple(KINDS))),
    )


def _made(template: str) -> str:
    from sonla_cli.render.pages.template import KINDS as ENDINGS
    from sonla_cli.render.pages.template import kind

    made = kind(template)
    if made is None:
        message = _("`{name}` is no template").format(name=template)
        raise Usage(message, hint=_("a template ends in {endings}").format(endings=quoted(tuple(ENDINGS))))
    return "markdown" if made == "md" else made


def _check(to: str, made: str, template: str | None) -> None:
    """Refuse what cannot end well before any work is done."""
    if template and made != _made(template) and (made, _made(template)) != ("pdf", "docx"):
        raise Usage(_("the template `{name}` does not make {kind} files").format(name=template, kind=made))
    if to == "-" and made in BINARY and sys.stdout.isatty():
        message = _("a {kind} file cannot be shown on a terminal").format(kind=made)
        raise Usage(message, hint=_("name a file: `--to report.{kind}`").format(kind=made))
